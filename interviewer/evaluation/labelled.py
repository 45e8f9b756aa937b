"""Labelled answers from JSON Lines files; a fault names file, line and field. Unknown fields are ignored."""

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from interviewer.domain.rubric import STORY_SIGNALS, RoundKind
from interviewer.domain.transcript import Transcript, TranscriptRound, Turn
from interviewer.errors import BadInput


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class PlainAnswer(_Row):
    """An answer to attack; `score` is a person's, where there is one."""

    id: str
    question: str
    answer: str = Field(min_length=1)
    principle: str | None = None
    round: RoundKind = "behavioral"
    score: float | None = None


class LabelledAnswer(_Row):
    """A behavioural answer with a person's view of its signals (those of LABELS.md) and its score, 1 to 5."""

    id: str
    principle: str | None = None
    question: str
    answer: str
    signals: dict[str, bool]
    score: float = Field(ge=1, le=5)

    @field_validator("signals")
    @classmethod
    def _known(cls, signals: dict[str, bool]) -> dict[str, bool]:
        if unknown := sorted(set(signals) - set(STORY_SIGNALS)):
            raise ValueError(f"unknown signals {unknown}; the list is {', '.join(STORY_SIGNALS)}")
        return signals


class ProbeCase(_Row):
    """A partial answer and what is missing from it."""

    id: str
    round: RoundKind = "behavioral"
    principle: str | None = None
    question: str
    answer: str
    gaps: tuple[str, ...]


class Payload(_Row):
    id: str
    text: str = Field(min_length=1)


Row = TypeVar("Row", bound=BaseModel)


def read_rows(path: Path, kind: type[Row]) -> list[Row]:
    """Every line of the file as a `kind`. Raises BadInput in one sentence that names file, line and field."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as fault:
        raise BadInput(f"{path}: cannot be read ({fault.strerror}); give the path of a .jsonl file") from fault
    except UnicodeDecodeError as fault:
        raise BadInput(f"{path}: is not UTF-8 text; save it as UTF-8 JSON Lines") from fault
    rows = [_row(path, place, line, kind) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not rows:
        raise BadInput(f"{path}: holds no lines; write one JSON object a line")
    return rows


def _row(path: Path, place: int, line: str, kind: type[Row]) -> Row:
    try:
        return kind.model_validate(json.loads(line))
    except json.JSONDecodeError as fault:
        raise BadInput(f"{path}:{place}: is not valid JSON ({fault.msg}); write one JSON object a line") from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the line"
        message = first["msg"].removeprefix("Value error, ")
        raise BadInput(f"{path}:{place}: {field}: {message[0].lower()}{message[1:]}; correct that field") from fault


def one_answer(question: str, answer: str, principle: str | None, kind: RoundKind = "behavioral") -> Transcript:
    """A transcript that holds one question and its answer."""
    asked = Turn(speaker="interviewer", text=question, principle=principle, move="ask")
    turns = (asked, Turn(speaker="candidate", text=answer))
    held = TranscriptRound(kind=kind, turns=turns, principles=(principle,) if principle else None)
    return Transcript(version=1, level="L5", rounds=(held,))
