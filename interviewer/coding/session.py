"""One solution loaded in a sandbox and called, argument by argument, from outside of it.

The clock, the limits on what is read and the end of the process are here, where the code cannot reach them: time is
CPU time of the code's process as this machine counts it, with a wall limit for code that sleeps.
Not covered: what the answers are worth (`examiner`).
"""

import os
import selectors
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from interviewer.coding.box.wire import legible, packed, unpacked
from interviewer.coding.sandbox import FILE_SIZE, MEMORY, Launched, Sandbox
from interviewer.domain.coding import (
    ENDED_ITSELF,
    NO_FUNCTION,
    NOT_PLAIN,
    STOPPED,
    TOO_LARGE,
    TOO_MANY_LISTS,
    TOO_MANY_THREADS,
    TOO_MUCH_PRINTED,
    UNASKED_RESULTS,
    WAITED,
)
from interviewer.domain.question import Shape
from interviewer.errors import BadInput

Ending = Literal["returned", "error", "timed_out", "out_of_memory"]
LONGEST_CODE = 100_000  # characters
_LOADING = 5.0  # seconds that imports and top-level code may take
_MOST_REPLY = 32 * 2**20  # bytes; these limits are told in `domain.coding`
_MOST_LISTS = 2_500_000  # in a reply: an empty one is three bytes in a line, and seventy in memory
_MOST_THREADS = 64
_MOST_PRINTED = 64 * 2**20  # bytes drained before the code is stopped
_KEPT_PRINTED = 4000
_RECURSION = 5000
_LOOK_EVERY = 0.1
_MOST_WAITING = 20.0  # seconds past the wall limit that code may wait for its CPU time, where others have it
_NOTHING = "nothing within {wall:g} seconds"
_COMPUTED = "nothing within {cpu:g} seconds of CPU time"
_WAITED = f"{_NOTHING}: {WAITED}"
_WHOLE_PROCESS = 2  # of a process's CPU clock, as clock_getcpuclockid(3) makes its number
_LIMITS = {"RLIMIT_AS": MEMORY, "RLIMIT_FSIZE": FILE_SIZE, "RLIMIT_NOFILE": 64, "RLIMIT_CORE": 0}


@dataclass(frozen=True)
class Outcome:
    """What one call came to. `seconds` is CPU time, `printed` the beginning of what the code wrote meanwhile.

    `after` are the arguments as the call left them, where the solution is to keep them; None where the code's process
    did not say.
    """

    ending: Ending
    value: Any = None
    message: str = ""
    line: int | None = None
    seconds: float = 0.0
    printed: str = ""
    after: Any = None


@dataclass(frozen=True)
class Solution:
    """Code and how its function is called. `given` is code of ours that it may rely on.

    With `keeps_input` the arguments are asked back after each call, to be compared with what was sent. `missing` says
    what to do where there turns out to be no such function.
    """

    code: str
    function: str
    takes: tuple[Shape, ...] = ()
    gives: Shape = "plain"
    given: str = ""
    keeps_input: bool = False
    missing: str = ""

    def __post_init__(self) -> None:
        if len(self.code) > LONGEST_CODE:
            raise BadInput(
                f"the solution has {len(self.code):,} characters; at most {LONGEST_CODE:,} are run. Shorten it."
            )


