"""A scripted OpenAI-compatible server over real HTTP on loopback, for tests and benchmarks.

`enqueue` what it is to say next: a text, a list of deltas, a dict (sent as JSON text), a `Reply` with its delays, or one
of the faults below. `requests` holds what it was asked; a request for a single token only reads a prompt ahead, is
answered from a queue of its own and kept in `warmings`, so that it disturbs no script. It counts a word as a token and remembers prompts as a prompt
cache does. Not a model: it says what it was told to and knows nothing of chat templates or sampling.
"""

import contextlib
import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """`first_delay` stands for reading the prompt, `delay` for each further delta. `finish` None: cut off politely."""

    deltas: tuple[str, ...]
    first_delay: float = 0.0
    delay: float = 0.0
    finish: str | None = "stop"


@dataclass(frozen=True)
class Status:
    """An HTTP error before anything was written."""

    code: int
    message: str = "scripted failure"
    error_code: str | None = None
    param: str | None = None


@dataclass(frozen=True)
class Drop:
    """The connection is lost after these deltas."""

    after: tuple[str, ...] = ("What did ",)


@dataclass(frozen=True)
class Garbage:
    """A body that is no JSON, or JSON of another form."""

    body: str = "data: {not json\n\n"


@dataclass(frozen=True)
class Hang:
    """Nothing more comes after these deltas until the client goes away."""

    after: tuple[str, ...] = ()


EMPTY = Reply(())
Step = str | list[str] | dict | Reply | Status | Drop | Garbage | Hang


@dataclass(frozen=True)
class Request:
    path: str
    body: dict
    headers: dict

    @property
    def messages(self):
        return [(m["role"], m["content"]) for m in self.body["messages"]]


@dataclass
class ScriptedServer:
    """`default` is said when nothing is enqueued, or what it makes of the request if it is a function; without it that
    is an error, so that no call goes unnoticed. The list of models is refused `busy_listings` times before it is given."""

    api_key: str = ""
    models: tuple[str, ...] = ("scripted",)
    llama: bool = False
    default: Step | Callable[[Request], Step] | None = None
    requests: list[Request] = field(default_factory=list)
    warmings: list[Request] = field(default_factory=list)
    hung_up: int = 0
    busy_listings: int = 0

    def __post_init__(self):
        self._queue = deque()
        self._warm_queue = deque()
        self._prompts = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"script": self}))
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def url(self):
        return f"{self.address}/v1"

    def enqueue(self, *steps: Step):
        self._queue.extend(steps)

    def enqueue_warming(self, *steps: Step):
        self._warm_queue.extend(steps)

    def close(self):
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()

    def next_step(self, request: Request) -> Step:
        with self._lock:
            if request.body.get("max_tokens") == 1:
                self.warmings.append(request)
                return self._warm_queue.popleft() if self._warm_queue else "x"
            self.requests.append(request)
            if self._queue:
                return self._queue.popleft()
        if callable(self.default):
            return self.default(request)
        return self.default if self.default is not None else Status(500, "nothing was enqueued")

    def usage(self, request: Request, written: str) -> dict:
        words = " ".join(text for _, text in request.messages).split()
        with self._lock:
            cached = max((_shared(words, old) for old in self._prompts), default=0)
            self._prompts.append([*words, *written.split()])
        return {
            "prompt_tokens": len(words),
            "completion_tokens": len(written.split()),
            "total_tokens": len(words) + len(written.split()),
            "prompt_tokens_details": {"cached_tokens": cached},
        }


def _shared(one, other):
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: ScriptedServer

    def do_GET(self):
        if self.path == "/health":
            return self._json(200, {"status": "ok"})
        if not self._allowed():
            return None
        if self.path == "/v1/models" and self.script.busy_listings > 0:
            self.script.busy_listings -= 1
            return self._fail(Status(503, "busy"))
        if self.path == "/v1/models":
            return self._json(
                200, {"object": "list", "data": [{"id": m, "object": "model"} for m in self.script.models]}
            )
        if self.path == "/props" and self.script.llama:
            return self._json(200, {"default_generation_settings": {}})
        return self._fail(Status(404, "no such path"))

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._allowed():
            return
        request = Request(self.path, body, dict(self.headers))
        step = self.script.next_step(request)
        try:
            self._play(step, request)
        except (BrokenPipeError, ConnectionResetError):
            self.script.hung_up += 1
            self.close_connection = True

    def _allowed(self):
        key = self.script.api_key
        if key and self.headers.get("Authorization") != f"Bearer {key}":
            self._fail(Status(401, f"Incorrect API key provided: {self.headers.get('Authorization')}"))
            return False
        return True

    def _play(self, step, request):
        match step:
            case Status():
                return self._fail(step)
            case str():
                step = Reply(tuple(step[i : i + 4] for i in range(0, len(step), 4)))
            case dict():
                step = Reply((json.dumps(step),))
            case list():
                step = Reply(tuple(step))
        if not request.body.get("stream"):
            return self._whole(step, request)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if isinstance(step, Garbage):
            self._chunk(step.body)
            self._chunk("")
            return None
        self._delta({"role": "assistant", "content": None})
        if isinstance(step, Reply):
            return self._stream(step, request)
        for text in step.after:
            self._delta({"content": text})
        return self._break() if isinstance(step, Drop) else self._hang()

    def _stream(self, step, request):
        self._pause(step.first_delay)
        for number, text in enumerate(step.deltas):
            self._pause(step.delay if number else 0)
            self._delta({"content": text})
        if step.finish is not None:
            self._delta({}, step.finish)
            if request.body.get("stream_options", {}).get("include_usage"):
                usage = self.script.usage(request, "".join(step.deltas))
                self._event({"choices": [], "usage": usage})
            self._chunk("data: [DONE]\n\n")
        self._chunk("")

    def _whole(self, step, request):
        if isinstance(step, Drop):
            return self._break()
        if isinstance(step, Hang):
            return self._hang()
        if isinstance(step, Garbage):
            return self._raw(200, step.body)
        self._pause(step.first_delay)
        text = "".join(step.deltas)
        choice = {"index": 0, "finish_reason": step.finish, "message": {"role": "assistant", "content": text}}
        return self._json(200, self._frame("chat.completion", [choice]) | {"usage": self.script.usage(request, text)})

    def _frame(self, kind, choices):
        return {"id": "scripted", "object": kind, "created": 1, "model": "scripted", "choices": choices}

    def _delta(self, delta, finish=None):
        self._event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    def _event(self, fields):
        self._chunk(f"data: {json.dumps(self._frame('chat.completion.chunk', []) | fields)}\n\n")

    def _chunk(self, text):
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _pause(self, seconds):
        """Waits, and notices a client that has gone away, as llama.cpp does."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self._client_gone(min(left, 0.05)):
                raise BrokenPipeError

    def _hang(self):
        while not self.script._closing.is_set():
            if self._client_gone(0.05):
                raise BrokenPipeError

    def _client_gone(self, seconds):
        self.connection.settimeout(seconds)
        try:
            return not self.connection.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            return False
        finally:
            self.connection.settimeout(None)

    def _break(self):
        """The end of a server that was killed: the answer just stops, its last chunk never comes."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _fail(self, status):
        error = {"message": status.message, "type": "scripted", "param": status.param, "code": status.error_code}
        self._json(status.code, {"error": error})

    def _json(self, code, body):
        self._raw(code, json.dumps(body))

    def _raw(self, code, body):
        data = body.encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass

    def finish(self):
        with contextlib.suppress(OSError):  # the connection was ended on purpose
            super().finish()
