"""What is asked: opening text, options, expected claims, the ladder of follow-ups, and coding problems.

Not here: the tests of a problem (`coding`), and which question is asked when (`interviewing.planner`).
"""

from typing import Any, Literal

from pydantic import Field, model_validator

from interviewer.domain.base import Identifier, Text, Value
from interviewer.domain.rubric import LEVELS, Clarification, Criterion, Level, Rubric, StorySignal


class Claim(Value):
    """One thing a right answer says, and what a candidate says who has it wrong.

    `shows` names the rubric signal that the claim is evidence for (a design topic, say).
    `ask` is a question that invites the claim without giving it away.
    `says` are short phrases that state the claim and `denies` phrases that state its opposite; where the claim is true
    of one side only ("L1 gives zeros"), `whose` names that side, and the same phrase said of a rival side contradicts
    it. In a phrase `raise|increase threshold` means either word, then the other within a few words, in any form.
    """

    id: Identifier
    weight: float = Field(1, ge=0.5, le=3)
    text: Text
    paraphrases: tuple[Text, ...] = Field(min_length=2)
    wrong: tuple[Text, ...] = ()
    shows: Identifier | None = None
    whose: Identifier | None = None
    says: tuple[Text, ...] = ()
    denies: tuple[Text, ...] = ()
    ask: Text


class LadderStep(Value):
    """One rung of the follow-ups: from definition to judgement under changed constraints."""

    id: Identifier
    ask: Text
    claims: tuple[Identifier, ...] = ()


class Option(Value):
    """One answer to choose: `right` where one is and the others are not, or a `worth` from 0 to 1 for an action.

    `why` is what the scorecard says about it; in the interview nobody hears it.
    """

    text: Text
    right: bool = False
    worth: float | None = Field(None, ge=0, le=1)
    why: str = ""

    @property
    def credit(self) -> float:
        return float(self.right) if self.worth is None else self.worth


class Question(Value):
    """An opening question. `rubric` is a principle's id or a round rubric's.

    `sides` are groups of things that are easily taken for one another ({l1: [L1, lasso], l2: [L2, ridge]}).
    With `options` it is an item: they are lettered A, B, C in the order of the file, and one is to be chosen.
    """

    id: Identifier
    text: Text
    rubric: Identifier
    topic: str = ""
    levels: tuple[Level, ...] = LEVELS
    options: tuple[Option, ...] = ()
    sides: tuple[dict[Identifier, tuple[Text, ...]], ...] = ()
    claims: tuple[Claim, ...] = ()
    ladder: tuple[LadderStep, ...] = ()
    reference: str = ""
    sources: tuple[Text, ...] = ()
    clarifications: tuple[Clarification, ...] = ()

    @model_validator(mode="after")
    def _ladder_names_claims(self) -> "Question":
        known = {c.id for c in self.claims}
        if len(known) < len(self.claims):
            raise ValueError("two claims share an id")
        for step in self.ladder:
            if unknown := [c for c in step.claims if c not in known]:
                raise ValueError(f"ladder step {step.id!r} names claims that do not exist: {unknown}")
        return self

    @model_validator(mode="after")
    def _one_option_is_best(self) -> "Question":
        if not self.options:
            return self
        if not 3 <= len(self.options) <= 5:
            raise ValueError(f"{len(self.options)} options; an item has 3 to 5")
        graded = [o.worth is not None for o in self.options]
        if any(graded) and not (all(graded) and not any(o.right for o in self.options)):
            raise ValueError("give every option a `worth`, or mark one as `right`, but do not mix the two")
        if (best := sum(o.credit == 1 for o in self.options)) != 1:
            raise ValueError(f"{best} options are right (or worth 1); one has to be")
        return self

    @model_validator(mode="after")
    def _sides_exist(self) -> "Question":
        known = {side for group in self.sides for side in group}
        for claim in self.claims:
            if claim.whose is not None and claim.whose not in known:
                raise ValueError(f"claim {claim.id!r} is said to be true of {claim.whose!r}, which is no side here")
        return self

    @property
    def choice_signal(self) -> str | None:
        """What choosing well shows; None for a question without options."""
        if not self.options:
            return None
        return "right_choice" if self.options[0].worth is None else "sound_choice"

    @property
    def best_option(self) -> int:
        """The place of the option that is right, or worth most."""
        return max(range(len(self.options)), key=lambda place: self.options[place].credit)


def letter(option: int) -> str:
    """The letter by which the option at this place is called."""
    return "ABCDE"[option]


class Topic(Value):
    """What technical questions are about. `rubric` is that of the round that asks about it."""

    id: Identifier
    rubric: Identifier
    name: Text


class Example(Value):
    args: tuple[Any, ...]
    returns: Any
    why: str = ""


class Hints(Value):
    """Three strengths, given only when asked for or after a long stall."""

    small: Text
    medium: Text
    large: Text


