"""Reads prompts in before they are needed, while nobody is waiting for a line.

One at a time, the latest wish only, and a line that is wanted now always goes first: what was read so far stays in the
server's slot and is not read again. Belongs to one event loop.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Protocol

from interviewer.errors import ModelUnavailable
from interviewer.llm.prompt_file import Message
from interviewer.llm.slots import Slots, starts_with

log = logging.getLogger(__name__)


class Reader(Protocol):
    async def __call__(self, messages: Sequence[Message], slot: int | None) -> None: ...


class Warming:
    """`read(messages, slot)` has the server read a prompt."""

    def __init__(self, read: Reader, slots: Slots) -> None:
        self._read = read
        self._slots = slots
        self._wanted: tuple[Message, ...] | None = None
        self._everywhere = False
        self._task: asyncio.Task[None] | None = None
        self._lines = 0

    def want(self, messages: Sequence[Message]) -> None:
        """Read `messages` in when there is time, and into an empty slot too: the next interview starts there."""
        self._wanted, self._everywhere = tuple(messages), True
        self._begin()

    def offer(self, messages: Sequence[Message]) -> None:
        """Read `messages` into their own slot, unless something is wanted in earnest."""
        if self._wanted is None or not self._everywhere:
            self._wanted, self._everywhere = tuple(messages), False
            self._begin()

    async def give_way(self, messages: Sequence[Message]) -> None:
        """A line for `messages` is wanted now; call `done` after it."""
        self._lines += 1
        if self._wanted and starts_with(messages, self._wanted):
            self._wanted = None
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait({task})

    def done(self) -> None:
        self._lines -= 1
        self._begin()

    def _begin(self) -> None:
        if self._wanted and not self._lines and self._task is None:
            self._task = asyncio.create_task(self._work())

    async def _work(self) -> None:
        while (messages := self._wanted) is not None:
            await self._warm(messages, self._everywhere)
            if self._wanted is messages:
                self._wanted = None
        self._task = None

    async def _warm(self, messages: tuple[Message, ...], everywhere: bool) -> None:
        if not self._slots.hold(messages):
            await self._read_into(self._slots.take(messages), messages)
        if everywhere and (empty := self._slots.take_empty(messages)) is not None:
            await self._read_into(empty, messages)

    async def _read_into(self, slot: int | None, messages: tuple[Message, ...]) -> None:
        whole = False
        try:
            await self._read(messages, slot)
            whole = True
        except ModelUnavailable as fault:
            log.info("nothing was read ahead: %s", fault)
        finally:
            self._slots.release(slot, whole=whole)
