"""Agreement between two rows of numbers, with intervals that know that answers to one question hang together.

Numpy only, seeded, and nothing about files. Not covered: significance tests, and agreement of more than two raters.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import FiniteFloat

from interviewer.domain.base import Value

Numbers = NDArray[np.float64]
Statistic = Callable[[Numbers, Numbers], float | None]
SEED = 20130712
_ROUNDS = 1000


class Estimate(Value):
    """A figure with its 95 % interval; None where it cannot be computed (a constant row, a single answer)."""

    value: FiniteFloat | None
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None

    def __str__(self) -> str:
        if self.value is None:
            return "not defined"
        if self.low is None or self.high is None:
            return f"{self.value:.3f}"
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


def pearson(first: Numbers, second: Numbers) -> float | None:
    if len(first) < 2:
        return None
    a, b = first - first.mean(), second - second.mean()
    scale = float(np.sqrt((a @ a) * (b @ b)))
    # Rounding leaves a constant row a spread of about 1e-16, which is no spread.
    if scale < 1e-12 * len(first):
        return None
    return float(np.clip(a @ b / scale, -1.0, 1.0))


def spearman(first: Numbers, second: Numbers) -> float | None:
    return pearson(ranks(first), ranks(second))


def ranks(values: Numbers) -> Numbers:
    """Ranks from 1; equal values share the mean of their places."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place], dtype=np.float64)


def mean_absolute_error(first: Numbers, second: Numbers) -> float | None:
    return float(np.abs(first - second).mean()) if len(first) else None


def quadratic_kappa(first: Numbers, second: Numbers) -> float | None:
    """Cohen's kappa with quadratic weights, on numbers that stand for ordered grades with even steps.

    1 - E(d²) / E(d² by chance): no table is needed, because chance pairs every grade with every other.
    """
    if not len(first):
        return None
    observed = float(((first - second) ** 2).mean())
    by_chance = float(first.var() + second.var() + (first.mean() - second.mean()) ** 2)
    return 1 - observed / by_chance if by_chance > 1e-12 else None


def accuracy(told: Sequence[str], true: Sequence[str]) -> float | None:
    return sum(a == b for a, b in zip(told, true, strict=True)) / len(true) if true else None


def macro_f1(told: Sequence[str], true: Sequence[str]) -> float | None:
    """The mean F1 of the labels that people gave; a label never told counts as 0."""
    labels = sorted(set(true))
    return sum(_f1(label, told, true) for label in labels) / len(labels) if labels else None


def _f1(label: str, told: Sequence[str], true: Sequence[str]) -> float:
    pairs = list(zip(told, true, strict=True))
    hits = sum(a == label and b == label for a, b in pairs)
    claimed = sum(a == label for a, _ in pairs) + sum(b == label for _, b in pairs)
    return 2 * hits / claimed if claimed else 0.0


def within(values: Numbers, groups: Sequence[str]) -> Numbers:
    """What is left of each value when the mean of its group is taken off."""
    place = _places(groups)
    return np.asarray(values - (np.bincount(place, values) / np.bincount(place))[place], dtype=np.float64)


def estimate(
    statistic: Statistic, first: Numbers, second: Numbers, groups: Sequence[str], *, rounds: int = _ROUNDS
) -> Estimate:
    """The figure and its percentile interval; whole groups are drawn again where there are several.

    For a figure within groups, hand in rows that went through `within`: drawing whole groups leaves their means alone.
    """
    value = statistic(first, second)
    if value is None or len(first) < 3:
        return Estimate(value=value)
    random = np.random.default_rng(SEED)
    members = _members(groups)
    drawn = [statistic(first[rows], second[rows]) for rows in _resamples(members, random, rounds)]
    known = [d for d in drawn if d is not None]
    # Where half of the samples have no figure, the rest are no fair picture of its spread.
    if len(known) < rounds / 2:
        return Estimate(value=value)
    low, high = np.percentile(known, [2.5, 97.5])
    return Estimate(value=value, low=float(low), high=float(high))


def _resamples(members: list[NDArray[np.intp]], random: np.random.Generator, rounds: int) -> list[NDArray[np.intp]]:
    if len(members) == 1:
        return [random.choice(members[0], len(members[0])) for _ in range(rounds)]
    draws = random.integers(0, len(members), (rounds, len(members)))
    return [np.concatenate([members[i] for i in draw]) for draw in draws]


def _members(groups: Sequence[str]) -> list[NDArray[np.intp]]:
    place = _places(groups)
    return [np.flatnonzero(place == number) for number in range(int(place.max()) + 1)]


def _places(groups: Sequence[str]) -> NDArray[np.intp]:
    return np.asarray(np.unique(np.asarray(groups), return_inverse=True)[1], dtype=np.intp)
