"""`interviewer evaluate grader`: how far scores against a reference agree with those that people gave.

A blank is 0 for anybody and would flatter every figure: blanks are counted and left out. Pooled figures mix how hard
a question is with how good an answer is; those within questions do not. Not covered: answers without a reference.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from interviewer.domain.base import Value
from interviewer.errors import BadInput
from interviewer.evaluation import floors
from interviewer.evaluation.graded_answers import GradedAnswer, read_graded_answers
from interviewer.evaluation.statistics import (
    Estimate,
    Numbers,
    accuracy,
    estimate,
    macro_f1,
    mean_absolute_error,
    pearson,
    quadratic_kappa,
    spearman,
    within,
)
from interviewer.evidence.reference import Judgement, ReferenceScorer
from interviewer.evidence.words import TokenEmbedder


class Pooled(Value):
    pearson: Estimate
    spearman: Estimate
    qwk: Estimate
    mae: Estimate


class WithinQuestion(Value):
    """After each question's mean is taken off both rows."""

    pearson: Estimate
    spearman: Estimate


class Agreement(Value):
    pooled: Pooled
    within_question: WithinQuestion


class Split(Value):
    """`accuracy` and `macro_f1` are of the three labels; null where the file has none."""

    split: str
    n: int
    pearson: float | None
    labelled: int
    accuracy: float | None
    macro_f1: float | None


class GraderReport(Value):
    file: str
    n: int
    blanks_left_out: int
    questions: int
    scorer: Agreement
    floors: dict[Literal["length", "tf_idf"], Agreement]
    splits: tuple[Split, ...]

    def text(self) -> str:
        """For a terminal."""
        head = f"{self.file}: {self.n} answers to {self.questions} questions, {self.blanks_left_out} blanks left out"
        named = {"scorer": self.scorer, "length": self.floors["length"], "TF-IDF": self.floors["tf_idf"]}
        parts = [head, *(_lines(name, agreement) for name, agreement in named.items())]
        return "\n\n".join([*parts, *(["\n".join(_split_line(s) for s in self.splits)] if self.splits else [])])


def evaluate_grader(path: Path, embedder: TokenEmbedder, out: Path | None = None) -> GraderReport:
    """Reads, scores one answer at a time, compares. `out` gets a row for each answer, blanks with them."""
    answers = read_graded_answers(path)
    scorer = ReferenceScorer(embedder)
    judged = [scorer.judge(a.question, a.references, a.student_answer) for a in answers]
    if out is not None:
        _write(out, answers, judged)
    kept = [(a, j) for a, j in zip(answers, judged, strict=True) if not a.blank]
    if not kept:
        raise BadInput(f"{path}: every answer is blank; there is nothing to compare")
    return _report(path, [a for a, _ in kept], [j for _, j in kept], len(answers) - len(kept))


def agreement(told: Numbers, true: Numbers, groups: Sequence[str]) -> Agreement:
    near, far = within(told, groups), within(true, groups)
    return Agreement(
        pooled=Pooled(
            pearson=estimate(pearson, told, true, groups),
            spearman=estimate(spearman, told, true, groups),
            qwk=estimate(quadratic_kappa, to_grades(told, true), true, groups),
            mae=estimate(mean_absolute_error, told, true, groups),
        ),
        within_question=WithinQuestion(
            pearson=estimate(pearson, near, far, groups), spearman=estimate(spearman, near, far, groups)
        ),
    )


def to_grades(told: Numbers, true: Numbers) -> Numbers:
    """Each score moved to the nearest grade that people gave, because kappa compares grades."""
    grades = np.unique(true)
    return np.asarray(grades[np.abs(told[:, None] - grades[None, :]).argmin(axis=1)], dtype=np.float64)


def _report(path: Path, answers: list[GradedAnswer], judged: list[Judgement], blanks: int) -> GraderReport:
    told, true = np.array([j.score for j in judged]), np.array([a.share for a in answers])
    groups = [a.question_id for a in answers]
    return GraderReport(
        file=path.name,
        n=len(answers),
        blanks_left_out=blanks,
        questions=len(set(groups)),
        scorer=agreement(told, true, groups),
        floors={
            "length": agreement(floors.length(answers), true, groups),
            "tf_idf": agreement(floors.tf_idf(answers), true, groups),
        },
        splits=_splits(answers, judged),
    )


def _splits(answers: list[GradedAnswer], judged: list[Judgement]) -> tuple[Split, ...]:
    pairs = list(zip(answers, judged, strict=True))
    names = sorted({a.split for a in answers})
    if names == [""] and all(a.label_3way is None for a in answers):
        return ()
    return tuple(_split(name, [(a, j) for a, j in pairs if a.split == name]) for name in names)


def _split(name: str, pairs: list[tuple[GradedAnswer, Judgement]]) -> Split:
    labelled = [(str(j.label), str(a.label_3way)) for a, j in pairs if a.label_3way]
    told, true = [t for t, _ in labelled], [t for _, t in labelled]
    return Split(
        split=name or "all",
        n=len(pairs),
        pearson=pearson(np.array([j.score for _, j in pairs]), np.array([a.share for a, _ in pairs])),
        labelled=len(labelled),
        accuracy=accuracy(told, true),
        macro_f1=macro_f1(told, true),
    )


def _write(out: Path, answers: list[GradedAnswer], judged: list[Judgement]) -> None:
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["id", "question_id", "score", "human_score", "max_score", "label_3way", "blank"])
            for a, j in zip(answers, judged, strict=True):
                points = f"{j.score * a.max_score:.4f}"
                table.writerow([a.id, a.question_id, points, a.score, a.max_score, j.label, str(a.blank).lower()])
    except OSError as fault:
        raise BadInput(f"{out} cannot be written ({fault.strerror}); name another file") from fault


def _lines(name: str, found: Agreement) -> str:
    rows = {
        "Pearson": found.pooled.pearson,
        "Spearman": found.pooled.spearman,
        "QWK": found.pooled.qwk,
        "MAE (share of full marks)": found.pooled.mae,
        "Pearson within questions": found.within_question.pearson,
        "Spearman within questions": found.within_question.spearman,
    }
    return "\n".join([name, *(f"  {label:<26} {figure}" for label, figure in rows.items())])


def _split_line(split: Split) -> str:
    figures = {"Pearson": split.pearson, "3-way accuracy": split.accuracy, "macro F1": split.macro_f1}
    told = ", ".join(f"{name} {figure:.3f}" for name, figure in figures.items() if figure is not None)
    return f"{split.split}: {split.n} answers, {told or 'no figure'}"
