"""`evaluate signals`: which signals of a story are seen, and how the scores rank, beside a person's labels.

An answer is graded by the same path as a transcript. F1 is given for the presence of a signal and for its absence: what
a candidate is told is what they lack. Not covered: whether the quoted span is the one a person would have quoted.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from interviewer.domain.base import Value
from interviewer.domain.rubric import STORY_SIGNALS
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.transcript import Transcript
from interviewer.evaluation.labelled import LabelledAnswer, one_answer
from interviewer.evaluation.statistics import Estimate, estimate, spearman
from interviewer.evidence.clauses import count_words


class Grades(Protocol):
    def grade(self, transcript: Transcript) -> Scorecard: ...


class SignalReport(Value):
    """`f1` and `absent_f1` by signal, None where no answer of the file has (or lacks) it."""

    n: int
    f1: dict[str, float | None]
    macro_f1: float | None
    absent_f1: dict[str, float | None]
    absent_macro_f1: float | None
    rank_correlation: Estimate
    length_floor: Estimate
    weak_scored_above_3: tuple[str, ...]
    scores: dict[str, float | None]

    def text(self) -> str:
        rows = [f"{self.n} answers", f"{'signal':20} {'F1':>6} {'F1 of its absence':>18}"]
        rows += [f"{s:20} {_shown(self.f1[s]):>6} {_shown(self.absent_f1[s]):>18}" for s in self.f1]
        rows.append(f"{'macro':20} {_shown(self.macro_f1):>6} {_shown(self.absent_macro_f1):>18}")
        rows.append(f"rank correlation with the labels {self.rank_correlation}; of length alone {self.length_floor}")
        rows.append(f"answers labelled 1 or 2 that score above 3.0: {', '.join(self.weak_scored_above_3) or 'none'}")
        return "\n".join(rows)


def evaluate_signals(rows: Sequence[LabelledAnswer], grader: Grades) -> SignalReport:
    read = [grader.grade(one_answer(r.question, r.answer, r.principle)).rounds[0].answers[0] for r in rows]
    names: tuple[str, ...] = STORY_SIGNALS
    told = [{s: bool(a.signals.get(s)) for s in names} for a in read]
    f1 = {s: _f1(rows, told, s, True) for s in names}
    absent = {s: _f1(rows, told, s, False) for s in names}
    scores = np.asarray([a.score if a.score is not None else 1.0 for a in read], dtype=np.float64)
    truth = np.asarray([r.score for r in rows], dtype=np.float64)
    lengths = np.asarray([count_words(r.answer) for r in rows], dtype=np.float64)
    groups = [r.id for r in rows] if len(rows) < 3 else ["all"] * len(rows)
    return SignalReport(
        n=len(rows),
        f1=f1,
        macro_f1=_mean(f1),
        absent_f1=absent,
        absent_macro_f1=_mean(absent),
        rank_correlation=estimate(spearman, scores, truth, groups),
        length_floor=estimate(spearman, lengths, truth, groups),
        weak_scored_above_3=tuple(r.id for r, s in zip(rows, scores, strict=True) if r.score <= 2 and s > 3.0),
        scores={r.id: a.score for r, a in zip(rows, read, strict=True)},
    )


def _f1(rows: Sequence[LabelledAnswer], told: Sequence[dict[str, bool]], signal: str, present: bool) -> float | None:
    pairs = [(t[signal], r.signals[signal]) for r, t in zip(rows, told, strict=True) if signal in r.signals]
    hits = sum(t is present and r is present for t, r in pairs)
    claimed = sum(t is present for t, _ in pairs)
    true = sum(r is present for _, r in pairs)
    return 2 * hits / (claimed + true) if true else None


def _mean(values: dict[str, float | None]) -> float | None:
    known = [v for v in values.values() if v is not None]
    return sum(known) / len(known) if known else None


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
