"""`python -m interviewer.coding.trusted_run`: makes the inputs of a shipped problem's tests and solves them.

Reads a line of JSON on standard input and prints, a line a test, the arguments and what the fast solution returns for
them. Asked for `growth` instead, it then reads sizes, a line each, and prints the arguments at each size.
Not covered: code that is not the project's own; this is no sandbox.
"""

import contextlib
import copy
import io
import json
import math
import random
import sys
from pathlib import Path
from typing import Any

from interviewer.coding.box.shapes import ListNode, TreeNode, plain, shaped
from interviewer.coding.box.wire import packed


def main() -> None:
    asked = json.loads(sys.stdin.readline())
    if "growth" in asked:
        _grow(asked["growth"])
        return
    problem = asked["problem"]
    fast = _loaded(Path(asked["fast"]))[problem["id"].replace("-", "_")]
    for test in asked["tests"]:
        args = made(test)
        expected = test["returns"] if "returns" in test else _called(problem, fast, args)
        sys.stdout.buffer.write(packed([args, expected]))


def _grow(expression: str) -> None:
    """A size at a time, as it is asked for, because a size may depend on how long the one before it took."""
    while line := sys.stdin.readline():
        n = int(line)
        args = made({"name": f"growth-{n}", "make": expression, "n": n})
        sys.stdout.buffer.write(packed(args))
        sys.stdout.buffer.flush()


def made(test: dict[str, Any]) -> list[Any]:
    """The arguments of a test as plain data; `n` is the size where inputs of several sizes are made."""
    if test.get("args") is not None:
        return list(test["args"])
    source = random.Random(test["name"])  # noqa: S311
    names = {"random": source, "math": math}
    if "n" in test:
        names["n"] = test["n"]
    return list(eval(test["make"], names))  # noqa: S307, the corpus is the project's own


def _called(problem: dict[str, Any], function: Any, args: list[Any]) -> Any:
    takes = [*problem["takes"], *["plain"] * len(args)]
    given = [shaped(copy.deepcopy(a), shape) for a, shape in zip(args, takes, strict=False)]
    with contextlib.redirect_stdout(io.StringIO()):
        return plain(function(*given), problem["gives"])


def _loaded(path: Path) -> dict[str, Any]:
    space: dict[str, Any] = {"TreeNode": TreeNode, "ListNode": ListNode, "__name__": path.stem}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), space)  # noqa: S102, the corpus is the project's own
    return space


if __name__ == "__main__":
    main()
