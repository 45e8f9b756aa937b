"""What a loop asks for and the rest of its folder does not have, named before anybody sits down to an interview.

Not covered: questions that are there but not for the chosen level; the planner says so when a loop is planned.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from interviewer.content.yaml_file import YamlFile
from interviewer.domain.loop import LoopTemplate, Persona, RoundTemplate
from interviewer.domain.question import Problem, Question
from interviewer.domain.rubric import RoundKind, RoundRubric

_PROJECTS = "own_project"
# Their questions belong to another round's rubric, which the planner chooses.
_BORROWING: frozenset[RoundKind] = frozenset({"phone_screen", "online_assessment"})


@dataclass(frozen=True)
class Stock:
    """What a folder has for its loops to draw from."""

    principles: Set[str]
    rounds: Mapping[str, RoundRubric]
    personas: Mapping[str, Persona]
    questions: Mapping[str, Question]
    problems: Mapping[str, Problem]

    def asked_by(self, rubric: str) -> int:
        return sum(q.rubric == rubric for q in self.questions.values())


def refuse_gaps(file: YamlFile, loops: Sequence[LoopTemplate], stock: Stock) -> None:
    """Raise ContentError for the first thing that a loop of `file` asks for in vain."""
    if not loops:
        raise file.fault(("loops",), "is empty; add a loop with at least one round")
    for place, loop in enumerate(loops):
        for number, held in enumerate(loop.rounds):
            for field, what in _of_round(held, stock):
                raise file.fault(("loops", place, "rounds", number, field), what)
        for field, have, where in (
            ("principles", len(stock.principles), "files in rubrics/principles/"),
            ("problems", len(stock.problems), "folders in corpus/problems/"),
            ("projects", stock.asked_by(_PROJECTS), f"questions with the rubric {_PROJECTS!r} in corpus/questions/"),
        ):
            wanted = [getattr(held, field) for held in loop.rounds]
            if sum(wanted) > have:
                last = max(n for n, count in enumerate(wanted) if count)
                what = f"the loop {loop.id!r} asks for {sum(wanted)} in all and there are {have} {where}"
                raise file.fault(("loops", place, "rounds", last, field), f"{what}; add more or ask for fewer")


def _of_round(held: RoundTemplate, stock: Stock) -> Iterator[tuple[str, str]]:
    """The field that cannot be met, and what to do about it."""
    if not any(held.kind in p.rounds for p in stock.personas.values()):
        yield "kind", f"no persona takes {held.kind} rounds; add the kind to `rounds` of one in rubrics/personas.yaml"
    if not held.questions or held.kind in _BORROWING:
        return
    own = next((r for r in stock.rounds.values() if held.kind in r.kinds and r.covers == "questions"), None)
    if own is None:
        yield (
            "questions",
            f"no file in rubrics/rounds/ has {held.kind} under `kinds`; add one, or ask no questions here",
        )
    elif stock.asked_by(own.id) < held.questions:
        have = f"corpus/questions/ has {stock.asked_by(own.id)} with the rubric {own.id!r}"
        yield "questions", f"{held.questions} are asked and {have}; add more or ask for fewer"
