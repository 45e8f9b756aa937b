"""Who asks what, and for how long: personas, the templates of a loop, and a planned loop.

A `LoopTemplate` is data that the user can edit; the planner turns it, with a seed, into a `LoopPlan`
that names every question beforehand, so that a loop is reproducible and nothing is asked twice.
"""

from pydantic import Field

from interviewer.domain.base import Identifier, Text, Value
from interviewer.domain.rubric import Clarification, Level, RoundKind, Tone


class Persona(Value):
    """An interviewer. `prefers` orders the signals that this one goes after first when several are missing."""

    id: Identifier
    name: Text
    title: Text
    team: Text
    manner: Text
    tone: Tone
    cares_about: Text
    prefers: tuple[Identifier, ...] = ()
    rounds: tuple[RoundKind, ...] = Field(min_length=1)
    greetings: tuple[Text, ...] = Field(min_length=2)
    moves_on: tuple[Text, ...] = Field(min_length=5)
    switches: tuple[Text, ...] = Field(min_length=2)
    waits: tuple[Text, ...] = Field(min_length=3)
    repeats: tuple[Text, ...] = Field(min_length=3)
    invites_questions: tuple[Text, ...] = Field(min_length=2)
    unsure: tuple[Text, ...] = Field(min_length=3)
    closes: tuple[Text, ...] = Field(min_length=2)
    answers: tuple[Clarification, ...] = Field(min_length=4)


OPEN_ENDED = 180.0  # minutes; a round that may take longer, as a drill does, is one without a clock


class RoundTemplate(Value):
    """One round before it is planned: how many of each kind of question, and how far each is probed."""

    kind: RoundKind
    minutes: float = Field(gt=0, le=240)
    problems: int = Field(0, ge=0, le=4)
    questions: int = Field(0, ge=0, le=8)
    projects: int = Field(0, ge=0, le=2)
    principles: int = Field(0, ge=0, le=4)
    probes: int = Field(6, ge=0, le=12)


class LoopTemplate(Value):
    id: Identifier
    name: Text
    summary: Text
    rounds: tuple[RoundTemplate, ...] = Field(min_length=1)
    bar_raiser: bool = False


class PlannedQuestion(Value):
    """`principle` is set for a principle question; otherwise the question belongs to the round's own subject."""

    question_id: Identifier
    principle: Identifier | None = None
    probes: int = Field(6, ge=0)


class RoundPlan(Value):
    kind: RoundKind
    minutes: float
    persona: Identifier
    questions: tuple[PlannedQuestion, ...] = Field(min_length=1)
    bar_raiser: bool = False

    @property
    def timed(self) -> bool:
        """Whether it ends at a time that is worth telling anybody."""
        return self.minutes < OPEN_ENDED

    @property
    def length(self) -> str:
        """How long it takes, in words: "55 minutes"."""
        return f"{self.minutes:g} minutes" if self.timed else "no fixed time"

    @property
    def principles(self) -> tuple[str, ...]:
        return tuple(q.principle for q in self.questions if q.principle)


class LoopPlan(Value):
    preset: Identifier
    level: Level
    seed: int
    rounds: tuple[RoundPlan, ...] = Field(min_length=1)
