"""One endpoint, spoken to through langchain's ChatOpenAI: text as it is written, or one answer in a given form.

Covers what goes on the wire and what counts as a whole answer. Runs on the event loop of `model`, which owns the
timeouts, the slots and the threads.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel

from interviewer.errors import ModelUnavailable
from interviewer.llm.endpoint import Endpoint
from interviewer.llm.faults import Garbled, Refused, broken_off, translate

if TYPE_CHECKING:
    import openai
    from langchain_core.messages import AIMessageChunk, BaseMessage

from interviewer.llm.prompt_file import Message

Messages = Sequence["Message | BaseMessage"]
Answer = TypeVar("Answer", bound=BaseModel)

CONNECT_SECONDS = 5.0
# A server on this machine may be busy with a prompt, or the machine with something else: it is asked three times.
LIST_SECONDS = 20.0
LIST_RETRIES = 2
# Asked for when only OpenAI's key is set; the first that the account may use.
OPENAI_MODELS = ("gpt-5-mini", "gpt-4.1-mini", "gpt-4o-mini")
# Parameters that some models refuse and that a line can do without.
OPTIONAL = ("temperature", "stop", "seed")


@dataclass(frozen=True)
class Wish:
    """How a line is to be written. A grammar is dropped where the endpoint takes none."""

    max_tokens: int = 120
    temperature: float = 0.3
    grammar: str | None = None
    stop: tuple[str, ...] = ()
    seed: int | None = None


_ONE_TOKEN = Wish(max_tokens=1, temperature=0.0)


@dataclass(frozen=True)
class Usage:
    """Tokens of one answer as the server counted them; `cached` of the prompt were not read again."""

    prompt: int = 0
    cached: int = 0
    completion: int = 0
    finish: str = ""


def plain(messages: Messages) -> tuple[Message, ...]:
    """Role and text of each message, whichever of the two forms it came in."""
    roles = {"human": "user", "ai": "assistant"}
    return tuple(m if isinstance(m, tuple) else (roles.get(m.type, m.type), m.text) for m in messages)


def preload() -> None:
    """Pay for the slow import while something else is waited for."""
    import langchain_openai  # noqa: F401


class Chat:
    """A client for one endpoint. Built on the event loop that will use it; the import takes three seconds, once."""

    def __init__(self, endpoint: Endpoint, timeout: float) -> None:
        import openai
        from langchain_openai import ChatOpenAI

        self.endpoint = endpoint
        self._timeout = timeout
        self._refused: set[str] = set()
        # A proxy set for the outside world must not get what is meant for this machine.
        self._http = openai.DefaultAsyncHttpxClient(
            timeout=openai.Timeout(timeout, connect=CONNECT_SECONDS), trust_env=not endpoint.local
        )
        self._client = ChatOpenAI(
            model=endpoint.model or "default",
            base_url=endpoint.base_url,
            api_key=cast(Any, endpoint.api_key or "none"),
            http_async_client=self._http,
            timeout=timeout,
            max_retries=0 if endpoint.local else 1,
            # A kept connection saves nothing on this machine, takes one of the server's few threads, and can be stale.
            default_headers={"Connection": "close"} if endpoint.local else None,
            stream_usage=True,
            stream_chunk_timeout=None,
            use_responses_api=False,
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def check(self) -> Endpoint:
        """Ask for the list of models: proves address and key, and finds a name where none was set."""
        import openai

        try:
            async with asyncio.timeout(LIST_SECONDS):
                client = self._client.root_async_client.with_options(max_retries=LIST_RETRIES)
                listed = [model.id for model in (await client.models.list()).data]
        except openai.NotFoundError:
            listed = []  # a server without a list can still answer
        except ModelUnavailable:
            raise
        except Exception as error:
            raise translate(error, self.endpoint) from error
        if self.endpoint.model:
            return self.endpoint
        known = [name for name in OPENAI_MODELS if name in listed] if self.endpoint.is_openai else listed
        if not known:
            raise Refused(f"INTERVIEWER_MODEL does not say which model to use at {self.endpoint.host}. Set it.")
        return replace(self.endpoint, model=known[0])

    async def write(self, messages: Sequence[Message], wish: Wish, slot: int | None) -> AsyncGenerator[str | Usage]:
        """Text as it comes, then its Usage. Raises ModelUnavailable, also for an answer that is empty or cut off."""
        import openai

        try:
            async for piece in self._whole(messages, wish, slot):
                yield piece
        except openai.BadRequestError as error:
            self._do_without(error)
            async for piece in self.write(messages, wish, slot):
                yield piece
        except ModelUnavailable:
            raise
        except Exception as error:
            raise translate(error, self.endpoint) from error

    async def read(self, messages: Sequence[Message], slot: int | None) -> None:
        """Have the server read a prompt and no more: whatever it writes after it, if anything, is of no interest."""
        try:
            async for _ in self._chunks(messages, _ONE_TOKEN, slot):
                pass
        except Exception as error:
            raise translate(error, self.endpoint) from error

    async def _whole(self, messages: Sequence[Message], wish: Wish, slot: int | None) -> AsyncGenerator[str | Usage]:
        finish, usage, empty = "", Usage(), True
        async for chunk in self._chunks(messages, wish, slot):
            if text := chunk.text:
                empty = empty and not text.strip()
                yield text
            finish = chunk.response_metadata.get("finish_reason") or finish
            if counted := chunk.usage_metadata:
                cached = counted.get("input_token_details", {}).get("cache_read", 0)
                usage = Usage(counted["input_tokens"], cached or 0, counted["output_tokens"])
        if not finish:
            raise broken_off(self.endpoint)
        if finish == "content_filter":
            raise ModelUnavailable("The language model declined to answer.")
        if empty:
            raise ModelUnavailable("The language model wrote nothing.")
        yield replace(usage, finish=finish)

    async def _chunks(
        self, messages: Sequence[Message], wish: Wish, slot: int | None
    ) -> AsyncGenerator["AIMessageChunk"]:
        from langsmith import tracing_context

        # Somebody's tracing of other programs must not carry an interview away.
        with tracing_context(enabled=False):
            stream = self._client.astream(_as_langchain(messages), **self._arguments(wish, slot))
            async for chunk in stream:
                yield chunk

    async def fill(self, messages: Sequence[Message], schema: type[Answer], wish: Wish, slot: int | None) -> Answer:
        """One answer in the form of `schema`, not streamed."""
        import openai
        from langsmith import tracing_context

        structured = self._client.with_structured_output(schema, method="json_schema")
        try:
            with tracing_context(enabled=False):
                answer = await structured.ainvoke(_as_langchain(messages), **self._arguments(wish, slot))
        except openai.BadRequestError as error:
            self._do_without(error)
            return await self.fill(messages, schema, wish, slot)
        except Exception as error:
            raise translate(error, self.endpoint) from error
        if not isinstance(answer, schema):
            raise Garbled("The language model answered in another form than it was asked for.")
        return answer

    def _do_without(self, error: "openai.BadRequestError") -> None:
        """Leave a refused parameter out from now on; raises ModelUnavailable when that is not what was wrong."""
        if error.param not in OPTIONAL or error.param in self._refused:
            raise translate(error, self.endpoint) from error
        self._refused.add(error.param)

    def _llama(self, slot: int | None) -> dict[str, Any]:
        return {"cache_prompt": True} | ({"id_slot": slot} if slot is not None else {})

    def _arguments(self, wish: Wish, slot: int | None) -> Any:
        optional = {"temperature": wish.temperature, "stop": list(wish.stop) or None, "seed": wish.seed}
        arguments = {k: v for k, v in optional.items() if v is not None and k not in self._refused}
        body: dict[str, Any] = {}
        if self.endpoint.grammar:
            body |= self._llama(slot) | ({"grammar": wish.grammar} if wish.grammar else {})
        if self.endpoint.is_openai:
            arguments["max_completion_tokens"] = wish.max_tokens
        else:
            body["max_tokens"] = wish.max_tokens
        return arguments | ({"extra_body": body} if body else {})


def _as_langchain(messages: Sequence[Message]) -> list["BaseMessage"]:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    kinds = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
    return [kinds[role](content=text) for role, text in messages]
