"""The embedded language model's server as seen from our process: started, watched, restarted once, stopped, logged.

The server itself is `server_process`, a child with its own random port and key. One thread owns the child from its
birth to its end: the kernel ties a child's life to the thread that started it, and a child that is always waited for
never becomes a zombie.
"""

import contextlib
import http.client
import json
import logging
import logging.handlers
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import interviewer
from interviewer.errors import ModelUnavailable
from interviewer.settings import Settings

State = Literal["loading", "ready", "stopped", "failed"]

LOG_BYTES = 1_000_000
HEALTH_SECONDS = 60.0
STOP_SECONDS = 5.0
MODULE = "interviewer.llm.server_process"


class EmbeddedServer:
    """`start()` returns at once; `changed(state)` is called from the watching thread whenever the state changes."""

    def __init__(
        self, model: Path, alias: str, settings: Settings, changed: Callable[[State], None] = lambda _: None
    ) -> None:
        self.model = model
        self.alias = alias
        self.settings = settings
        self.api_key = secrets.token_urlsafe(32)
        self.base_url = ""
        self.problem = ""
        self.restarts = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.log_file = settings.logs_folder / "llama.log"
        self._changed = changed
        self._state: State = "loading"
        self._moved = threading.Condition()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="embedded model")

    def start(self) -> None:
        self._thread.start()

    @property
    def state(self) -> State:
        return self._state

    def wait(self, timeout: float | None = None) -> None:
        """Until the server is ready. Raises ModelUnavailable when it failed or `timeout` seconds have passed."""
        with self._moved:
            self._moved.wait_for(lambda: self._state != "loading", timeout)
        if self._state == "loading":
            raise ModelUnavailable(f"The language model did not load in {timeout:.0f} s; see {self.log_file}.")
        if self._state != "ready":
            raise ModelUnavailable(self.problem or "The language model's server was stopped.")

    def stop(self) -> None:
        """Kill the child, which has nothing to save, and wait for it; safe to call twice and before `start()`."""
        self._stopping.set()
        if self.process is not None:
            self.process.kill()
        if self._thread.ident is not None:
            self._thread.join(STOP_SECONDS)

    def _watch(self) -> None:
        try:
            log = _log(self.log_file)
        except OSError as error:
            self._fail(f"the log {self.log_file} cannot be written: {error.strerror}")
            return
        with contextlib.closing(log):
            while not self._stopping.is_set():
                self._live(log)
                if self.restarts or self.problem or self._stopping.is_set():
                    break
                self.restarts = 1
                self._become("loading")
        if self._stopping.is_set():
            self._become("stopped")
        elif not self.problem:
            self._fail("its server stopped a second time")

    def _live(self, log: logging.Handler) -> None:
        """One life of the child, from start to exit."""
        try:
            process = _spawn()
        except OSError as error:
            self._fail(f"its server could not be started: {error}")
            return
        self.process = process
        reader = threading.Thread(target=_keep_log, args=(process, log), daemon=True, name="embedded model log")
        reader.start()
        try:
            self._introduce(process)
        finally:
            process.wait()
            reader.join(STOP_SECONDS)
            _close_stdin(process)
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()

    def _introduce(self, process: subprocess.Popen[bytes]) -> None:
        """Hand the child its order and take its address. A child that dies meanwhile is noticed by `_live`."""
        order = {
            "model": str(self.model),
            "alias": self.alias,
            "key": self.api_key,
            "context_tokens": self.settings.context_tokens,
            "threads": self.settings.threads,
        }
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.flush()
        if self._stopping.is_set():
            process.kill()
        line = process.stdout.readline()
        answer = json.loads(line) if line.endswith(b"\n") else {}
        if reason := answer.get("error"):
            self._fail(reason)
        elif address := answer.get("address"):
            if _healthy(address, process):
                self.base_url = f"{address}/v1"
                self._become("ready")
            else:
                process.kill()

    def _fail(self, reason: str) -> None:
        self.problem = f"The embedded language model is not available: {reason}. Its log is {self.log_file}."
        self._become("failed")

    def _become(self, state: State) -> None:
        with self._moved:
            self._state = state
            self._moved.notify_all()
        self._changed(state)


def _spawn() -> subprocess.Popen[bytes]:
    """Our package is put on the child's path, for a checkout that is not installed; the current folder is kept off."""
    package_folder = str(Path(interviewer.__file__).resolve().parents[1])
    paths = [package_folder, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-m", MODULE, str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        # Ctrl-C in the terminal is for our process, which decides what it ends.
        start_new_session=True,
    )


def _close_stdin(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()


def _healthy(address: str, process: subprocess.Popen[bytes]) -> bool:
    """Whether the server answers /health before it dies or its time is up."""
    give_up = time.monotonic() + HEALTH_SECONDS
    while process.poll() is None and time.monotonic() < give_up:
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=STOP_SECONDS)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return True
        except (OSError, http.client.HTTPException):
            pass  # not listening yet: the loop asks again
        finally:
            connection.close()
        time.sleep(0.05)
    return False


def _log(path: Path) -> logging.Handler:
    path.parent.mkdir(parents=True, exist_ok=True)
    return logging.handlers.RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)


def _keep_log(process: subprocess.Popen[bytes], log: logging.Handler) -> None:
    assert process.stderr is not None
    stamp = logging.Formatter("%(asctime)s %(process)d %(message)s")
    log.setFormatter(stamp)
    for line in process.stderr:
        text = line.decode("utf-8", "replace").rstrip()
        log.handle(logging.makeLogRecord({"msg": text, "process": process.pid, "levelno": logging.INFO}))
