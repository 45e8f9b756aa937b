"""Two rankings made one, and the same text shown once. Pure functions.

Reciprocal rank fusion: a passage earns 1 / (K + rank) in each ranking that has it. Ranks alone say nothing about
whether the best passage is any good, so the points are multiplied with how near the passage is to the question; the
product is the score shown, and a question that the library cannot answer gets low scores.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

K = 10
# What a passage keeps of its nearness when no ranking has it high.
_FLOOR = 0.7
_COSINE_SHARE = 0.75
_COSINE_RANGE = (0.1, 0.75)
_SAME_SHARE = 0.75
_WORD = re.compile(r"\w+")


def fused(rankings: Iterable[Sequence[str]], weights: Sequence[float]) -> dict[str, float]:
    """Id -> its points as a share of what a passage at the top of every ranking earns."""
    points: dict[str, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, key in enumerate(ranking, start=1):
            points[key] = points.get(key, 0.0) + weight * (K + 1) / (K + rank)
    return {key: earned / sum(weights) for key, earned in points.items()}


def score(share: float, cosine: float, coverage: float) -> float:
    """0 to 1, from the share of points, the vectors' cosine, and the share of the question's words in the passage."""
    low, high = _COSINE_RANGE
    meaning = min(max((cosine - low) / (high - low), 0.0), 1.0)
    nearness = _COSINE_SHARE * meaning + (1 - _COSINE_SHARE) * min(max(coverage, 0.0), 1.0)
    return nearness * (_FLOOR + (1 - _FLOOR) * share)


def without_repeats(ids: Iterable[str], texts: Mapping[str, str], wanted: int) -> list[str]:
    """The first `wanted` ids whose texts do not say what one before them says already."""
    kept: list[str] = []
    shown: list[frozenset[str]] = []
    for key in ids:
        if len(kept) == wanted:
            break
        runs = _runs_of_words(texts[key])
        if not any(_is_same(runs, other) for other in shown):
            kept.append(key)
            shown.append(runs)
    return kept


def _runs_of_words(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower())
    return frozenset(" ".join(words[start : start + 3]) for start in range(max(1, len(words) - 2)))


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most of the shorter text stands in the longer one."""
    return len(one & other) >= _SAME_SHARE * min(len(one), len(other))
