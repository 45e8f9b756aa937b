"""What the interviewer does next."""

from dataclasses import dataclass, replace
from typing import Literal

from interviewer.domain.events import EndReason, MoveKind


@dataclass(frozen=True)
class Move:
    """What to do next and why. `text` is the rubric's own wording; a "silent" move has none.

    Only a probe may be worded anew by a model, unless it is `exact`. `hint` is the strength of the hint it gives.
    """

    kind: MoveKind | Literal["silent"]
    text: str
    reason: str
    question_id: str | None = None
    principle: str | None = None
    target: str | None = None
    ends: EndReason | None = None
    exact: bool = False
    hint: str = ""

    def on(self, question_id: str | None, principle: str | None) -> "Move":
        """The same move, about this question."""
        return replace(self, question_id=question_id, principle=principle)
