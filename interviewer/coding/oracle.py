"""What the tests of a shipped problem put in and expect: written down, or made and solved by the fast solution.

Made in a process of its own, because a large input would hold everybody else up; the code is the project's, and
trusted. Kept in memory, a problem at a time.
"""

import json
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer
from typing import Any, cast

from interviewer.coding.box.wire import unpacked
from interviewer.domain.question import Problem
from interviewer.errors import ContentError

_KEPT = 64
_PATIENCE = 120.0
_PATIENCE_GROWN = 20.0  # seconds for the arguments of one size
_TRUSTED = [sys.executable, "-m", "interviewer.coding.trusted_run"]


@dataclass(frozen=True)
class Case:
    """One test: arguments as plain data, what is expected, and the CPU seconds it may take."""

    name: str
    args: list[Any]
    expected: Any
    seconds: float
    slow: bool = False


class Oracle:
    """`folder_of` says where a problem's solutions lie, by its id."""

    def __init__(self, folder_of: Callable[[str], Path]) -> None:
        self._folder_of = folder_of
        self._kept: OrderedDict[str, tuple[Problem, list[Case]]] = OrderedDict()
        self._lock = Lock()

    def examples(self, problem: Problem) -> list[Case]:
        return [Case(f"example-{n}", list(e.args), e.returns, 2.0) for n, e in enumerate(problem.examples, 1)]

    def tests(self, problem: Problem) -> list[Case]:
        """The hidden tests in their order. Raises ContentError when the problem's own solution fails on one."""
        with self._lock:
            known = self._kept.get(problem.id)
            if known is None or known[0] is not problem:
                known = self._kept[problem.id] = (problem, self._made(problem))
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(problem.id)
            return known[1]

    @contextmanager
    def grown(self, problem: Problem) -> Iterator[Callable[[int], list[Any]]]:
        """Inside the block: a function from a size to the arguments that `growth` makes, always the same for a size.

        Each size is made when it is asked for, all in one process. The function raises ContentError when the expression
        fails or takes too long, and when the problem has none.
        """
        if not problem.growth:
            raise ContentError(f"corpus/problems/{problem.id}: there is no `growth` to make arguments of a size with")
        process = subprocess.Popen(  # noqa: S603, our own module
            _TRUSTED, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            _write(process, json.dumps({"growth": problem.growth}))
            yield lambda n: _made_by(process, problem, n)
        finally:
            process.kill()
            process.communicate()

    def check(self, problem: Problem) -> Callable[[list[Any], Any], bool]:
        """The problem's own comparison, `check(args, got)`."""
        path = self._folder_of(problem.id) / "check.py"
        space: dict[str, Any] = {"__name__": "check"}
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), space)  # noqa: S102, shipped with the problem
        return cast("Callable[[list[Any], Any], bool]", space["check"])

    def _made(self, problem: Problem) -> list[Case]:
        waiting = [t for t in problem.tests if t.make or "returns" not in t.model_fields_set]
        made = self._asked(problem, [t.model_dump(mode="json", exclude_unset=True) for t in waiting])
        known = {t.name: pair for t, pair in zip(waiting, made, strict=True)}
        return [
            Case(t.name, *(known.get(t.name) or (list(t.args or ()), t.returns)), seconds=t.seconds, slow=t.slow)
            for t in problem.tests
        ]

    def _asked(self, problem: Problem, tests: list[dict[str, Any]]) -> list[tuple[list[Any], Any]]:
        if not tests:
            return []
        asked = {
            "problem": problem.model_dump(mode="json", include={"id", "takes", "gives"}),
            "fast": str(self._folder_of(problem.id) / "solutions" / "fast.py"),
            "tests": tests,
        }
        ran = subprocess.run(  # noqa: S603, our own module
            _TRUSTED, input=json.dumps(asked).encode(), capture_output=True, timeout=_PATIENCE, check=False
        )
        if ran.returncode:
            why = _last_line(ran.stderr)
            raise ContentError(f"corpus/problems/{problem.id}: the tests cannot be made with solutions/fast.py: {why}")
        return [(list(args), expected) for args, expected in map(unpacked, ran.stdout.splitlines())]


def _made_by(process: "subprocess.Popen[bytes]", problem: Problem, n: int) -> list[Any]:
    assert process.stdout is not None
    assert process.stderr is not None
    late = Timer(_PATIENCE_GROWN, process.kill)
    late.start()
    try:
        _write(process, str(n))
        line = process.stdout.readline()
    finally:
        late.cancel()
    if not line:
        why = _last_line(process.stderr.read())
        raise ContentError(f"corpus/problems/{problem.id}: `growth` cannot be made at n = {n:,}: {why}")
    return list(unpacked(line))


def _write(process: "subprocess.Popen[bytes]", line: str) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # what it printed last tells why
        process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()


def _last_line(printed: bytes) -> str:
    return (printed.decode("utf-8", "replace").strip().splitlines() or ["no reason given"])[-1]
