"""Lines being spoken right now, one thread each; a tab only looks on.

So a closed tab does not break a line off, a reload finds the line under way, and Stop has one place to act on.
Not here: what is said (`interviewing`) and how it is shown (`conversation`). Lines live in this process only.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator

from interviewer.errors import InterviewerError

log = logging.getLogger(__name__)

Pieces = Callable[[], Iterator[str]]


class LiveLine:
    """Grows as its pieces arrive. `fault` is what the pieces raised; whoever looks on raises it again."""

    def __init__(self, pieces: Pieces) -> None:
        self.text = ""
        self.fault: Exception | None = None
        self._pieces = pieces
        self._done = threading.Event()
        self._stopped = threading.Event()

    @property
    def done(self) -> bool:
        return self._done.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether the line is complete after at most so long."""
        return self._done.wait(seconds)

    def stop(self) -> None:
        """Ask for the line to be completed at once; it takes effect at the next piece."""
        self._stopped.set()

    def run(self) -> None:
        try:
            pieces = self._pieces()
            for piece in pieces:
                self.text += piece
                if self._stopped.is_set():
                    pieces.close()  # type: ignore[attr-defined]
                    break
        except Exception as fault:
            self.fault = fault
            if not isinstance(fault, InterviewerError):
                log.exception("a line broke off")

    def finish(self) -> None:
        self._done.set()


class LiveLines:
    """The lines under way by interview, and when the last one of each ended: the clock runs from there."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._lines: dict[str, LiveLine] = {}
        self._ended: dict[str, float] = {}
        self._asides: set[str] = set()

    def current(self, interview_id: str) -> LiveLine | None:
        """The line that is being spoken in this interview, if one is."""
        line = self._lines.get(interview_id)
        return line if line is not None and not line.done else None

    def speak(self, interview_id: str, pieces: Pieces) -> LiveLine:
        """Begin a line of its own: somebody sent something."""
        line = LiveLine(pieces)
        with self._lock:
            if self.current(interview_id) is None:
                self._lines[interview_id] = line
        self._begin(interview_id, line)
        return line

    def join(self, interview_id: str, pieces: Pieces) -> LiveLine:
        """The line under way, or a new one where none is: two tabs that reload must not both make one speak."""
        with self._lock:
            line = self.current(interview_id)
            if line is not None:
                return line
            line = self._lines[interview_id] = LiveLine(pieces)
        self._begin(interview_id, line)
        return line

    def aside(self, interview_id: str, pieces: Pieces) -> str:
        """What is said of the interviewer's own accord, at once; "" where a line is under way, or for nothing."""
        with self._lock:
            if self.current(interview_id) is not None or interview_id in self._asides:
                return ""
            self._asides.add(interview_id)
        try:
            said = "".join(pieces())
        finally:
            self._asides.discard(interview_id)
        if said:
            self._ended[interview_id] = self._clock()
        return said

    def stop(self, interview_id: str) -> None:
        line = self.current(interview_id)
        if line is not None:
            line.stop()

    def silence(self, interview_id: str) -> float:
        """Seconds since the interviewer finished speaking; 0 where that was in another process."""
        ended = self._ended.get(interview_id)
        return 0.0 if ended is None else self._clock() - ended

    def _begin(self, interview_id: str, line: LiveLine) -> None:
        def speak() -> None:
            line.run()
            with self._lock:
                if self._lines.get(interview_id) is line:
                    del self._lines[interview_id]
                if line.fault is None:
                    self._ended[interview_id] = self._clock()
            line.finish()

        threading.Thread(target=speak, name="interviewer-speaks", daemon=True).start()
