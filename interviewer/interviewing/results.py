"""What is shown of a run while the round is on: everything of the examples, and of hidden tests only the verdict.

The scorecard tells the rest when the round is over (`grading`). Known and left as it is: which hidden test passes, in
which line one stops and whether it waited are a few bits each that code can choose by its input, so that somebody who
submits many times could spell a hidden input; every submission is kept, and the interviewer sees them all.
"""

import builtins
from dataclasses import dataclass

from interviewer.domain.coding import RUN_FAULTS, Examined, TestResult, TestVerdict

_WORDS: dict[TestVerdict, str] = {
    "passed": "passed",
    "wrong": "wrong result",
    "error": "error",
    "timed_out": "too slow",
    "out_of_memory": "out of memory",
    "skipped": "not run",
}


@dataclass(frozen=True)
class ResultLine:
    """One test as it may be shown; `detail` has a line each for input, expected and got, of examples only."""

    name: str
    verdict: TestVerdict
    outcome: str
    detail: tuple[tuple[str, str], ...] = ()


def summary(examined: Examined) -> str:
    """In one sentence: "2 of 3 examples passed." or "Submitted: 14 of 16 tests passed."."""
    passed, whole = examined.count_passed, len(examined.tests)
    if examined.kind == "run":
        return f"{passed} of {whole} examples passed."
    return f"Submitted: {passed} of {whole} tests passed."


def result_lines(examined: Examined) -> tuple[ResultLine, ...]:
    """The tests in order, hidden ones without name, input and expected value."""
    hidden = 0
    lines = []
    for test in examined.tests:
        if test.is_example:
            lines.append(_open(test))
        else:
            hidden += 1
            lines.append(ResultLine(f"Hidden test {hidden}", test.verdict, _outcome(test, quote=False)))
    return tuple(lines)


def _open(test: TestResult) -> ResultLine:
    detail = [("Input", test.input), ("Expected", test.expected)]
    if test.verdict in ("wrong", "passed"):
        detail.append(("Got", test.got))
    name = f"Example {test.name.removeprefix('example-')}"
    return ResultLine(name, test.verdict, _outcome(test, quote=True), tuple(detail))


def _outcome(test: TestResult, quote: bool) -> str:
    """The verdict in words; an error with its line, and with its message only where it may give nothing away."""
    if test.waited:
        return "waited until the time was over"
    if test.verdict != "error":
        return _WORDS[test.verdict]
    message = test.got if quote else _kind(test.got)
    where = f" in line {test.line}" if test.line is not None else ""
    return f"error{where}: {message}"


def _kind(message: str) -> str:
    """Words that the code cannot choose: a name of its own, or a status, could spell the hidden input."""
    name = message.partition(":")[0]
    known = getattr(builtins, name, None)
    if isinstance(known, type) and issubclass(known, BaseException):
        return name
    return next((told for told in RUN_FAULTS if message.startswith(told)), "an exception that is not Python's own")