class ProblemTest(Value):
    """A hidden test. A large input is made by `make`, a Python expression for the list of arguments (`random` is seeded
    with the test's name); where `returns` is left out the fast solution says what is expected.

    `slow` marks the test that tells the fast solution from the simple one, within `seconds`.
    """

    name: Identifier
    args: tuple[Any, ...] | None = None
    make: str = ""
    returns: Any = None
    seconds: float = Field(2, gt=0, le=20)
    slow: bool = False

    @model_validator(mode="after")
    def _has_arguments(self) -> "ProblemTest":
        if (self.args is None) == (not self.make):
            raise ValueError(f"test {self.name!r} needs either `args` or `make`")
        if self.args is not None and "returns" not in self.model_fields_set:
            raise ValueError(f"test {self.name!r} has `args` and no `returns`: say what is expected")
        return self


class WrongSolution(Value):
    """A mistake that candidates make: `wrong/<file>.py`, and the tests that are there to catch it."""

    file: Identifier
    mistake: Text
    caught_by: tuple[Identifier, ...] = Field(min_length=1)


Comparator = Literal["exact", "unordered", "unordered_deep", "close", "check"]
Shape = Literal["plain", "tree", "linked_list", "array"]


class Problem(Question):
    """A coding task. `text` is how the interviewer puts it in speech; `statement` is what stands on the page.

    `takes` and `gives` say where plain data stands for a tree (level by level, null for no child), a linked list or a
    numpy array; `given` is code that the candidate may rely on. `check` compares by the problem's own check.py.
    `growth` is a Python expression for the list of arguments at size `n`, to see how the time grows with it; `random`
    is seeded with the size. Each size that `complexity` names grows in proportion to `n`, so that m · n is measured as
    a square, unless a comment says otherwise. `each_step` says that `complexity` is that of one of about n steps.
    With `keeps_input` a call that leaves its arguments changed is wrong, whatever it returns.
    """

    title: Text
    pattern: Text
    statement: Text
    signature: Text
    examples: tuple[Example, ...] = Field(min_length=1)
    complexity: Text
    hints: Hints
    given: str = ""
    takes: tuple[Shape, ...] = ()
    gives: Shape = "plain"
    comparator: Comparator = "exact"
    tests: tuple[ProblemTest, ...] = ()
    growth: str = ""
    each_step: bool = False
    keeps_input: bool = False
    wrong: tuple[WrongSolution, ...] = ()

    @property
    def function(self) -> str:
        """The name of the function that is asked for: the id in snake case."""
        return self.id.replace("-", "_")

    @model_validator(mode="after")
    def _tests_exist(self) -> "Problem":
        names = [t.name for t in self.tests]
        if len(set(names)) < len(names):
            raise ValueError("two tests share a name")
        for mistake in self.wrong:
            if unknown := [n for n in mistake.caught_by if n not in names]:
                raise ValueError(f"wrong solution {mistake.file!r} is caught by {unknown[0]!r}, which is no test")
        return self


class WorkedAnswer(Value):
    """An example for the reader: an answer, the score it earns and the words of it that show each signal."""

    question: Identifier
    score: float = Field(ge=1, le=5)
    answer: Text
    evidence: dict[StorySignal, tuple[Text, ...]]
    lacks: tuple[StorySignal, ...] = ()
    why: Text

    @model_validator(mode="after")
    def _evidence_is_said(self) -> "WorkedAnswer":
        for signal, quotes in self.evidence.items():
            if foreign := [q for q in quotes if q not in self.answer]:
                raise ValueError(f"the evidence of {signal!r} is not in the answer: {foreign[0]!r}")
        if both := set(self.evidence) & set(self.lacks):
            raise ValueError(f"{sorted(both)} stand both under evidence and under lacks")
        return self


class Principle(Rubric):
    """One of the sixteen Leadership Principles. `often` says how often it is probed for an MLE, 1 to 3."""

    often: int = Field(1, ge=1, le=3)
    questions: tuple[Question, ...] = Field(min_length=3)
    worked: tuple[WorkedAnswer, ...] = ()

    @model_validator(mode="after")
    def _probes_exist(self) -> "Principle":
        for question in self.questions:
            if question.rubric != self.id:
                raise ValueError(f"question {question.id!r} names rubric {question.rubric!r}, not {self.id!r}")
        own = {q.id for q in self.questions}
        if unknown := [w.question for w in self.worked if w.question not in own]:
            raise ValueError(f"a worked answer answers {unknown[0]!r}, which is no question of this principle")
        return self

    def criterion_for(self, signal: str) -> Criterion | None:
        """The heaviest criterion that rests on this signal."""
        resting = [c for c in self.criteria if signal in c.signals]
        return max(resting, key=lambda c: c.weight, default=None)