class Session:
    """A running solution. `alive` turns false when its process is gone or was stopped; then no call is possible."""

    def __init__(self, launched: Launched) -> None:
        self._launched = launched
        self._process = launched.process
        self._read = bytearray()
        self._printed = b""
        self._drained = 0
        self.alive = True
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        for fd in (self._to, self._out, launched.replies):
            os.set_blocking(fd, False)

    def load(self, solution: Solution) -> Outcome:
        """Run the code's top level. An error, or that its function is missing, ends the session."""
        asked = {
            "code": solution.code,
            "given": solution.given,
            "function": solution.function,
            "takes": list(solution.takes),
            "gives": solution.gives,
            "after": solution.keeps_input,
            "limits": _LIMITS,
            "recursion": _RECURSION,
        }
        outcome = self._exchange(asked, _LOADING)
        if outcome.ending == "returned" and outcome.value is not True:
            outcome = Outcome("error", message=_no_function(solution))
        if outcome.ending == "timed_out":
            outcome = replace(outcome, message=f"{outcome.message}, before the function was called at all")
        self.alive = self.alive and outcome.ending == "returned"
        return outcome

    def call(self, args: list[Any], seconds: float) -> Outcome:
        """Call the function with plain arguments; `seconds` of CPU time, about twice that on the wall."""
        return self._exchange({"args": args}, seconds)

    def _exchange(self, asked: dict[str, Any], seconds: float) -> Outcome:
        self._printed, self._drained = b"", 0
        self._receive(self._launched.replies)
        if self._read:
            self.alive = False
            return Outcome("error", message=UNASKED_RESULTS)
        cpu, begun = self._cpu(), time.monotonic()
        wall = seconds * 2 + 1
        told = self._converse(packed(asked), cpu + seconds, begun + wall)
        used = max(0.0, self._cpu(time.monotonic() - begun + cpu) - cpu)
        if isinstance(told, Outcome):
            self.alive = False
            if told.ending == "timed_out":
                told = replace(told, message=told.message.format(cpu=seconds, wall=wall))
            return _with(told, used, self._shown())
        return _with(_outcome(told), used, self._shown())

    def _converse(self, request: bytes, cpu_until: float, wall_until: float) -> dict[str, Any] | Outcome:
        """Send the request and read up to the end of the reply's line, draining what the code prints."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._to, selectors.EVENT_WRITE)
            selector.register(self._out, selectors.EVENT_READ)
            selector.register(self._launched.replies, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select(_LOOK_EVERY):
                    if key.fd == self._to:
                        request = self._send(request)
                        if not request:
                            selector.unregister(self._to)
                    elif not self._receive(key.fd):
                        selector.unregister(key.fd)
                        if key.fd == self._launched.replies:
                            return self._gone()
                if self._read.endswith(b"\n"):
                    line, self._read = bytes(self._read), bytearray()
                    return Outcome("error", message=UNASKED_RESULTS) if b"\n" in line[:-1] else _told(line)
                if len(self._read) > _MOST_REPLY:
                    return Outcome("error", message=TOO_LARGE)
                if self._drained > _MOST_PRINTED:
                    return Outcome("error", message=TOO_MUCH_PRINTED)
                if late := self._late(cpu_until, wall_until):
                    return Outcome("timed_out", message=late)
                if self._threads() > _MOST_THREADS:
                    return Outcome("error", message=TOO_MANY_THREADS)

    def _send(self, request: bytes) -> bytes:
        with suppress(BlockingIOError):
            try:
                return request[os.write(self._to, request[: 2**16]) :]
            except BrokenPipeError:  # the reply's end tells why
                return b""
        return request

    def _receive(self, fd: int) -> bool:
        """Whether there may be more to come."""
        try:
            piece = os.read(fd, 2**18)
        except BlockingIOError:
            return True
        if fd == self._launched.replies:
            self._read += piece
        else:
            self._drained += len(piece)
            self._printed = (self._printed + piece)[:_KEPT_PRINTED]
        return bool(piece)

    def _gone(self) -> Outcome:
        """The process has closed its end: it died, or the code ended it."""
        with suppress(Exception):
            self._process.wait(1)
        while self._receive(self._out) and _readable(self._out):
            pass
        status = self._process.poll()
        if status is None or status == 0:
            return Outcome("error", message=ENDED_ITSELF)
        number = status - 128 if status > 128 else -status if status < 0 else 0
        why = {9: "it was killed", 11: "a crash of the interpreter", 25: "a file grew over its limit"}.get(number)
        return Outcome("error", message=f"{STOPPED} with status {status}" + (f": {why}" if why else ""))

    def _shown(self) -> str:
        return legible(self._printed.decode("utf-8", "replace"))

    def _cpu(self, otherwise: float = 0.0) -> float:
        """CPU seconds of the code's process with its threads; `otherwise` where the machine does not tell."""
        if self._launched.pid is None or sys.platform != "linux":
            return otherwise
        try:
            return time.clock_gettime((~self._launched.pid << 3) | _WHOLE_PROCESS)
        except OSError:
            return otherwise

    def _late(self, cpu_until: float, wall_until: float) -> str:
        """Why the time is up, "" while it is not."""
        if self._cpu() > cpu_until:
            return _COMPUTED
        if not self._overdue(wall_until):
            return ""
        return _WAITED if self._stat() and not self._busy() else _NOTHING

    def _overdue(self, wall_until: float) -> bool:
        """Whether the code sleeps past its wall limit; code that waits for a busy machine's CPU has longer."""
        late = time.monotonic() - wall_until
        return late > 0 and (late > _MOST_WAITING or not self._busy())

    def _busy(self) -> bool:
        return self._stat()[:1] in ([b"R"], [b"D"])

    def _threads(self) -> int:
        """How many threads the code's process has; 0 where the machine does not tell. Limits do not bind root's own."""
        stat = self._stat()
        return int(stat[17]) if stat else 0

    def _stat(self) -> list[bytes]:
        """What proc(5) tells from the process's state on; nothing where there is none, or it has ended."""
        if self._launched.pid is None or sys.platform != "linux":
            return []
        try:
            stat = Path(f"/proc/{self._launched.pid}/stat").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            return []
        return stat.rpartition(b")")[2].split()


def _readable(fd: int) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(fd, selectors.EVENT_READ)
        return bool(selector.select(0))


@contextmanager
def session(sandbox: Sandbox) -> Iterator[Session]:
    """A session in a sandbox of its own, taken down at the end."""
    with sandbox.running() as launched:
        yield Session(launched)


def _no_function(solution: Solution) -> str:
    message = f"{NO_FUNCTION} {solution.function}"
    return f"{message}: {solution.missing}" if solution.missing else message


def _told(line: bytes) -> dict[str, Any] | Outcome:
    if line.count(b"[") + line.count(b"{") > _MOST_LISTS:
        return Outcome("error", message=TOO_MANY_LISTS)
    try:
        told = unpacked(line)
    except (ValueError, RecursionError, MemoryError):
        return Outcome("error", message=NOT_PLAIN)
    return told if isinstance(told, dict) else Outcome("error", message=NOT_PLAIN)


def _outcome(told: dict[str, Any]) -> Outcome:
    if "returned" in told:
        return Outcome("returned", told["returned"], after=told.get("after"))
    if "loaded" in told:
        return Outcome("returned", told["loaded"])
    parts = (told.get("error"), told.get("message"))
    message = ": ".join(legible(part[:600]) for part in parts if isinstance(part, str) and part)
    line = told.get("line")
    ending: Ending = "out_of_memory" if told.get("memory") is True else "error"
    of_the_code = type(line) is int and 0 < line <= LONGEST_CODE
    return Outcome(ending, message=message[:600] or "no reason given", line=line if of_the_code else None)


def _with(outcome: Outcome, seconds: float, printed: str) -> Outcome:
    return replace(outcome, seconds=round(seconds, 3), printed=printed)
