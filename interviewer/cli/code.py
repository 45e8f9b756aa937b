"""`interviewer code PROBLEM SOLUTION.py`: a solution run in the sandbox, a line a test."""

import json
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from interviewer.domain.coding import Examined, TestResult
from interviewer.errors import BadInput
from interviewer.services import Services

_SIGNS = {
    "passed": "passed",
    "wrong": "WRONG",
    "error": "ERROR",
    "timed_out": "TIMED OUT",
    "out_of_memory": "OUT OF MEMORY",
    "skipped": "skipped",
}


def code(args: Namespace) -> int:
    """Examine a file. A wrong solution is a result: exit status 0."""
    with closing(Services()) as services:
        problem = services.bank.problems.get(args.problem)
        if problem is None:
            known = ", ".join(sorted(services.bank.problems))
            raise BadInput(f"there is no problem {args.problem!r}; choose one of {known}")
        examined = services.examiner.submit(problem, _source(Path(args.solution)))
    print(json.dumps(document(examined), ensure_ascii=False) if args.json else told(examined))
    return 0


def document(examined: Examined) -> dict[str, object]:
    """As FORMATS.md has it, with a note on how it was run, which is empty for most."""
    return examined.model_dump(mode="json", include={"passed", "tests", "seconds", "sandbox", "printed", "note"})


def told(examined: Examined) -> str:
    lines = [line for test in examined.tests for line in _lines(test)]
    counted = f"{examined.count_passed} of {len(examined.tests)} tests passed in {examined.seconds:.2f} s"
    where = "in bubblewrap" if examined.sandbox == "bubblewrap" else "WITHOUT a sandbox, with your own rights"
    return "\n".join([*lines, f"{counted}, run {where}.", *([examined.note] if examined.note else [])])


def _lines(test: TestResult) -> list[str]:
    first = f"{_SIGNS[test.verdict]:<14}{test.name}"
    if test.verdict in ("passed", "skipped"):
        return [first]
    at = f" (line {test.line})" if test.line else ""
    return [
        f"{first}{at}",
        f"    input     {test.input}",
        f"    expected  {test.expected}",
        f"    got       {test.got}",
    ]


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors put a mark at the beginning
    except OSError as fault:
        raise BadInput(f"{path}: cannot be read ({fault.strerror or fault}); name a Python file") from fault
    except UnicodeDecodeError as fault:
        raise BadInput(f"{path}: is not UTF-8 text (byte {fault.start}); save it as UTF-8") from fault
