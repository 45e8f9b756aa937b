"""Transcripts from files: what is wrong is said with file and field, unknown fields are dropped with a warning."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from interviewer.domain.transcript import Transcript, TranscriptRound, Turn
from interviewer.errors import BadInput

_KNOWN: tuple[tuple[type[BaseModel], tuple[str, ...]], ...] = (
    (Transcript, ()),
    (TranscriptRound, ("rounds",)),
    (Turn, ("rounds", "turns")),
)


def read_transcript(path: Path) -> tuple[Transcript, list[str]]:
    """The transcript and one warning for each kind of unknown field. Raises BadInput in one sentence."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise BadInput(f"{path}: cannot be read ({fault.strerror}); give the path of a transcript.json") from fault
    except UnicodeDecodeError as fault:
        raise BadInput(f"{path}: is not UTF-8 text; save the transcript as UTF-8 JSON") from fault
    except json.JSONDecodeError as fault:
        raise BadInput(f"{path}:{fault.lineno}: is not valid JSON ({fault.msg}); correct that line") from fault
    try:
        transcript = Transcript.model_validate(_without_nulls(data))
    except ValidationError as fault:
        first = fault.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the document"
        raise BadInput(f"{path}: {field}: {_advice(first)}") from fault
    unknown = sorted({f"{path}: unknown field {name!r} is ignored" for name in _unknown(data)})
    return transcript, unknown


def _without_nulls(value: Any) -> Any:
    """Null means absent in what we read."""
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_nulls(v) for v in value]
    return value


def _advice(error: Any) -> str:
    if error["type"] == "missing":
        return "is missing; a transcript needs version, level, rounds, and in each turn speaker and text"
    message = error["msg"]
    return f"{message[0].lower()}{message[1:]} (found {error['input']!r:.60})"


def _unknown(data: dict[str, Any]) -> Iterator[str]:
    for model, path in _KNOWN:
        nodes = [data]
        for key in path:
            nodes = [child for node in nodes for child in node.get(key) or [] if isinstance(child, dict)]
        for node in nodes:
            yield from (".".join((*path, key)) for key in node if key not in model.model_fields)
