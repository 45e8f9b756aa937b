"""The language model as the rest of the program knows it: one object that is off, on its way, ready or failed.

Brings the chosen endpoint up in the background, keeps its status, and puts every line through time limit, slot and
translation of errors. Does not know what is said, nor what may be shown.
"""

import logging
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from interviewer.errors import InterviewerError, ModelUnavailable
from interviewer.llm.chat import Answer, Chat, Messages, Usage, Wish, plain, preload
from interviewer.llm.embedded import EmbeddedServer, State
from interviewer.llm.endpoint import Endpoint, choose, speaks_grammar
from interviewer.llm.faults import Refused, Unreachable
from interviewer.llm.lines import Lines
from interviewer.llm.reply import Loop, Reply
from interviewer.llm.sources import Progress
from interviewer.llm.weights import ensure, own_file
from interviewer.settings import Settings

log = logging.getLogger(__name__)

ModelState = Literal["off", "fetching", "loading", "ready", "failed"]
Result = TypeVar("Result")

RECHECK_SECONDS = 30.0


@dataclass(frozen=True)
class ModelStatus:
    """`detail` is one sentence for the user; `remote_host` is set when answers leave this computer."""

    state: ModelState
    detail: str = ""
    progress: float | None = None
    remote_host: str | None = None
    model: str = ""


