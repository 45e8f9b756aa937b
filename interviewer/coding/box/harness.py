"""Runs inside the sandbox: loads the candidate's code, calls it with what arrives, sends back what it returned.

Nothing here is trusted by the other side. Whatever the code does to this process, it can only change its own answers:
the expected values, the comparison and the clock are outside.

`python harness.py REPLY_FD [SEAL]`, SEAL being a filter of system calls, in hex; requests on standard input, a line of
JSON each: first the code, then the calls.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys

TYPE_CHECKING = False  # importing `typing` would take a fifth of the time that a box takes to start
if TYPE_CHECKING:
    from typing import Any

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), "/packages"]
from shapes import ListNode, TreeNode, plain, shaped  # type: ignore[import-not-found]  # noqa: E402, beside us
from wire import packed, unpacked  # type: ignore[import-not-found]  # noqa: E402

FILE = "solution.py"
_MOST_TEXT = 500
_MOST_THREADS = 64
_SET_SECCOMP, _BY_FILTER = 22, 2  # of prctl


def main() -> None:
    requests, replies = _channels(int(sys.argv[1]))
    if len(sys.argv) > 2:
        _seal(bytes.fromhex(sys.argv[2]))
    line = requests.readline()
    if not line:  # only tried whether it starts
        return
    first = unpacked(line)
    _limit(first["limits"])
    sys.setrecursionlimit(first["recursion"])
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # what was printed before a time-out is kept
    if "array" in (*first["takes"], first["gives"]):
        import numpy  # noqa: F401, loaded before the clock of a test runs
    space = _module()
    try:
        exec(compile(first["given"], "given.py", "exec", dont_inherit=True), space)  # noqa: S102, that is what this file is for
        space.update(TreeNode=TreeNode, ListNode=ListNode)
        exec(compile(first["code"], FILE, "exec", dont_inherit=True), space)  # noqa: S102
        function = space.get(first["function"])
        told = {"loaded": callable(function)}
    except BaseException as fault:  # the code may fail in any way: that is its verdict
        told = _failure(fault)
    replies.write(packed(told))
    for line in requests:
        asked = unpacked(line)
        replies.write(_answer(_called(function, asked, first)))


def _channels(reply_fd: int) -> tuple[Any, Any]:
    """The pipes to the other side, away from where the candidate's input and print look for theirs."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(reply_fd, "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return requests, replies


def _seal(program: bytes) -> None:
    """No other program in place of this one, and few threads: only in a box, elsewhere the user's own would count."""
    import ctypes

    class Filter(ctypes.Structure):
        _fields_ = (("lines", ctypes.c_ushort), ("program", ctypes.c_char_p))

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_SECCOMP, _BY_FILTER, ctypes.byref(Filter(len(program) // 8, program)), 0, 0):
        raise OSError(ctypes.get_errno(), "the box could not be sealed")
    resource.setrlimit(resource.RLIMIT_NPROC, (_MOST_THREADS, _MOST_THREADS))


def _limit(limits: dict[str, int]) -> None:
    for name, value in limits.items():
        with contextlib.suppress(ValueError, OSError):  # macOS knows some of them by name only
            resource.setrlimit(getattr(resource, name), (value, value))


def _module() -> dict[str, Any]:
    module = type(sys)("solution")
    sys.modules["solution"] = module
    return module.__dict__


def _answer(told: dict[str, Any]) -> Any:
    try:
        return packed(told)
    except BaseException as fault:  # what was returned cannot be written: too deep, too many digits, or made to fail
        return packed(_failure(fault))


def _called(function: Any, asked: dict[str, Any], first: dict[str, Any]) -> dict[str, Any]:
    args = asked["args"]
    takes = [*first["takes"], *["plain"] * len(args)]
    try:
        given = [shaped(a, shape) for a, shape in zip(args, takes, strict=False)]
        returned = plain(function(*given), first["gives"])
        if not first["after"]:
            return {"returned": returned}
        return {"returned": returned, "after": [plain(a, shape) for a, shape in zip(given, takes, strict=False)]}
    except BaseException as fault:
        return _failure(fault)
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()


def _failure(fault: BaseException) -> dict[str, Any]:
    """Kind, message and the last line of the candidate's own file that was on the way."""
    line = fault.lineno if isinstance(fault, SyntaxError) and fault.filename == FILE else None
    trace = fault.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    try:
        message = str(fault.msg if isinstance(fault, SyntaxError) else fault)
    except Exception as worse:
        message = f"its message failed with {type(worse).__name__}"
    kind = type(fault).__name__
    return {"error": kind, "message": message[:_MOST_TEXT], "line": line, "memory": isinstance(fault, MemoryError)}


if __name__ == "__main__":
    main()
