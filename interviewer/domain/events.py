"""What happened in an interview, one frozen value each; storage gives them their order and time.

Seconds are part of the event, so that the clock of a round is the sum over its events and a resumed
interview has the time it had when it was left.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from interviewer.domain.base import Value
from interviewer.domain.coding import Examined
from interviewer.domain.loop import LoopPlan

MoveKind = Literal[
    "ask",
    "probe",
    "repeat",
    "wait",
    "clarify",
    "hint",
    "go_ahead",
    "invite_questions",
    "answer_candidate",
    "wrap_up",
]
EndReason = Literal["finished", "time", "ended_by_candidate", "abandoned"]
Wording = Literal["rubric", "model"]


class InterviewStarted(Value):
    type: Literal["interview_started"] = "interview_started"
    plan: LoopPlan
    made_with: dict[str, str]
    title: str = ""
    focus: str = ""


class RoundStarted(Value):
    type: Literal["round_started"] = "round_started"
    round: int


class InterviewerSaid(Value):
    """`reason` is the conductor's, for whoever audits the interview; the candidate never sees it.

    `rubric_text` is the rubric's own wording of the move, which stays the same when a model words it anew. An `unasked`
    line is said while the candidate works, and does not cross what they are about to send.
    """

    type: Literal["interviewer_said"] = "interviewer_said"
    text: str
    move: MoveKind
    reason: str = ""
    question_id: str | None = None
    principle: str | None = None
    target: str | None = None
    wording: Wording = "rubric"
    rubric_text: str = ""
    seconds: float = 0.0
    artifacts: tuple[dict[str, Any], ...] = ()
    unasked: bool = False


class CandidateSaid(Value):
    type: Literal["candidate_said"] = "candidate_said"
    text: str
    seconds: float = 0.0
    artifacts: tuple[dict[str, Any], ...] = ()


class CodeSaved(Value):
    """What stands in the editor, stored while the candidate types; a turn of its own comes only with Run or Submit."""

    type: Literal["code_saved"] = "code_saved"
    problem: str
    code: str


class CodeRan(Value):
    """What came of the code in the turn before; `fault` says why it was not run."""

    type: Literal["code_ran"] = "code_ran"
    examined: Examined | None = None
    fault: str = ""


class KeptSilent(Value):
    """The interviewer let the candidate work on."""

    type: Literal["kept_silent"] = "kept_silent"
    reason: str = ""


class TextSetAside(Value):
    """Something the candidate sent that could not be placed (another tab had answered already): kept, not graded."""

    type: Literal["text_set_aside"] = "text_set_aside"
    text: str
    why: str


class RoundEnded(Value):
    type: Literal["round_ended"] = "round_ended"
    reason: EndReason


class InterviewEnded(Value):
    type: Literal["interview_ended"] = "interview_ended"
    reason: EndReason


Event = Annotated[
    InterviewStarted
    | RoundStarted
    | InterviewerSaid
    | CandidateSaid
    | CodeSaved
    | CodeRan
    | KeptSilent
    | TextSetAside
    | RoundEnded
    | InterviewEnded,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)
