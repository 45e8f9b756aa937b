"""Where two tellings of one story cannot both be true: numbers, dates and doers, each with both quotes.

A number is compared with one of the same measure, or of the same thing, that the other telling puts in a sentence of
the same meaning; a number that both know is no contradiction, nor is a bound ("under two months") that holds. Not
covered: outcomes told in words, arithmetic, and quotes that need more than their clause to be understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from interviewer.evidence.clauses import Clause
from interviewer.evidence.meaning import Meaning, Vectors
from interviewer.evidence.occasions import ONCE, Occasion, dates, deeds, occasion
from interviewer.evidence.quantities import Count, Figure, Phrase, counts, figures

RESULTS = "Two results for one change."
DURATIONS = "Two lengths of time for one piece of work."
COUNTS = "Two figures for one thing."
DATES = "Two dates for one event."
DOERS = "Two doers of one deed."
_NEAR_ENOUGH = 1.15  # the same figure, rounded
_DURATIONS_APART = 1.75
_BOUNDS_APART = 2.0
_SAME_CHANGE = 0.6
_BESIDE = 40  # characters
_SAME_DEED = 0.4
_SAME_DEED_ONCE = 0.25
_SAME_DATED = 0.3
_SAME_COUNT = 0.5
_SAME_MEASURE = {"money": 0.45, "percent": 0.42, "long": 0.45, "short": 0.5, "points": 0.4}
_BOUND = re.compile(
    r"\b(?:less|more|fewer|under|over|within|inside|at least|at most|up to|below|above)\b(?: than)?(?: \w+)?\s*$"
)


@dataclass(frozen=True, eq=False)
class Telling:
    """What is compared of one answer, each part read when it is first needed: most answers hold no two figures."""

    text: str
    meaning: Meaning

    @cached_property
    def _embedded(self) -> tuple[Sequence[Clause], Vectors]:
        return self.meaning.units(self.text)

    @property
    def units(self) -> Sequence[Clause]:
        return self._embedded[0]

    @property
    def vectors(self) -> Vectors:
        return self._embedded[1]

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        return tuple(counts(self.text))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figures(self.text))

    @cached_property
    def occasion(self) -> Occasion | None:
        return occasion(self.text)

    def unit_at(self, phrase: Phrase) -> int | None:
        """The shortest unit that holds the phrase's middle; what is too short to be a unit goes with its neighbour."""
        middle = (phrase.start + phrase.end) // 2
        held = [n for n, u in enumerate(self.units) if u.start <= middle < u.end]
        if held:
            return min(held, key=lambda n: len(self.units[n].text))
        apart = {n: max(u.start - middle, middle - u.end) for n, u in enumerate(self.units)}
        return min((n for n in apart if apart[n] <= _BESIDE), key=apart.__getitem__, default=None)

    def mentions(self, value: float, measure: str) -> bool:
        return any(c.of == (measure,) and _alike(c.value, value) for c in self.counts)

    def knows(self, count: Count) -> bool:
        """Whether the same number stands here, of the same thing or of none."""
        return any(_alike(c.value, count.value, _NEAR_ENOUGH if c.of == count.of else 1.001) for c in self.counts)

    def bounded(self, count: Count) -> bool:
        return _BOUND.search(self.text[: count.at].lower()) is not None


Clash = tuple[Phrase, Phrase, str]


def number_clash(a: Telling, b: Telling, across: bool) -> Clash | None:
    """Within a thread (not `across`) only two ends of one change: what else has a number there is another thing."""
    return _changes(a, b) or (_stated(a, b) if across else None)


def _alike(one: float, other: float, ratio: float = _NEAR_ENOUGH) -> bool:
    low, high = sorted((abs(one), abs(other)))
    return high <= low * ratio if low else high == 0


def _changes(a: Telling, b: Telling) -> Clash | None:
    """One change with two ends: they share what it was before, or their sentences mean the same."""
    for one, other in product(_only(a.figures, "after"), _only(b.figures, "after")):
        if one.measure != other.measure or _alike(one.value, other.value) or _told_both(a, b, one, other):
            continue
        befores = [f for t in (a, b) for f in t.figures if f.slot == "before" and f.measure == one.measure]
        known = any(a.mentions(f.value, f.measure) and b.mentions(f.value, f.measure) for f in befores)
        if known or _similar(a, b, one.phrase, other.phrase) >= _SAME_CHANGE:
            return one.phrase, other.phrase, RESULTS
    return None


