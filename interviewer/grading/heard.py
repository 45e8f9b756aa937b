"""A thread with what its answers show: what the verdicts on a round are made of."""

from dataclasses import dataclass

from interviewer.domain.evidence import Choice, Reading, Span
from interviewer.domain.question import Question
from interviewer.domain.rubric import CHOICE_SIGNALS, Rubric
from interviewer.domain.thread import Thread
from interviewer.evidence.compared import Beside
from interviewer.evidence.readings import of_stories
from interviewer.grading import scale
from interviewer.grading.code import CodeWork
from interviewer.grading.code_verdicts import solved_share


@dataclass(frozen=True)
class Heard:
    """A thread with what it is about and what each of its answers shows, by the place of the turn.

    `foreign` is true when it was answered in another language only. `told_before` is the place ("round.turn") where the
    same story was told first. `compared` has the answers beside shipped passages, for a question that is not in the
    bank; `code` the work on a coding problem.
    """

    thread: Thread
    rubric: Rubric
    question: Question | None
    readings: dict[int, Reading]
    skipped: bool = False
    foreign: bool = False
    told_before: str | None = None
    compared: Beside | None = None
    code: CodeWork | None = None

    @property
    def ordered(self) -> list[tuple[int, Reading]]:
        return [(place, self.readings[place]) for place in self.thread.answers if place in self.readings]

    def shown(self, upto: int | None = None) -> set[str]:
        shown = {s for place, r in self._upto(upto) for s in r.shown - {"concise"}} | self._concise(upto)
        last = self.choice(upto)
        if last is None:
            return shown
        return (shown - set(CHOICE_SIGNALS)) | (self.readings[last[0]].shown & set(CHOICE_SIGNALS))

    def choice(self, upto: int | None = None) -> tuple[int, Choice] | None:
        """The option that stands at the end, with the turn that chose it: a candidate may change their mind."""
        made = [(place, r.choice) for place, r in self._upto(upto) if r.choice is not None]
        return made[-1] if made else None

    def faint(self, upto: int | None = None) -> set[str]:
        """What is shown, but by none of the answers clearly."""
        clear = {f.id for _, r in self._upto(upto) for f in r.signals if f.clear}
        return self.shown(upto) - clear - {"concise"}

    def covered(self, upto: int | None = None) -> set[str]:
        return {c for _, r in self._upto(upto) for c in r.covered_claims}

    def contradicted(self, upto: int | None = None) -> set[str]:
        return {c for _, r in self._upto(upto) for c in r.contradicted_claims} - self.covered(upto)

    def score(self, upto: int | None = None) -> scale.Sum | None:
        """The score of the thread up to and including the turn at `upto`; None when nothing was answered."""
        if not self._upto(upto):
            return None
        if of_stories(self.rubric):
            return scale.story_score(self.shown(upto), self.faint(upto))
        if self.question is not None and self.question.options:
            last = self.choice(upto)
            chosen = last[1].option if last else None
            return scale.item_score(self.question, chosen, self.covered(upto), self.contradicted(upto))
        return scale.technical_score(
            self.rubric,
            self.question,
            self.shown(upto),
            self.covered(upto),
            self.contradicted(upto),
            self.beside(upto),
            solved_share(self.code) if self.code and self._handed_in(upto) else None,
        )

    def _handed_in(self, upto: int | None) -> bool:
        """Whether the code that counts stood there already."""
        last = self.code.last if self.code else None
        return last is not None and (upto is None or last.turn <= upto)

    def withdrew(self, signal: str, turn: int, span: Span) -> bool:
        """Whether it is a claim about the running time that the candidate took back."""
        held = self.code.withdrawn if self.code and signal == "complexity" else None
        return held is not None and held.has(turn, span.start, span.quote)

    def beside(self, upto: int | None = None) -> scale.Sum | None:
        """What comparison with a passage counts; None where nothing was, or could be, compared."""
        best = self.compared.best(upto) if self.compared else None
        return scale.witnessed(*best) if best else None

    def _upto(self, upto: int | None) -> list[tuple[int, Reading]]:
        return [(place, r) for place, r in self.ordered if upto is None or place <= upto]

    def _concise(self, upto: int | None) -> set[str]:
        """Told briefly when at least half of the answers are."""
        readings = [r for _, r in self._upto(upto)]
        brief = sum("concise" in r.shown for r in readings)
        return {"concise"} if readings and brief * 2 >= len(readings) else set()
