"""What the conductor looks at: a round so far, read, cut into threads, and on the clock."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from interviewer.content.bank import Bank
from interviewer.domain.evidence import Reading
from interviewer.domain.loop import Persona, PlannedQuestion, RoundPlan
from interviewer.domain.question import Principle, Question
from interviewer.domain.rubric import Level, RoundRubric, Rubric
from interviewer.domain.scorecard import Contradiction
from interviewer.domain.thread import Thread, threads
from interviewer.domain.transcript import Turn
from interviewer.evidence.intents import Intent, intent
from interviewer.evidence.readings import Subject, is_answer

WORDS_A_MINUTE = 140


def normalised(text: str) -> str:
    """Words only, so that a line repeated with other punctuation counts as said."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


@dataclass(frozen=True)
class RoundSoFar:
    """`readings` maps the place of a candidate's turn to what it shows; `said` is normalised, over the whole loop.

    `about` says what a thread is about where the plan does not know: in a transcript made elsewhere.
    `clash` is where the current thread contradicts itself or, for a Bar Raiser, an earlier telling of its story.
    `at_editor`: code can be run here; `typing`: what stands in the editor has not been run or submitted yet.
    `may_add`: the plan is known, so that a question beyond it may be asked.
    """

    bank: Bank
    level: Level
    plan: RoundPlan
    turns: Sequence[Turn]
    readings: Mapping[int, Reading]
    said: frozenset[str]
    about: Callable[[Thread], Subject | None] | None = None
    clash: Contradiction | None = None
    at_editor: bool = False
    typing: bool = False
    may_add: bool = True

    @cached_property
    def persona(self) -> Persona:
        return self.bank.personas[self.plan.persona]

    @cached_property
    def threads(self) -> tuple[Thread, ...]:
        return threads(self.turns, is_answer)

    @property
    def thread(self) -> Thread | None:
        return self.threads[-1] if self.threads else None

    @property
    def item(self) -> int:
        """The place in the plan of the question that is being talked about."""
        return len(self.threads) - 1

    @cached_property
    def _subject(self) -> Subject | None:
        thread = self.thread
        if thread is None or self.about is not None:
            return self.about(thread) if thread and self.about else None
        question = self.bank.question(thread.question_id) if thread.question_id else None
        return (self.bank.rubric(question.rubric), question) if question else None

    @property
    def question(self) -> Question | None:
        return self._subject[1] if self._subject else None

    @property
    def rubric(self) -> Rubric | None:
        return self._subject[0] if self._subject else None

    @property
    def general_rubric(self) -> RoundRubric | None:
        """Where probes come from when the question's own rubric has none left to say."""
        return self.bank.rounds.get("behavioral") if isinstance(self.rubric, Principle) else None

    @cached_property
    def covering(self) -> tuple[RoundRubric, ...]:
        """The rubrics that judge this round as a whole, beside those of its questions."""
        return self.bank.covering(self.plan.kind, self.plan.bar_raiser)

    @property
    def last_intent(self) -> Intent:
        return intent(self.turns[-1].text)

    @property
    def seconds(self) -> float:
        return sum(t.seconds or 0.0 for t in self.turns)

    @property
    def left(self) -> tuple[PlannedQuestion, ...]:
        """The planned questions that have not been asked."""
        return self.plan.questions[self.item + 1 :]

    def thread_readings(self, thread: Thread) -> list[Reading]:
        return [self.readings[place] for place in thread.answers if place in self.readings]

    @cached_property
    def _spoken(self) -> str:
        return " | ".join(self.said)

    def is_new(self, text: str) -> bool:
        """Whether nobody has said this in this loop, by itself or within a longer line."""
        return normalised(text) not in self._spoken


@dataclass(frozen=True)
class Clock:
    """How a round's seconds are shared out: its own subject first, the principle questions, the closing."""

    total: float
    closing_at: float
    principles_at: float

    @classmethod
    def of(cls, plan: RoundPlan) -> "Clock":
        """About nine of 55 minutes for each principle question, and the last twelfth for the candidate's questions."""
        total = plan.minutes * 60
        closing = total - min(300.0, total / 12)
        if len(plan.principles) == len(plan.questions):
            return cls(total, closing, 0.0)
        return cls(total, closing, closing - len(plan.principles) * min(540.0, total / 6))
