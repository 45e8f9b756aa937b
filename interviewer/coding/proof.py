"""Proof of a shipped problem: right solutions pass, wrong ones fail where they should, slow ones are told apart.

A problem's folder holds problem.yaml, solutions/fast.py and solutions/simple.py, and wrong/<mistake>.py for each
mistake listed. They go the way of a candidate's code, through the examiner and its sandbox.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from interviewer.coding.examiner import Examiner
from interviewer.coding.oracle import Oracle
from interviewer.coding.sandbox import sandbox_for
from interviewer.domain.question import Problem

FAST, SIMPLE = "fast", "simple"
TESTS_LEAST = 12
_WRONG_LEAST = 3


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
    """The examples and tests that a solution does not pass, with its verdict: wrong, error, timed_out.

    Raises SandboxUnavailable where code must not run.
    """
    examiner = Examiner(lambda: sandbox_for("", served_to_others=False), _oracle(folder), 1)
    examined = examiner.submit(problem, solution.read_text(encoding="utf-8"), to_the_end=True)
    failing = (t for t in examined.tests if t.verdict != "passed")
    return {t.name: t.verdict if t.verdict == "timed_out" else f"{t.verdict}: {t.got}" for t in failing}


@lru_cache(4)
def _oracle(folder: Path) -> Oracle:
    return Oracle(lambda _: folder)


def _listed(failed: dict[str, str]) -> str:
    return ", ".join(f"{name} ({verdict})" for name, verdict in failed.items())
