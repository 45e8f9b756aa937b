"""From the event loop that talks to the model to the ordinary code that reads along: a thread, and an iterator.

The loop is what makes a time limit exact and a stop immediate, whatever the server does meanwhile.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar

from interviewer.errors import ModelUnavailable
from interviewer.llm.chat import Usage

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Say = Callable[[str | Usage], None]
_Piece = str | Usage | BaseException | None

CLOSE_SECONDS = 5.0


class Loop:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="language model")
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result]) -> "Future[Result]":
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def soon(self, call: Callable[[], object]) -> None:
        self._loop.call_soon_threadsafe(call)

    def close(self) -> None:
        """Cancel whatever still runs, let it clean up, and end the thread."""
        try:
            self.run(_cancel_others()).result(CLOSE_SECONDS)
        except TimeoutError:
            log.warning("the language model's event loop did not end in %s s and is left alone", CLOSE_SECONDS)
            return
        self.soon(self._loop.stop)
        self._thread.join(CLOSE_SECONDS)
        self._loop.close()


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


class Reply(Iterator[str]):
    """A line while it is being written. The work starts at once; `close` ends it, on the server too."""

    def __init__(self, loop: Loop, write: Callable[[Say], Coroutine[Any, Any, None]]) -> None:
        self.usage: Usage | None = None
        self._pieces: SimpleQueue[_Piece] = SimpleQueue()
        self._over = False
        # Neither the work nor its end may know us: a reply that is dropped must be collected, see `__del__`.
        self._future = loop.run(write(self._pieces.put))
        self._future.add_done_callback(partial(_finish, self._pieces))

    def __next__(self) -> str:
        while not self._over:
            match self._pieces.get():
                case str(text):
                    return text
                case Usage() as usage:
                    self.usage = usage
                case BaseException() as error:
                    self._over = True
                    raise error
                case None:
                    self._over = True
        raise StopIteration

    def close(self) -> None:
        self._over = True
        self._future.cancel()

    def __del__(self) -> None:
        # An iterator that is dropped halfway must not leave the server writing.
        self.close()


def _finish(pieces: "SimpleQueue[_Piece]", future: "Future[None]") -> None:
    pieces.put(ModelUnavailable("The line was stopped.") if future.cancelled() else future.exception())