def date_clash(a: Telling, b: Telling) -> Clash | None:
    """Two times for the event itself, or for what two sentences say that mean the same."""
    if a.occasion and b.occasion and a.occasion.excludes(b.occasion):
        return a.occasion.phrase, b.occasion.phrase, DATES
    told, told_again = dates(a.text), dates(b.text)
    least = 0.0 if len(told) == len(told_again) == 1 else _SAME_DATED
    for one, other in product(told, told_again):
        if one.excludes(other) and _similar(a, b, one.phrase, other.phrase) >= least:
            return one.phrase, other.phrase, DATES
    return None


def _only(found: Sequence[Figure], slot: str) -> list[Figure]:
    """The figures of a slot whose measure has one value there."""
    values: dict[str, set[float]] = {}
    for f in found:
        if f.slot == slot:
            values.setdefault(f.measure, set()).add(f.value)
    return [f for f in found if f.slot == slot and len(values[f.measure]) == 1]


def _told_both(a: Telling, b: Telling, one: Figure, other: Figure) -> bool:
    """Whether either telling knows the other's figure too: then they are two figures, not one told twice."""
    return b.mentions(one.value, one.measure) or a.mentions(other.value, other.measure)


def _stated(a: Telling, b: Telling) -> Clash | None:
    """The likeliest pair of numbers that say one thing differently."""
    found: list[tuple[float, Count, Count]] = []
    free, other_free = ([c for c in t.counts if c.of and not o.knows(c)] for t, o in ((a, b), (b, a)))
    for one, other in product(free, other_free):
        measure = one.of[0] if one.measured and other.measured else None
        if measure is None and (one.measured or other.measured or not set(one.of) & set(other.of)):
            continue
        if (one.measured and one.of != other.of) or not _apart(a, b, one, other):
            continue
        near = _similar(a, b, one.phrase, other.phrase)
        alone = all(sum(c.of == one.of for c in found_free) == 1 for found_free in (free, other_free))
        nearest = _nearest(a, b, one.phrase, other.phrase)
        if near >= _SAME_MEASURE.get(measure or "", _SAME_COUNT) and nearest >= (1 if alone and measure else 2):
            found.append((near, one, other))
    if not found:
        return None
    _, one, other = max(found, key=lambda f: f[0])
    return one.phrase, other.phrase, DURATIONS if one.of == ("long",) else COUNTS


def _apart(a: Telling, b: Telling, one: Count, other: Count) -> bool:
    """Whether two numbers differ by more than rounding, and no bound allows for both."""
    ratio = _DURATIONS_APART if one.of[0] in ("long", "short") else _NEAR_ENOUGH
    if a.bounded(one) or b.bounded(other):
        ratio = max(ratio, _BOUNDS_APART)
    return not _alike(one.value, other.value, ratio)


def _nearest(a: Telling, b: Telling, one: Phrase, other: Phrase) -> int:
    """How many of the two sentences have no nearer one in the other telling."""
    at, to = a.unit_at(one), b.unit_at(other)
    if at is None or to is None:
        return 0
    near = a.vectors @ b.vectors.T
    return int(near[at, to] >= near[at].max()) + int(near[at, to] >= near[:, to].max())


def _similar(a: Telling, b: Telling, one: Phrase, other: Phrase) -> float:
    at, to = a.unit_at(one), b.unit_at(other)
    return float(a.vectors[at] @ b.vectors[to]) if at is not None and to is not None else 0.0


def doer_clash(a: Telling, b: Telling) -> Clash | None:
    """The candidate in one telling and somebody else in the other, for one deed; a "we" contradicts nobody."""
    for one, other in product(deeds(a.text), deeds(b.text)):
        if one.kind != other.kind or one.by_self == other.by_self:
            continue
        near = _similar(a, b, one.phrase, other.phrase)
        if near >= (_SAME_DEED_ONCE if one.kind in ONCE else _SAME_DEED) or one.about_what(other):
            return one.phrase, other.phrase, DOERS
    return None
