"""Train what tells a retelling from another story: `python -m interviewer.evaluation.train_retold DIR --out FILE.npz`.

DIR holds retold.jsonl (pairs of tellings; only those marked "training" are used) and behavioral_training.jsonl, whose
sentences say what all stories have in common. Two heads: one against the other stories of the same candidate, one
against other people's. Their thresholds are set by cross-validation.  scikit-learn is needed here and nowhere else.
"""

import argparse
import json
import random
from collections.abc import Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from interviewer.evidence.likeness import Floats, Likeness, LikenessModel
from interviewer.evidence.meaning import Embedder, Meaning, Vectors, units_of
from interviewer.evidence.retold import another_time

DIRECTIONS = 32
SENTENCES = 5000
FALSE_ALARMS = 0.012  # of the pairs of different stories, beside the pairs that say so themselves
FALSE_ALARMS_STRANGERS = 0.002  # of the pairs of stories of different people
STRANGERS = 5  # for each pair
STRANGERS_APART = 12  # pairs that stand together may be of one candidate
LONG = 120  # words
OF_EACH_VOICE = 6
SEED = 3
_C = 1.0
_FOLDS = 10
_REPEATS = 3


def common(vectors: Vectors) -> tuple[Floats, Floats, Floats]:
    """Mean, strongest directions, and the share of each that brings it down, half-way, to the next one's strength."""
    mean = vectors.mean(axis=0)
    strengths, directions = np.linalg.eigh(np.cov((vectors - mean).T))
    strengths, directions = strengths[::-1], directions[:, ::-1].T
    kept = (strengths[DIRECTIONS] / strengths[:DIRECTIONS]) ** 0.25
    return mean.astype(np.float64), directions[:DIRECTIONS].copy(), kept


def fitted(measures: Floats, same: Floats) -> tuple[Floats, float]:
    """Weights on the measures as they are, and the bias."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = measures.mean(axis=0), measures.std(axis=0) + 1e-9
    head = LogisticRegression(C=_C, class_weight="balanced", max_iter=2000).fit((measures - mean) / spread, same)
    weights = head.coef_[0] / spread
    return weights, float(head.intercept_[0] - mean @ weights)


def heads(measures: Floats, same: Floats, stranger: Floats) -> tuple[Floats, Floats]:
    """Retellings against stories of one candidate, and against those of others."""
    (own, at), (others, start) = (fitted(measures[u], same[u]) for u in (stranger == 0, (stranger == 1) | (same == 1)))
    return np.column_stack([own, others]), np.array([at, start])


def unseen(measures: Floats, same: Floats, stranger: Floats, group: Floats) -> Floats:
    """Each pair's two scores by heads that have seen neither it nor what was made of it."""
    scores = np.zeros((len(same), 2))
    for seed in range(_REPEATS):
        fold = np.random.default_rng(seed).permutation(int(group.max()) + 1)[group.astype(int)] % _FOLDS
        for held in range(_FOLDS):
            seen, left = fold != held, fold == held
            weights, bias = heads(measures[seen], same[seen], stranger[seen])
            scores[left] += (measures[left] @ weights + bias) / _REPEATS
    return scores


def thresholds(scores: Floats, same: Floats, stranger: Floats) -> tuple[Floats, float]:
    """For both heads, where most retellings are noticed at no more false alarms than allowed; and how many."""
    best: tuple[float, list[float]] = (-1.0, [0.0, 0.0])
    for share in np.linspace(0, 0.25, 51):
        other = float(np.quantile(scores[same == 1, 1], share))
        left = scores[:, 1] > other
        own = max(
            _above(scores[left & (same == 0) & (stranger == kind), 0], int(allowed * (stranger == kind).sum()))
            for kind, allowed in ((0, FALSE_ALARMS), (1, FALSE_ALARMS_STRANGERS))
        )
        noticed = float((left & (scores[:, 0] > own))[same == 1].mean())
        best = max(best, (noticed, [own, other]))
    return np.array(best[1]), best[0]


def _above(scores: Floats, allowed: int) -> float:
    """What all but so many stay below."""
    return float(np.sort(scores)[::-1][allowed]) if len(scores) > allowed else -np.inf


