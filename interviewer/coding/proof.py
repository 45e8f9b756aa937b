"""Proof of a shipped problem: right solutions pass, wrong ones fail where they should, slow ones are told apart.

A problem's folder holds problem.yaml, solutions/fast.py and solutions/simple.py, and wrong/<mistake>.py for each
mistake listed. Each run is a process of its own with a time limit a test. The code is the project's own and is
trusted: no sandbox here. Not covered: the code of candidates.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from interviewer.domain.question import Problem

FAST, SIMPLE = "fast", "simple"
TESTS_LEAST = 12
_WRONG_LEAST = 3
_PATIENCE = 20.0  # seconds beside the tests' own limits


def faults_of(problem: Problem, folder: Path) -> list[str]:
    """What is wrong with a problem's tests and solutions, a sentence each; empty when it is proven."""
    return list(_faults(problem, folder))


def _faults(problem: Problem, folder: Path) -> Iterator[str]:
    if len(problem.tests) < TESTS_LEAST:
        yield f"{problem.id}: {len(problem.tests)} tests, at least {TESTS_LEAST} are needed"
    if not any(t.slow for t in problem.tests):
        yield f"{problem.id}: no test is marked slow, so nothing tells the fast solution from the simple one"
    if len(problem.wrong) < _WRONG_LEAST:
        yield f"{problem.id}: {len(problem.wrong)} wrong solutions, at least {_WRONG_LEAST} are needed"
    slow = {t.name for t in problem.tests if t.slow}
    right = {name: folder / "solutions" / f"{name}.py" for name in (FAST, SIMPLE)}
    wrong = {w.file: folder / "wrong" / f"{w.file}.py" for w in problem.wrong}
    if missing := [str(p.relative_to(folder)) for p in (*right.values(), *wrong.values()) if not p.is_file()]:
        yield f"{problem.id}: {', '.join(missing)} missing"
        return
    failed = failures(problem, folder, right[FAST])
    if failed:
        yield f"{problem.id}: the fast solution fails on {_listed(failed)}"
        return
    failed = failures(problem, folder, right[SIMPLE])
    if beyond := {k: v for k, v in failed.items() if k not in slow or v != "timed_out"}:
        yield f"{problem.id}: the simple solution fails on {_listed(beyond)}"
    if slow and not failed:
        yield f"{problem.id}: the simple solution passes the slow tests too; enlarge their input"
    for mistake in problem.wrong:
        caught = failures(problem, folder, wrong[mistake.file])
        if not caught:
            yield f"{problem.id}: wrong solution {mistake.file!r} passes every test"
        elif unmet := [name for name in mistake.caught_by if name not in caught]:
            by = _listed(caught)
            yield f"{problem.id}: wrong solution {mistake.file!r} is not caught by {unmet[0]!r}, but by {by}"


def failures(problem: Problem, folder: Path, solution: Path) -> dict[str, str]:
    """The examples and tests that a trusted solution does not pass, with its verdict: wrong, error, timed_out."""
    verdicts: dict[str, str] = {}
    asked = {
        "problem": problem.model_dump(mode="json", include={"id", "takes", "gives", "comparator"}),
        "folder": str(folder),
        "solution": str(solution),
    }
    examples = [{"name": f"example-{n}", **e.model_dump(mode="json")} for n, e in enumerate(problem.examples, 1)]
    waiting = [*examples, *(t.model_dump(mode="json", exclude_unset=True) for t in problem.tests)]
    while waiting:  # a test that hangs takes its process with it; the rest goes on in a new one
        done = _run({**asked, "tests": waiting}, sum(t.get("seconds", 2) for t in waiting) + _PATIENCE)
        verdicts |= done
        waiting = waiting[len(done) :] if done else waiting[1:]
    return {name: verdict for name, verdict in verdicts.items() if verdict != "passed"}


def _run(asked: dict[str, object], patience: float) -> dict[str, str]:
    """Verdicts in the order of the tests, up to the first that ran out of time."""
    tests: Sequence[dict[str, object]] = asked["tests"]  # type: ignore[assignment]
    names = [str(t["name"]) for t in tests]
    command = [sys.executable, "-m", "interviewer.coding.trusted_run"]
    try:
        ran = subprocess.run(  # noqa: S603, our own module
            command, input=json.dumps(asked), capture_output=True, text=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired as stuck:  # in one long call of C, which no alarm interrupts
        done = _decided((stuck.stdout or b"").decode())
        return {**done, names[len(done)]: "timed_out"}
    return _decided(ran.stdout) or dict.fromkeys(names, f"error: {ran.stderr.strip().splitlines()[-1:]}")


def _decided(output: str) -> dict[str, str]:
    lines = [json.loads(line) for line in output.splitlines() if line.startswith('{"test"')]
    return {line["test"]: line["verdict"] for line in lines}


def _listed(failed: dict[str, str]) -> str:
    return ", ".join(f"{name} ({verdict})" for name, verdict in failed.items())
