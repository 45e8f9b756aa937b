"""What the tests of the sandbox share: a problem with two right lines, and what there is to see of processes."""

import os
import shutil
from pathlib import Path

import pytest

from interviewer.domain.question import Problem

RIGHT = "def twice(n):\n    return n * 2\n"
NEEDS_BUBBLEWRAP = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")


def problem(**other):
    tests = [{"name": f"case-{n}", "args": [n], "returns": n * 2, "seconds": 0.3} for n in (3, 4, 5)]
    return Problem.model_validate({
        "id": "twice", "title": "x", "text": "x", "rubric": "coding", "pattern": "x", "statement": "x",
        "signature": "x", "examples": [{"args": [1], "returns": 2}], "complexity": "x",
        "hints": {"small": "x", "medium": "x", "large": "x"}, "tests": tests, "wrong": [], **other,
    })  # fmt: skip


def children():
    """Processes below ours, by their parents as /proc tells."""
    parents = {pid: int(stat.rpartition(")")[2].split()[1]) for pid, stat in _stats()}
    found = {os.getpid()}
    while more := {p for p, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


def boxed(marks):
    """Processes in a process namespace of their own with one of the `marks` in their command or name, whoever's child.

    One that has outlived its box is no child of ours any more.
    """
    ours = os.readlink("/proc/self/ns/pid")
    return {pid for pid, stat in _stats() if any(m in stat for m in marks) and _namespace(pid) not in (ours, None)}


def _stats():
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
            continue
        yield int(text.split()[0]), text


def _namespace(pid):
    try:
        return os.readlink(f"/proc/{pid}/ns/pid")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return None
