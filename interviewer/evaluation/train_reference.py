"""`python -m interviewer.evaluation.train_reference EVAL_DIR`: learns the weights that `evidence.reference` ships.

Two steps: what a set that was left out of the training shows (printed), then the weights, from the training splits
of all sets (written). Everything is solved in closed form or by fixed steps: the same data gives the same weights.
Not covered: fetching the data.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from interviewer.evaluation import floors
from interviewer.evaluation.graded_answers import GradedAnswer, read_graded_answers
from interviewer.evaluation.statistics import Numbers, pearson, within
from interviewer.evidence.meaning import Embedder, Vectors
from interviewer.evidence.reference import WEIGHTS, Label, Linear, ReferenceScorer, Weights, says_nothing
from interviewer.evidence.words import Places, TokenEmbedder, passages

SETS = ("beetle_3way.csv", "scientsbank_3way.csv", "saf_english.csv")
TRAINING = ("training", "train", "")  # what the sets call the split to learn from
LABELS: tuple[Label, ...] = ("correct", "contradictory", "incorrect")
# "Incorrect" holds the partly right answers of SemEval, which a teacher would give something.
CREDIT: dict[Label | None, float] = {"correct": 1.0, "incorrect": 0.3, "contradictory": 0.0}
_PENALTY = 1.0  # beside a variance of 1 for every feature
_WITHIN = 0.3  # the part of the fit that looks at answers to one question only
# What the score weighs, with the sign that a teacher would expect; the other columns serve the label alone.
_SIGNS = {
    "recall": 1,
    "covered": 1,
    "precision": 1,
    "whole": 1,
    "beyond_question": 1,
    "stems_recall": 1,
    "letters_recall": 1,
    "demand": -1,
}
# Set by hand, beside a spread of 1 for all the rest: short-answer sets reward saying enough less than exams do.
_AMOUNT = 0.3
_CHUNK = 400
_STEPS = 600
Matrix = NDArray[np.float64]


class BothWays(TokenEmbedder, Embedder, Protocol):
    """Rows for tokens, which the scorer needs, and for whole texts, whose plain cosine is the floor to beat."""


@dataclass(frozen=True, eq=False)
class Graded:
    """One set: what people gave (`share`), and a row of features for each answer that says something."""

    name: str
    answers: list[GradedAnswer]
    names: tuple[str, ...]
    rows: Matrix
    cosine: Numbers

    @property
    def share(self) -> Numbers:
        return np.array([a.share for a in self.answers])

    @property
    def credit(self) -> Numbers:
        """What training aims at."""
        return np.array([CREDIT.get(a.label_3way, a.share) for a in self.answers])

    @property
    def questions(self) -> list[str]:
        return [a.question_id for a in self.answers]

    def training(self) -> "Graded":
        """Without the splits that the set keeps for testing."""
        kept = [n for n, a in enumerate(self.answers) if a.split in TRAINING]
        return Graded(self.name, [self.answers[n] for n in kept], self.names, self.rows[kept], self.cosine[kept])


class Prefetched:
    """An embedder that reads a chunk of rows at once: about four times as fast as one answer at a time."""

    def __init__(self, embedder: TokenEmbedder) -> None:
        self._embedder = embedder
        self._known: dict[str, tuple[Places, Vectors]] = {}

    def fetch(self, texts: Sequence[str]) -> None:
        """Forgets the chunk before."""
        self._known = {}
        ordered = sorted(set(texts), key=lambda text: (len(text), text))
        for n in range(0, len(ordered), 64):
            part = ordered[n : n + 64]
            self._known.update(zip(part, self._embedder.embed_tokens(part), strict=True))

    def embed_tokens(self, texts: Sequence[str]) -> list[tuple[Places, Vectors]]:
        return [self._known[text] for text in texts]


def read_set(path: Path, embedder: BothWays) -> Graded:
    answers = [a for a in read_graded_answers(path) if not says_nothing(a.student_answer)]
    found = list(_features(answers, Prefetched(embedder)))
    names = tuple(found[0])
    rows = np.array([[row[name] for name in names] for row in found])
    return Graded(path.stem, answers, names, rows, _cosines(answers, embedder))


def _cosines(answers: list[GradedAnswer], embedder: Embedder) -> Numbers:
    said = embedder.embed([a.student_answer for a in answers])
    wanted = {r: embedder.embed([r])[0] for a in answers for r in a.references}
    return np.array([max(float(row @ wanted[r]) for r in a.references) for row, a in zip(said, answers, strict=True)])


def _features(answers: list[GradedAnswer], embedder: Prefetched) -> Iterator[dict[str, float]]:
    for n in range(0, len(answers), _CHUNK):
        chunk = answers[n : n + _CHUNK]
        embedder.fetch([text for a in chunk for text in texts_of(a)])
        # A scorer for each chunk, because it remembers questions and references whose vectors are forgotten here.
        scorer = ReferenceScorer(embedder)
        yield from (scorer.features(a.question, a.references, a.student_answer) for a in chunk)
        print(f"  {min(n + _CHUNK, len(answers))} of {len(answers)}", file=sys.stderr)


def texts_of(answer: GradedAnswer) -> list[str]:
    return [text for part in (answer.question, answer.student_answer, *answer.references) for text in passages(part)]


def fit(sets: Sequence[Graded]) -> Weights:
    centre, scale, score = fit_score(sets)
    return Weights(
        trained_on=", ".join(s.name for s in sets),
        features=sets[0].names,
        centre=_short(centre),
        scale=_short(scale),
        score=score,
        labels=_label_lines([s for s in sets if any(a.label_3way for a in s.answers)], centre, scale),
    )


def fit_score(sets: Sequence[Graded]) -> tuple[Matrix, Matrix, Linear]:
    """Centre, scale and the line of the score. Every set counts the same, whatever its size."""
    weights = np.concatenate([np.full(len(s.answers), 1 / len(s.answers)) for s in sets]) / len(sets)
    rows = np.concatenate([s.rows for s in sets])
    centre = weights @ rows
    scale = np.maximum(np.sqrt(weights @ (rows - centre) ** 2), 1e-4)
    slopes = _signed(sets, centre, scale)
    told = (rows - centre) / scale @ slopes
    slopes[sets[0].names.index("amount")] = _AMOUNT * float(weights @ (told - weights @ told) ** 2) ** 0.5
    told = (rows - centre) / scale @ slopes
    return centre, scale, _calibrated(told, slopes, np.concatenate([s.credit for s in sets]), weights)


def _signed(sets: Sequence[Graded], centre: Matrix, scale: Matrix) -> Matrix:
    """A column whose weight comes out against its expected sign is left out, and the rest solved again."""
    signs = np.array([_SIGNS.get(name, 0) for name in sets[0].names])
    used = signs != 0
    while True:
        slopes = _ridge(sets, centre, scale, used)
        wrong = slopes * signs < 0
        if not wrong.any():
            return slopes
        used &= ~wrong


def _ridge(sets: Sequence[Graded], centre: Matrix, scale: Matrix, used: NDArray[np.bool_]) -> Matrix:
    """Pooled and within-question products of each set, mixed; targets have a spread of 1 in each."""
    size = len(centre)
    both, toward = np.zeros((size, size)), np.zeros(size)
    for graded in sets:
        columns, aim = (graded.rows - centre) / scale * used, graded.credit
        inside = np.stack([within(column, graded.questions) for column in columns.T], axis=1)
        views = (
            (1 - _WITHIN, columns - columns.mean(0), aim - aim.mean()),
            (_WITHIN, inside, within(aim, graded.questions)),
        )
        for part, x, y in views:
            both += part * x.T @ x / len(y)
            toward += part * x.T @ y / (len(y) * max(1e-9, float(y.std())))
    return np.asarray(np.linalg.solve(both + _PENALTY * len(sets) * np.eye(size), toward), dtype=np.float64)


def _calibrated(told: Numbers, slopes: Matrix, credit: Numbers, weights: Numbers) -> Linear:
    """A line to the share of full marks; its spread lies between regression's (timid) and the people's own."""
    middle, aim = float(weights @ told), float(weights @ credit)
    spread, wide = float(weights @ (told - middle) ** 2), float(weights @ (credit - aim) ** 2)
    r = max(0.05, float(weights @ ((told - middle) * (credit - aim))) / max(1e-9, (spread * wide) ** 0.5))
    stretch = (wide / max(1e-9, spread)) ** 0.5 * r**0.5
    return Linear(weights=_short(slopes * stretch), intercept=round(aim - stretch * middle, 5))


def _label_lines(sets: Sequence[Graded], centre: Matrix, scale: Matrix) -> dict[Label, Linear]:
    """Softmax regression by plain gradient steps; rarer labels weigh more, by the root of their rarity."""
    if not sets:
        raise SystemExit("no set has label_3way; train with at least one that has")
    x = np.concatenate([(s.rows - centre) / scale for s in sets])
    x = np.concatenate([x, np.ones((len(x), 1))], axis=1)
    labels = [a.label_3way for s in sets for a in s.answers]
    truth = np.array([[label == name for name in LABELS] for label in labels], dtype=np.float64)
    weigh = (truth / np.sqrt(np.maximum(truth.mean(0), 1e-6))).sum(1) / len(x)
    lines = np.zeros((x.shape[1], len(LABELS)))
    for _ in range(_STEPS):
        odds = np.exp(x @ lines - (x @ lines).max(1, keepdims=True))
        gap = (odds / odds.sum(1, keepdims=True) - truth) * weigh[:, None]
        lines -= 0.2 * (x.T @ gap + 1e-3 * lines)
    return {
        name: Linear(weights=_short(lines[:-1, n]), intercept=round(float(lines[-1, n]), 5))
        for n, name in enumerate(LABELS)
    }


def _short(values: Matrix) -> tuple[float, ...]:
    return tuple(round(float(v), 5) for v in values)


def left_out(sets: Sequence[Graded]) -> str:
    """A line for each set: trained on the others, Pearson pooled / within question, beside three floors."""
    lines = ["left out: n; Pearson pooled / within question of ours, cosine, length, TF-IDF"]
    for held in sets:
        centre, scale, line = fit_score([s for s in sets[: len(SETS)] if s is not held])
        ours = (held.rows - centre) / scale @ np.array(line.weights)
        told = (ours, held.cosine, floors.length(held.answers), floors.tf_idf(held.answers))
        figures = ", ".join(_both(values, held) for values in told)
        lines.append(f"{held.name}: {len(held.answers)}; {figures}")
    return "\n".join(lines)


def _both(told: Numbers, held: Graded) -> str:
    inside = pearson(within(told, held.questions), within(held.share, held.questions))
    return " / ".join("  -  " if r is None else f"{r:.3f}" for r in (pearson(told, held.share), inside))


def main(arguments: Sequence[str] | None = None, embedder: BothWays | None = None) -> None:
    parser = argparse.ArgumentParser(description="Learn the weights of evidence.reference from graded answers.")
    parser.add_argument("folder", type=Path, help="holds " + ", ".join(SETS))
    parser.add_argument("--exam", type=Path, help="one more CSV file: a further set to test on, never trained on")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args(arguments)
    sets = [read_set(path, embedder or _packaged()) for path in _files(given.folder, given.exam)]
    print(left_out(sets))
    weights = fit([s.training() for s in sets[: len(SETS)]])
    given.out.write_text(json.dumps(weights.model_dump(), indent=1) + "\n", encoding="utf-8")
    print(f"written: {given.out}")


def _files(folder: Path, exam: Path | None) -> list[Path]:
    return [*(folder / name for name in SETS), *([exam] if exam else [])]


def _packaged() -> BothWays:
    from interviewer.library import MiniLM

    return MiniLM()


if __name__ == "__main__":
    main()
