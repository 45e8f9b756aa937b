"""Lines from one running server: each under its time limit, in its slot, and before anything that is read ahead.

A server that starts anew gets a new object, since it holds nothing. Belongs to one event loop.
"""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

from interviewer.errors import ModelUnavailable
from interviewer.llm.chat import Answer, Chat, Usage, Wish
from interviewer.llm.faults import translate
from interviewer.llm.prompt_file import Message
from interviewer.llm.reply import Say
from interviewer.llm.server_process import SLOTS
from interviewer.llm.slots import Slots
from interviewer.llm.warming import Warming


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

    async def write(self, messages: Sequence[Message], wish: Wish, say: Say) -> None:
        """Tell `say` each piece of the line and its usage. Raises ModelUnavailable."""
        async with self._turn(messages) as turn:
            async with asyncio.timeout(self._timeout), aclosing(self.chat.write(messages, wish, slot)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Usage):
                        self.last_usage = piece
                    else:
                        written += piece
                    say(piece)
        except ModelUnavailable:
            raise
        except Exception as error:
            raise translate(error, self.chat.endpoint) from error
        else:
            if self.chat.endpoint.grammar:
                # Under a grammar a line may be made of other tokens than the server makes of its text in the next
                # prompt; reading it in while the candidate thinks leaves only the answer to be read.
                self._warming.offer([*messages, ("assistant", written)])
        finally:
            self._slots.release(slot, written=written)
            self._warming.done()

    async def fill(self, messages: Sequence[Message], schema: type[Answer]) -> Answer:
        """One answer in the form of `schema`. Raises ModelUnavailable."""
        await self._warming.give_way(messages)
        slot = self._slots.take(messages)
        try:
            async with asyncio.timeout(self._timeout):
                return await self.chat.fill(messages, schema, slot)
        except ModelUnavailable:
            raise
        except Exception as error:
            raise translate(error, self.chat.endpoint) from error
        finally:
            self._slots.release(slot, whole=True)
            self._warming.done()
