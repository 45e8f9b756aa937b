"""`evaluate probes`: whether the first follow-up after a partial answer goes for a true gap.

Not covered: how well the follow-up is worded.
"""

from collections.abc import Sequence
from typing import Protocol

from interviewer.domain.base import Value
from interviewer.domain.rubric import STORY_SIGNALS
from interviewer.domain.transcript import Transcript
from interviewer.evaluation.labelled import ProbeCase, one_answer
from interviewer.interviewing.outside import OutsideMove


class Probes(Protocol):
    def probe(self, transcript: Transcript) -> OutsideMove: ...


class ProbeOutcome(Value):
    """`verdict`: the follow-up went for a gap, for something that was given, or no follow-up was put."""

    id: str
    target: str | None
    text: str
    verdict: str


class ProbeReport(Value):
    """Shares of all cases; `other` counts a target that is no signal of a story and no named gap."""

    n: int
    targets_gap: float
    asks_for_given: float
    no_probe: float
    other: float
    outcomes: tuple[ProbeOutcome, ...]

    def text(self) -> str:
        wrong = [f"  {o.id}: {o.verdict} ({o.target}): {o.text}" for o in self.outcomes if o.verdict != "gap"]
        head = (
            f"{self.n} answers: the first follow-up targets a gap in {self.targets_gap:.1%}, asks for what was given "
            f"in {self.asks_for_given:.1%}, something else in {self.other:.1%}; none is put in {self.no_probe:.1%}"
        )
        return "\n".join([head, *wrong])


def evaluate_probes(cases: Sequence[ProbeCase], prober: Probes) -> ProbeReport:
    outcomes = tuple(_outcome(c, prober.probe(one_answer(c.question, c.answer, c.principle, c.round))) for c in cases)

    def share(verdict: str) -> float:
        return sum(o.verdict == verdict for o in outcomes) / len(outcomes)

    return ProbeReport(
        n=len(outcomes),
        targets_gap=share("gap"),
        asks_for_given=share("given"),
        no_probe=share("no probe"),
        other=share("other"),
        outcomes=outcomes,
    )


def _outcome(case: ProbeCase, move: OutsideMove) -> ProbeOutcome:
    if move.move != "probe":
        verdict = "no probe"
    elif move.target in case.gaps:
        verdict = "gap"
    else:
        verdict = "given" if move.target in STORY_SIGNALS or case.round != "behavioral" else "other"
    return ProbeOutcome(id=case.id, target=move.target, text=move.text, verdict=verdict)
