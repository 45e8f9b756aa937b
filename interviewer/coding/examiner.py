"""Runs a solution on a problem's examples or hidden tests and says of each what came of it.

The code runs in a sandbox; expected values, comparison and clock stay outside, so that nothing it does to its own
process can make a wrong answer pass. After the first test that runs out of time the rest is skipped; after a crash the
rest goes on in a new process. An only function of another name is called under the expected one, and the result says
so (`naming`). Not covered: how a solution reads (`evidence`), and what it is worth (`grading`).
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from interviewer.coding.box.wire import Foreign
from interviewer.coding.comparators import COMPARATORS, exact
from interviewer.coding.growth import Growth, measured
from interviewer.coding.naming import Named, named
from interviewer.coding.oracle import Case, Oracle
from interviewer.coding.sandbox import Sandbox
from interviewer.coding.session import Outcome, Solution, session
from interviewer.domain.coding import Examined, RunKind, TestResult, TestVerdict
from interviewer.domain.question import Problem

_LONGEST_SHOWN = 300
_MOST_CRASHES = 3
_LONGEST = 15.0  # seconds on the wall after which no further process is begun for the same code
Compare = Callable[[Case, Any], bool]


class Examiner:
    """Examines at most `at_once` solutions at the same time; the others wait their turn."""

    def __init__(self, sandbox: Callable[[], Sandbox], oracle: Oracle, at_once: int) -> None:
        self._sandbox = sandbox
        self._oracle = oracle
        self._turns = threading.BoundedSemaphore(at_once)

    def run(self, problem: Problem, code: str) -> Examined:
        """The public examples. Raises SandboxUnavailable where code must not run, BadInput for too long code."""
        return self._examined(problem, code, self._oracle.examples(problem), "run")

    def submit(self, problem: Problem, code: str, *, to_the_end: bool = False) -> Examined:
        """The examples and the hidden tests; `to_the_end` runs them all even after one ran out of time."""
        cases = [*self._oracle.examples(problem), *self._oracle.tests(problem)]
        return self._examined(problem, code, cases, "submit", to_the_end)

    def growth(self, problem: Problem, code: str) -> Growth | None:
        """How the running time grows with the input, None where that cannot be measured. Raises as `run` does."""
        sandbox = self._sandbox()
        with self._turns:
            return measured(sandbox, self._oracle, problem, named(code, problem.function).code)

    def solution(self, problem: Problem, code: str) -> tuple[Solution, Named]:
        """What is run, and under which name. Raises BadInput for too long code."""
        shapes = (problem.takes, problem.gives, problem.given, problem.keeps_input)
        solution = Solution(code, problem.function, *shapes)
        called = named(code, problem.function)
        return replace(solution, code=called.code, missing=called.missing), called

    def _examined(
        self, problem: Problem, code: str, cases: Sequence[Case], kind: RunKind, to_the_end: bool = False
    ) -> Examined:
        (solution, called), sandbox = self.solution(problem, code), self._sandbox()
        compare = self._comparison(problem)
        with self._turns:
            begun = time.monotonic()
            results, printed = _results(sandbox, solution, cases, compare, to_the_end)
            seconds = round(time.monotonic() - begun, 3)
        passed = all(r.verdict == "passed" for r in results)
        return Examined(
            problem=problem.id,
            kind=kind,
            passed=passed,
            tests=tuple(results),
            seconds=seconds,
            sandbox=sandbox.name,
            printed=printed,
            note=called.note,
        )

    def _comparison(self, problem: Problem) -> Compare:
        if problem.comparator != "check":
            same = COMPARATORS[problem.comparator]
            return lambda case, got: same(got, case.expected)
        check = self._oracle.check(problem)
        return lambda case, got: check(case.args, got) is True


def _results(
    sandbox: Sandbox, solution: Solution, cases: Sequence[Case], compare: Compare, to_the_end: bool
) -> tuple[list[TestResult], str]:
    """A result for each case, and the beginning of what was printed first. A new process after each that died."""
    results: list[TestResult] = []
    printed, died, begun = "", 0, time.monotonic()
    while len(results) < len(cases):
        with session(sandbox) as running:
            outcome = running.load(solution)
            printed = printed or outcome.printed  # while loading, so of no test
            if outcome.ending != "returned":
                first = _result(cases[len(results)], outcome, compare, keeps_input=False)
                return [*results, first, *map(_skipped, cases[len(results) + 1 :])], printed
            while running.alive and len(results) < len(cases):
                case = cases[len(results)]
                outcome = running.call(case.args, case.seconds)
                if case.name.startswith("example-"):  # what is printed on a hidden input would show it
                    printed = printed or outcome.printed
                results.append(_result(case, outcome, compare, solution.keeps_input))
        died += 1
        enough = died >= _MOST_CRASHES or time.monotonic() - begun > _LONGEST
        if not to_the_end and (enough or outcome.ending == "timed_out"):
            return [*results, *map(_skipped, cases[len(results) :])], printed
    return results, printed


def _result(case: Case, outcome: Outcome, compare: Compare, keeps_input: bool) -> TestResult:
    verdict: TestVerdict = "wrong"
    got = outcome.message
    if outcome.ending == "returned":
        verdict = "passed" if _passes(case, outcome.value, compare) else "wrong"
        got = shortened(outcome.value)
        if keeps_input and not _passes(case, outcome.after, _unchanged):
            verdict, got = "wrong", f"{got}, and the input was changed, which is to stay as it was"
    else:
        verdict = outcome.ending
    return TestResult(
        name=case.name,
        verdict=verdict,
        input=", ".join(map(shortened, case.args)),
        expected=shortened(case.expected),
        got=got,
        line=outcome.line,
        seconds=outcome.seconds,
    )


def _passes(case: Case, got: Any, compare: Compare) -> bool:
    """A comparison that breaks on what came back has not found it equal."""
    if isinstance(got, Foreign):
        return False
    try:
        return compare(case, got)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, RecursionError, ArithmeticError):
        return False


def _unchanged(case: Case, after: Any) -> bool:
    """Whether the arguments that came back are those that were sent, which the code never could touch."""
    return exact(after, case.args)


def _skipped(case: Case) -> TestResult:
    shown = ", ".join(map(shortened, case.args))
    return TestResult(name=case.name, verdict="skipped", input=shown, expected=shortened(case.expected), got="")


def shortened(value: Any) -> str:
    """A value as Python writes it, cut in the middle where it is long; never longer than 300 characters or slow."""
    if isinstance(value, list | tuple) and len(value) > 60:
        ends = [shortened(v) for v in (*value[:3], value[-1])]
        return _cut(f"[{', '.join(ends[:3])}, … {len(value):,} items …, {ends[3]}]")
    if isinstance(value, str) and len(value) > _LONGEST_SHOWN:
        return f"{value[:100]!r} … {len(value):,} characters … {value[-40:]!r}"
    try:
        return _cut(repr(value))
    except (RecursionError, ValueError) as fault:  # too deep, or a number with more digits than Python writes
        return f"<{type(value).__name__} that cannot be shown: {type(fault).__name__}>"


def _cut(text: str) -> str:
    if len(text) <= _LONGEST_SHOWN:
        return text
    return f"{text[: _LONGEST_SHOWN - 80]} … {text[-60:]}"