def train(
    pairs: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]], sentences: Vectors, embedder: Embedder
) -> dict[str, Any]:
    """The arrays of `models/retold.npz`."""
    mean, directions, kept = common(sentences)
    likeness = Likeness(Meaning(embedder), LikenessModel(mean, directions, kept, np.zeros((0, 2)), np.zeros(2)))
    pairs = sorted(pairs, key=lambda p: p["kind"] == "different")
    rows = [*told(pairs), *joined(told(pairs)), *own_others(answers), *strangers(pairs, answers)]
    found = [(likeness.measures(a, b), *labels) for a, b, *labels in rows]
    measures = np.array([f[0] for f in found if f[0] is not None])
    same, stranger, group = (np.array([f[n] for f in found if f[0] is not None], dtype=np.float64) for n in (1, 2, 3))
    weights, bias = heads(measures, same, stranger)
    scores = unseen(measures, same, stranger, group)
    least, noticed = thresholds(scores, same, stranger)
    print(f"cross-validated: {noticed:.3f} of {int(same.sum())} retellings noticed, thresholds {least.round(2)}")
    plain = np.arange(len(same)) < len(pairs)
    for name, chosen in (("plain", plain), ("long", ~plain)):
        called = np.asarray((scores > least).all(axis=1))[chosen]
        told_again, own = same[chosen] == 1, (same[chosen] == 0) & (stranger[chosen] == 0)
        print(f"{name}: {called[told_again].mean():.3f} noticed, {called[own].mean():.3f} of {own.sum()} called so")
    return {
        "mean": mean.astype(np.float32),
        "directions": directions.astype(np.float16),
        "kept": kept.astype(np.float32),
        "weights": weights,
        "bias": bias - least,
    }


Row = tuple[str, str, bool, bool, int]  # two tellings, whether of one event, of two people, and the fold they share


def told(pairs: Sequence[dict[str, Any]]) -> list[Row]:
    return [(p["first"], p["second"], p["kind"] != "different", False, n // 2) for n, p in enumerate(pairs)]


def joined(rows: Sequence[Row]) -> list[Row]:
    """The same pairs at twice the length: a story of two episodes, told twice, or two of each that differ."""
    return [
        (f"{a} {c}", f"{b} {d}", same, False, group)
        for (a, b, same, _, group), (c, d, alike, _, other) in pairwise(rows)
        if same == alike and group == other
    ]


def own_others(answers: Sequence[dict[str, Any]]) -> list[Row]:
    """Different stories of one voice."""
    return [
        (a["answer"], b["answer"], False, False, n)
        for n, (a, b) in enumerate(combinations(answers, 2))
        if _voice(a) == _voice(b)
    ]


def strangers(pairs: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]]) -> list[Row]:
    """Stories of different people."""
    steps = _dice().sample(range(STRANGERS_APART, len(pairs) - STRANGERS_APART), STRANGERS)
    both = [(p, pairs[(n + k) % len(pairs)]) for k in steps for n, p in enumerate(pairs)]
    # The pairs written last have stories in common.
    told = [(p["first"], q["second"]) for p, q in both if not (p["id"][0] == q["id"][0] == "f")]
    told += [(a["answer"], b["answer"]) for a, b in combinations(answers, 2) if _voice(a) != _voice(b)]
    return [(a, b, False, True, n) for n, (a, b) in enumerate(told)]


def _voice(answer: dict[str, Any]) -> str:
    return str(answer["id"].rsplit("-", 1)[0])


def long_answers(path: Path) -> list[dict[str, Any]]:
    """A few long answers of each voice."""
    every = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    long = [a for a in every if len(a["answer"].split()) >= LONG]
    _dice().shuffle(long)
    voices = {_voice(a): [b for b in long if _voice(b) == _voice(a)][:OF_EACH_VOICE] for a in long}
    return [a for chosen in voices.values() for a in chosen]


def _dice() -> random.Random:
    return random.Random(SEED)  # noqa: S311


def sampled(path: Path) -> list[str]:
    """Sentences of many answers, the same ones each time."""
    answers = [json.loads(line)["answer"] for line in path.read_text(encoding="utf-8").splitlines()]
    _dice().shuffle(answers)
    return [u.text for a in answers for u in units_of(a)][:SENTENCES]


def main() -> None:
    from interviewer.library import MiniLM

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    lines = (options.folder / "retold.jsonl").read_text(encoding="utf-8").splitlines()
    used = [p for p in map(json.loads, lines) if p["used"] == "training"]
    pairs = [p for p in used if not (another_time(p["first"]) or another_time(p["second"]))]
    embedder = MiniLM()
    answers = options.folder / "behavioral_training.jsonl"
    sentences = embedder.embed(sampled(answers))
    with options.out.open("wb") as file:
        np.savez(file, **train(pairs, long_answers(answers), sentences, embedder))


if __name__ == "__main__":
    main()