class Model:
    """Raises BadInput when the settings name no usable endpoint; nothing else is done before `start()`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.endpoint = choose(settings)
        if self.endpoint.kind == "embedded" and settings.model_path:
            own_file(settings.model_path)
        remote = self.endpoint.host if self.endpoint.kind == "remote" and not self.endpoint.local else None
        first = "No language model: questions come in the rubric's own words."
        self._status = ModelStatus("off", first, remote_host=remote, model=self.endpoint.model)
        self._moved = threading.Condition()
        self._closing = threading.Event()
        self._loop: Loop | None = None
        self._lines: Lines | None = None
        self._server: EmbeddedServer | None = None
        self._checked_at = 0.0

    @property
    def status(self) -> ModelStatus:
        return self._status

    @property
    def ready(self) -> bool:
        return self._status.state == "ready"

    @property
    def keeps_grammar(self) -> bool:
        """Whether a grammar handed to `stream` will bound the line; other endpoints leave it out."""
        return self.endpoint.grammar

    @property
    def last_usage(self) -> Usage | None:
        """Of the line that was finished last, whoever asked for it; a reply knows its own."""
        return self._lines.last_usage if self._lines else None

    def start(self) -> None:
        """Bring the endpoint up in the background; a second call changes nothing."""
        with self._moved:
            if self.endpoint.kind == "none" or self._loop is not None or self._closing.is_set():
                return
            self._loop = Loop()
        self._set("loading", "The language model is being prepared.")
        work = self._bring_up_remote if self.endpoint.kind == "remote" else self._bring_up_embedded
        threading.Thread(target=self._guarded, args=(work,), daemon=True, name="language model start").start()

    def wait(self, timeout: float | None = None, report: Progress | None = None) -> ModelStatus:
        """Until the model is ready, failed or off, telling `report` about every step."""
        give_up = None if timeout is None else time.monotonic() + timeout
        with self._moved:
            while self._status.state in ("fetching", "loading"):
                if report:
                    report(self._status.progress, self._status.detail)
                left = None if give_up is None else give_up - time.monotonic()
                if left is not None and left <= 0:
                    break
                self._moved.wait(left)
            return self._status

    def stream(
        self,
        messages: Messages,
        *,
        grammar: str | None = None,
        max_tokens: int = 120,
        temperature: float = 0.3,
        stop: Sequence[str] = (),
        seed: int | None = None,
    ) -> Reply:
        """The next line as it is written. ModelUnavailable is raised here or, once it has begun, while it is read."""
        loop, lines = self._at_hand()
        wish = Wish(max_tokens, temperature, grammar, tuple(stop), seed)
        said = plain(messages)
        return Reply(loop, lambda say: self._noted(lines.write(said, wish, say)))

    def ask(self, messages: Messages, schema: type[Answer], *, max_tokens: int = 400) -> Answer:
        """One answer in the form of `schema`; for judging, not for talking."""
        loop, lines = self._at_hand()
        return loop.run(self._noted(lines.fill(plain(messages), schema, Wish(max_tokens, temperature=0.0)))).result()

    def warm(self, messages: Messages) -> None:
        """Have a server on this machine read the beginning of the next prompt while nobody waits."""
        loop, lines = self._loop, self._lines
        if loop is not None and lines is not None and self.ready and self.endpoint.local:
            said = plain(messages)
            loop.soon(lambda: lines.warm(said))

    def close(self) -> None:
        """Stop everything, the server included. The model is off afterwards."""
        self._closing.set()
        if self._server is not None:
            self._server.stop()
        with self._moved:
            loop, self._loop, self._lines = self._loop, None, None
        if loop is not None:
            loop.close()
        self._set("off", "The language model was stopped.")

    def _at_hand(self) -> tuple[Loop, Lines]:
        loop, lines, status = self._loop, self._lines, self._status
        if loop is None or lines is None or status.state != "ready":
            self._recheck()
            raise ModelUnavailable(status.detail)
        return loop, lines

    def _recheck(self) -> None:
        """A remote server that failed may be back: look again now and then, without making anybody wait."""
        stale = time.monotonic() - self._checked_at > RECHECK_SECONDS
        if self.endpoint.kind == "remote" and self._status.state == "failed" and stale and self._loop:
            self._checked_at = time.monotonic()
            threading.Thread(target=self._guarded, args=(self._bring_up_remote,), daemon=True).start()

    # Bringing up, in threads of their own

    def _guarded(self, work: Callable[[], None]) -> None:
        """Whatever goes wrong in the background ends as a status that somebody sees."""
        try:
            work()
        except InterviewerError as fault:
            self._set("failed", str(fault))
        except Exception as error:
            if self._closing.is_set():
                log.debug("given up because the program is closing", exc_info=error)
                return
            log.exception("the language model could not be brought up")
            self._set("failed", f"The language model could not be started ({type(error).__name__}: {error}).")

    def _bring_up_remote(self) -> None:
        self._checked_at = time.monotonic()
        grammar = speaks_grammar(self.endpoint)
        self._connect(replace(self.endpoint, grammar=grammar), check=True)

    def _bring_up_embedded(self) -> None:
        path = ensure(self.settings, self._report, self._closing)
        self._set("loading", "The language model is being loaded.")
        self._server = EmbeddedServer(path, self.endpoint.model, self.settings, self._server_moved)
        self._server.start()
        if self._closing.is_set():
            self._server.stop()
        preload()

    def _server_moved(self, state: State) -> None:
        """Called by the thread that watches the server."""
        server = self._server
        assert server is not None
        if state == "ready":
            address = replace(self.endpoint, base_url=server.base_url, api_key=server.api_key)
            self._guarded(lambda: self._connect(address, check=False))
        elif state == "loading":
            self._set("loading", "The language model's server stopped; it is being started again.")
        elif state == "failed":
            self._set("failed", server.problem)

    def _connect(self, endpoint: Endpoint, *, check: bool) -> None:
        loop = self._loop
        if loop is not None:
            found = loop.run(self._connected(endpoint, check)).result()
            self._set("ready", f"The language model {found.model} on {found.host} is ready.")

    async def _connected(self, endpoint: Endpoint, check: bool) -> Endpoint:
        chat = Chat(endpoint, self.settings.model_timeout)
        if check:
            endpoint = await chat.check()
            if endpoint != chat.endpoint:
                await chat.close()
                chat = Chat(endpoint, self.settings.model_timeout)
        old, self._lines = self._lines, Lines(chat, self.settings.model_timeout)
        self.endpoint = endpoint
        if old is not None:
            await old.close()
        return endpoint

    def _report(self, fraction: float | None, text: str) -> None:
        self._set("fetching", text, fraction)

    def _set(self, state: ModelState, detail: str, progress: float | None = None) -> None:
        if self._closing.is_set() and state != "off":
            return
        with self._moved:
            self._status = replace(
                self._status, state=state, detail=detail, progress=progress, model=self.endpoint.model
            )
            self._moved.notify_all()

    async def _noted(self, work: Coroutine[Any, Any, Result]) -> Result:
        """A remote server that will not do better next time shows as failed; the embedded one is watched already."""
        try:
            return await work
        except (Refused, Unreachable) as fault:
            if self.endpoint.kind == "remote":
                self._checked_at = time.monotonic()
                self._set("failed", str(fault))
            raise
