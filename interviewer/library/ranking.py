"""Two rankings made one, documents weighed as wholes, and the same text shown once. Pure functions.

Reciprocal rank fusion: a passage earns 1 / (K + rank) in each ranking that has it. Ranks alone say nothing about
whether the best passage is any good, so the points are multiplied with how near the passage is to the question; the
product is the score shown, and a question that the library cannot answer gets low scores.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
K = 10
# What a passage keeps of its nearness when no ranking has it high.
_FLOOR = 0.7
_COSINE_SHARE = 0.75
_COSINE_RANGE = (0.1, 0.75)
_SUPPORT = 0.3
_SUPPORTING = 5
_FURTHER = 0.9
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


def with_support(
    scores: Mapping[str, float], documents: Mapping[str, Key], sizes: Mapping[Key, int]
) -> dict[str, float]:
    """Scores drawn towards what the passage's document has to say: its best five passages' mean, or that of all.

    One sentence near the question by its words alone loses to a guide that answers it in several places. `sizes` has
    the passages of each document, found or not.
    """
    own: dict[Key, list[float]] = {}
    for key, reached in scores.items():
        own.setdefault(documents[key], []).append(reached)
    means = {
        document: sum(sorted(all_of_it)[-_SUPPORTING:]) / min(_SUPPORTING, sizes[document])
        for document, all_of_it in own.items()
    }
    return {key: (1 - _SUPPORT) * own_score + _SUPPORT * means[documents[key]] for key, own_score in scores.items()}


def varied(scores: Mapping[str, float], documents: Mapping[str, Key]) -> dict[str, float]:
    """Every further passage of the same document a little lower, so that one document does not fill a page."""
    shown: Counter[Key] = Counter()
    lowered: dict[str, float] = {}
    for key in sorted(scores, key=lambda key: (-scores[key], key)):
        lowered[key] = scores[key] * _FURTHER ** shown[documents[key]]
        shown[documents[key]] += 1
    return lowered


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
