"""What was said, in the format that `grade`, `probe`, `simulate` and `sessions export` share.

Only version, level, rounds, kind, turns, speaker and text are required of a transcript made elsewhere.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from interviewer.domain.rubric import Level, RoundKind

Speaker = Literal["interviewer", "candidate"]


class Lenient(BaseModel):
    """Read from outside: an unknown field is dropped (the reader of the file warns about it)."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Turn(Lenient):
    """One thing said. `move`, `target`, `question_id` and `principle` belong to interviewer turns."""

    speaker: Speaker
    text: str
    seconds: float | None = None
    question_id: str | None = None
    principle: str | None = None
    target: str | None = None
    move: str | None = None
    wording: str | None = None
    rubric_text: str = ""
    artifacts: tuple[dict[str, Any], ...] = ()


class TranscriptRound(Lenient):
    kind: RoundKind
    turns: tuple[Turn, ...]
    principles: tuple[str, ...] | None = None
    minutes: float | None = Field(None, gt=0)
    persona: str | None = None
    bar_raiser: bool = False
    ended: str | None = None


class Transcript(Lenient):
    version: Literal[1]
    level: Level
    rounds: tuple[TranscriptRound, ...]
    made_with: dict[str, str] = {}
