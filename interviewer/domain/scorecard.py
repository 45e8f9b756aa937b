"""What a loop came to: verdicts with quotes, votes, the Bar Raiser, the debrief, a study plan.

Every level rests on quotes; a criterion without them is "not assessed" with the reason, never a middle.
"""

from typing import Literal

from interviewer.domain.base import Value
from interviewer.domain.coding import CodeTest
from interviewer.domain.rubric import Level, RoundKind

VoteName = Literal["strong_hire", "hire", "no_hire", "strong_no_hire"]
Decision = Literal["inclined", "not_inclined"]


class Quote(Value):
    """The candidate's words: `turns[turn].text[start:end] == quote` within the round."""

    turn: int
    start: int
    end: int
    quote: str


class Verdict(Value):
    """`id` is rubric.criterion. `working` is the arithmetic of the level, `anchor` how it usually sounds."""

    id: str
    name: str
    level: int | None
    status: Literal["assessed", "not_assessed"]
    reason: str
    weight: float = 1.0
    working: str = ""
    anchor: str = ""
    evidence: tuple[Quote, ...] = ()


class AnswerScore(Value):
    """One candidate turn. An opening answer's `score` counts what its follow-ups added; `alone` does not."""

    turn: int
    score: float | None
    alone: float | None = None
    signals: dict[str, bool] = {}
    covered_claims: tuple[str, ...] = ()
    contradicted_claims: tuple[str, ...] = ()


class Item(Value):
    """A multiple-choice item with what was chosen and what is right; `chosen` is empty where nothing was.

    `turn` is where it was chosen, `worth` what the choice is worth (0 to 1), `why` explains the options named here.
    """

    question_id: str
    text: str
    chosen: str = ""
    right: str
    worth: float
    turn: int | None = None
    why: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """What came of it, in words."""
        if not self.chosen:
            return f"no option chosen; {self.right} is best"
        if self.worth == 1:
            return f"{self.chosen}, the best option"
        worth = f", worth {self.worth:.1f}" if self.worth else ""
        return f"{self.chosen}{worth}; {self.right} is best"


class CodeCard(Value):
    """The code that was handed in last for a problem, run again for the scorecard.

    `why_not` says why it was not run; `versions` counts the different states that were run or handed in; `growth`
    sets what was measured beside what was claimed; `time` says when it came, which counts for nothing; `note` is what
    is to be known of how it was run.
    """

    question_id: str
    title: str
    turn: int
    code: str
    why_not: str = ""
    hints: tuple[str, ...] = ()
    versions: int = 1
    remarks: tuple[str, ...] = ()
    growth: str = ""
    note: str = ""
    time: str = ""
    tests: tuple[CodeTest, ...] = ()

    @property
    def outcome(self) -> str:
        """What came of it, in words."""
        if not self.tests:
            return self.why_not
        passed = sum(t.verdict == "passed" for t in self.tests)
        return f"{passed} of {len(self.tests)} tests passed"


class RoundCard(Value):
    kind: RoundKind
    vote: VoteName | None
    score: float | None
    persona: str | None = None
    working: str = ""
    note: tuple[str, ...] = ()
    answers: tuple[AnswerScore, ...] = ()
    criteria: tuple[Verdict, ...] = ()
    items: tuple[Item, ...] = ()
    code: tuple[CodeCard, ...] = ()


class BarRaiser(Value):
    round: int
    vote: VoteName | None
    veto: bool
    reason: str


class Contradiction(Value):
    turns: tuple[str, str]
    quotes: tuple[str, str]
    what: str


class Stories(Value):
    reused: tuple[tuple[str, str], ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


class StudyItem(Value):
    do: str
    why: str
    source: str | None = None


class Scorecard(Value):
    version: Literal[1] = 1
    level: Level
    decision: Decision | None
    decision_reason: str
    trust: str
    bar_raiser: BarRaiser | None = None
    rounds: tuple[RoundCard, ...] = ()
    stories: Stories = Stories()
    debrief: tuple[str, ...] = ()
    study_plan: tuple[StudyItem, ...] = ()
    made_with: dict[str, str]
