"""`python -m interviewer.coding.trusted_run`: one shipped solution against tests, as JSON on standard input.

Prints a line a test as it is decided. A test that uses up its seconds of CPU time is ended by a signal, and the process
with it, because what was interrupted cannot be trusted to go on. Not covered: code that is not the project's own; this
is no sandbox.
"""

import contextlib
import copy
import io
import json
import random
import signal
import sys
from pathlib import Path
from typing import Any

from interviewer.coding.comparators import COMPARATORS
from interviewer.coding.shapes import ListNode, TreeNode, plain, shaped


class _OutOfTime(BaseException):
    """Not an Exception, so that a solution cannot swallow it by accident."""


def main() -> None:
    asked = json.load(sys.stdin)
    problem, folder = asked["problem"], Path(asked["folder"])
    name = problem["id"].replace("-", "_")
    function = _loaded(Path(asked["solution"]))[name]
    fast = _loaded(folder / "solutions" / "fast.py")[name]
    check = _loaded(folder / "check.py")["check"] if problem["comparator"] == "check" else None
    for test in asked["tests"]:
        verdict = _verdict(problem, test, function, fast, check)
        print(json.dumps({"test": test["name"], "verdict": verdict}), flush=True)
        if verdict == "timed_out":
            return


def _verdict(problem: dict[str, Any], test: dict[str, Any], function: Any, fast: Any, check: Any) -> str:
    args = made(test)
    expected = test["returns"] if "returns" in test else _called(problem, fast, args, 60)
    try:
        got = _called(problem, function, args, test.get("seconds", 2))
    except _OutOfTime:
        return "timed_out"
    except Exception as fault:  # a solution may fail in any way: that is its verdict
        return f"error: {type(fault).__name__}: {fault}"[:200]
    if check is not None:
        return "passed" if check(args, got) else f"wrong: {got!r}"[:200]
    return "passed" if COMPARATORS[problem["comparator"]](got, expected) else f"wrong: {got!r}"[:200]


def made(test: dict[str, Any]) -> list[Any]:
    """The arguments of a test as plain data."""
    if test.get("args") is not None:
        return list(test["args"])
    import math

    source = random.Random(test["name"])  # noqa: S311
    return list(eval(test["make"], {"random": source, "math": math}))  # noqa: S307, the corpus is the project's own


def _called(problem: dict[str, Any], function: Any, args: list[Any], seconds: float) -> Any:
    takes = [*problem["takes"], *["plain"] * len(args)]
    given = [shaped(copy.deepcopy(a), shape) for a, shape in zip(args, takes, strict=False)]
    signal.signal(signal.SIGPROF, _out_of_time)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return plain(function(*given), problem["gives"])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _out_of_time(*_: Any) -> None:
    raise _OutOfTime


def _loaded(path: Path) -> dict[str, Any]:
    space: dict[str, Any] = {"TreeNode": TreeNode, "ListNode": ListNode, "__name__": path.stem}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), space)  # noqa: S102, the corpus is the project's own
    return space


if __name__ == "__main__":
    main()
