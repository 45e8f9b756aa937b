"""Lines from one running server: each under its time limit, in its slot, and before anything that is read ahead.

A server that starts anew gets a new object, since it holds nothing. Belongs to one event loop.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

from interviewer.errors import ModelUnavailable
from interviewer.llm.chat import Answer, Chat, Usage, Wish
from interviewer.llm.faults import translate
from interviewer.llm.prompt_file import Message
from interviewer.llm.reply import Say
from interviewer.llm.server_process import SLOTS
from interviewer.llm.slots import Slots
from interviewer.llm.warming import Warming


@dataclass
class _Turn:
    """What became of a slot's prompt, for `Slots.release`."""

    slot: int | None = None
    written: str = ""
    whole: bool = False


class Lines:
    def __init__(self, chat: Chat, timeout: float) -> None:
        self.chat = chat
        self.last_usage: Usage | None = None
        self._timeout = timeout
        self._slots = Slots(SLOTS if chat.endpoint.kind == "embedded" else 0)
        self._warming = Warming(chat.read, self._slots)

    async def close(self) -> None:
        await self.chat.close()

    def warm(self, messages: Sequence[Message]) -> None:
        self._warming.want(messages)

    def holds(self, messages: Sequence[Message]) -> bool:
        """Whether the embedded server has read `messages` in."""
        return self._slots.hold(messages)

    async def write(self, messages: Sequence[Message], wish: Wish, say: Say) -> None:
        """Tell `say` each piece of the line and its usage. Raises ModelUnavailable."""
        async with self._turn(messages) as turn, aclosing(self.chat.write(messages, wish, turn.slot)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    self.last_usage = piece
                else:
                    turn.written += piece
                say(piece)
        if self.chat.endpoint.grammar:
            # Under a grammar a line may be made of other tokens than the server makes of its text in the next prompt;
            # reading it in while the candidate thinks leaves only the answer to be read.
            self._warming.offer([*messages, ("assistant", turn.written)])

    async def fill(self, messages: Sequence[Message], schema: type[Answer], wish: Wish) -> Answer:
        """One answer in the form of `schema`. Raises ModelUnavailable."""
        async with self._turn(messages) as turn:
            answer = await self.chat.fill(messages, schema, wish, turn.slot)
            turn.whole = True
        return answer

    @asynccontextmanager
    async def _turn(self, messages: Sequence[Message]) -> AsyncGenerator[_Turn]:
        """A slot for as long as a line may take; meanwhile nothing is read ahead."""
        turn = _Turn()
        try:
            async with asyncio.timeout(self._timeout):
                await self._warming.give_way(messages)
                turn.slot = self._slots.take(messages)
                yield turn
        except ModelUnavailable:
            raise
        except Exception as error:
            raise translate(error, self.chat.endpoint) from error
        finally:
            self._slots.release(turn.slot, written=turn.written, whole=turn.whole)
            self._warming.done()
