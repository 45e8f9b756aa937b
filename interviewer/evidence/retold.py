"""The same story told twice in a loop, and where two tellings of it cannot both be true.

Two tellings are of one event when what comes after their openings is alike, by meaning and by shared rare words:
company, system and colleagues may be common to all of a candidate's stories. A telling that says itself that it was
another time ("this time", "once more") is no retelling. A false alarm costs a candidate more than a missed retelling,
so the measure leans that way. Not covered: a retelling so free that hardly a word or detail of it returns.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import log

import numpy as np

from interviewer.domain.scorecard import Contradiction, Stories
from interviewer.domain.thread import Thread, threads
from interviewer.domain.transcript import Turn
from interviewer.evidence.clauses import Clause, clauses, count_words
from interviewer.evidence.lexicon import STOPWORDS
from interviewer.evidence.meaning import Meaning, Vectors
from interviewer.evidence.occasions import ONCE, Occasion, dates, deeds, occasion
from interviewer.evidence.quantities import NUMBER_WORDS, Count, Figure, Phrase, counts, figures
from interviewer.evidence.readings import is_answer
from interviewer.evidence.stems import stem
from interviewer.evidence.story_heads import shipped_heads

RESULTS = "Two results for one change."
DURATIONS = "Two lengths of time for one piece of work."
COUNTS = "Two figures for one thing."
DATES = "Two dates for one event."
DOERS = "Two doers of one deed."
SAME = 1.0
SAME_AT_ANOTHER_TIME = 1.15  # another date speaks for another event
_ONE_SUBJECT = 0.6  # how near the tellings are as wholes, at least
_OPENING = 0.3  # of a telling: where it was and what it was about
_FEWEST_WORDS = 25
_COMMON = 2.0  # the idf of a word that every other story has
_FINGERPRINT = 0.06  # what each shared figure after the first adds
_CHANCE = 0.05  # the more is said, the nearer some of it comes to anything
_USUAL_PAIRS = 49
_NEAR_ENOUGH = 1.15  # the same figure, rounded
_DURATIONS_APART = 1.5
_SAME_WORK = 0.3
_SAME_CHANGE = 0.6
_SAME_COUNT = 0.55
_SAME_DEED = 0.5
_SAME_DATED = 0.5
_ANOTHER_TIME = re.compile(
    r"\b(?:(?<!at )this time|once more|once again|another time|yet another|(?:a|the) second time|"
    r"(?:the )?same as we had|as we had for|"
    r"(?:the|a) (?:second|next|later|new) (?:outage|incident|failure|crash)|another (?:outage|incident|failure|crash)|"
    r"like (?:the )?last time|as (?:the )?last time|on duty either)\b"
)
_ONCE_MORE = re.compile(r"\bagain\b|\b(?:months?|years?|weeks) (?:later|on|after that)\b")
_SETUP = 0.4  # of a telling: "again" here says that the event came again, later that somebody tried again
_DENIED = re.compile(r"\b(?:not|never|no|nobody|without|didn't|don't|hasn't|wasn't|haven't)\b")
_CORRECTED = re.compile(r"\b(?:sorry|i meant|i misspoke|correction|i was wrong|let me correct|not \w+ as i said)\b")


@dataclass(frozen=True)
class Told:
    """One answer: where it stands in the loop ("round.turn") and what was said."""

    place: str
    text: str


@dataclass(frozen=True)
class ToldThread:
    """A story as it was told: the answer to the opening question first, then what its follow-ups added."""

    answers: tuple[Told, ...]

    @property
    def opening(self) -> Told:
        return self.answers[0]


def told_threads(turns: Sequence[Turn], place: int, is_story: Callable[[Thread], bool]) -> list[ToldThread]:
    """The stories told in the round at `place`, in order; a thread without an answer is none."""
    return [
        ToldThread(tuple(Told(f"{place}.{n}", turns[n].text) for n in thread.answers))
        for thread in threads(turns, is_answer)
        if thread.answers and is_story(thread)
    ]


@dataclass(frozen=True, eq=False)
class _Telling:
    """What is compared of one answer, read once."""

    text: str
    units: tuple[Clause, ...]
    vectors: Vectors
    places: dict[str, float]
    counts: tuple[Count, ...]
    figures: tuple[Figure, ...]
    occasion: Occasion | None

    @property
    def late(self) -> list[int]:
        return [n for n, u in enumerate(self.units) if u.start > _OPENING * len(self.text)]

    @property
    def measured(self) -> set[tuple[float, tuple[str, ...]]]:
        """Every figure with what it is a figure of."""
        loose = {(round(c.value, 3), c.of) for c in self.counts if c.of}
        return loose | {(round(f.value, 3), (f.measure,)) for f in self.figures}

    def unit_at(self, phrase: Phrase) -> int | None:
        """The shortest unit that holds the phrase's middle."""
        middle = (phrase.start + phrase.end) // 2
        held = [n for n, u in enumerate(self.units) if u.start <= middle < u.end]
        return min(held, key=lambda n: len(self.units[n].text)) if held else None

    def mentions(self, value: float, measure: str) -> bool:
        return any(c.of == (measure,) and _alike(c.value, value) for c in self.counts)


class Retold:
    """Compares the stories of a loop. Answers are read once and kept."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._telling = lru_cache(maxsize=256)(self._read)

    def stories(self, told: Sequence[ToldThread]) -> Stories:
        """Retellings, each with the earliest telling, and contradictions: between tellings, then within a thread."""
        reused: list[tuple[str, str]] = []
        found: list[Contradiction] = []
        for later, second in enumerate(told):
            for first in told[:later]:
                if self.same(first.opening.text, second.opening.text):
                    reused.append((first.opening.place, second.opening.place))
                    found += self.between(first, second)
                    break
            found += self.within(second)
        return Stories(reused=tuple(reused), contradictions=tuple(found))

    def clash(self, earlier: Sequence[ToldThread], current: ToldThread) -> Contradiction | None:
        """The first contradiction between the current thread and an earlier telling of the same story."""
        same = (t for t in earlier if self.same(t.opening.text, current.opening.text))
        return next((c for t in same for c in self.between(t, current)), None)

    def same(self, first: str, second: str) -> bool:
        """Whether both tell one event."""
        if min(count_words(first), count_words(second)) < _FEWEST_WORDS:
            return False
        if _another_time(first) or _another_time(second):
            return False
        a, b = self._telling(first), self._telling(second)
        dated = a.occasion is not None and b.occasion is not None and a.occasion.excludes(b.occasion)
        return self.likeness(first, second) >= (SAME_AT_ANOTHER_TIME if dated else SAME)

    def likeness(self, first: str, second: str) -> float:
        """How alike two tellings are beyond their openings; `SAME` is where it is one story."""
        a, b = self._telling(first), self._telling(second)
        if not a.late or not b.late or _nearness(a, b) < _ONE_SUBJECT:
            return 0.0
        near = a.vectors[a.late] @ b.vectors[b.late].T
        rows, columns = np.sort(near.max(axis=1)), np.sort(near.max(axis=0))
        broad = (rows.mean() + columns.mean()) / 2
        best = (rows[-2:].mean() + columns[-2:].mean()) / 2
        figured = len(a.measured & b.measured)
        chance = _CHANCE * max(0.0, log(len(a.late) * len(b.late) / _USUAL_PAIRS))
        return round(float(broad + best - chance + _shared_words(a, b)) + _FINGERPRINT * max(0, figured - 1), 4)

    def between(self, first: ToldThread, second: ToldThread) -> Iterator[Contradiction]:
        """At most one contradiction each in a number, a date and a doer, between two tellings of one story."""
        pairs = list(product(first.answers, second.answers))
        yield from self._numbers(pairs, across=True)
        a, b = self._telling(first.opening.text), self._telling(second.opening.text)
        if clash := _dates(a, b):
            yield _contradiction(first.opening, second.opening, *clash)
        yield from self._doers(first, second)

    def within(self, thread: ToldThread) -> Iterator[Contradiction]:
        """A number that the answers of one thread give differently."""
        yield from self._numbers(
            [(a, b) for n, b in enumerate(thread.answers) for a in thread.answers[:n] if not _corrects(b.text)],
            across=False,
        )

    def _numbers(self, pairs: Sequence[tuple[Told, Told]], across: bool) -> Iterator[Contradiction]:
        """The first in order. Within a thread a count may differ because it has changed: then it is left alone."""
        for first, second in pairs:
            a, b = self._telling(first.text), self._telling(second.text)
            clash = _changes(a, b) or _durations(a, b) or (_counted(a, b) if across else None)
            if clash:
                yield _contradiction(first, second, *clash)
                return

    def _doers(self, first: ToldThread, second: ToldThread) -> Iterator[Contradiction]:
        """The candidate in one telling and somebody else in the other, for one deed; a "we" contradicts nobody."""
        a, b = self._telling(first.opening.text), self._telling(second.opening.text)
        for one, other in product(deeds(a.text), deeds(b.text)):
            if one.kind != other.kind or one.by_self == other.by_self:
                continue
            once = one.kind in ONCE and _similar(a, b, one.phrase, other.phrase) >= _SAME_DEED
            if once or one.about_what(other):
                yield _contradiction(first.opening, second.opening, one.phrase, other.phrase, DOERS)
                return

    def _read(self, text: str) -> _Telling:
        units, vectors = self._meaning.units(text)
        return _Telling(
            text, tuple(units), vectors, _places(text), tuple(counts(text)), tuple(figures(text)), occasion(text)
        )


def _places(text: str) -> dict[str, float]:
    """Where each stem that is no function word stands first, as a share of the text."""
    found: dict[str, float] = {}
    for match in re.finditer(r"[a-zà-ÿ']{3,}", text.lower().replace("’", "'")):
        word = match.group()
        if "'" not in word.removesuffix("'s") and word not in STOPWORDS and word not in NUMBER_WORDS:
            found.setdefault(stem(word.removesuffix("'s")), match.start() / max(1, len(text)))
    return found


@lru_cache(maxsize=1)
def _rarities() -> tuple[dict[str, float], float]:
    """How rare each stem is among stories, and what a stem counts that no story of ours has."""
    heads = shipped_heads()
    found: dict[str, float] = {}
    for term, place in heads.index.items():
        if re.fullmatch(r"[a-z']+", term):
            found[stem(term)] = min(found.get(stem(term), np.inf), float(heads.idf[place]))
    return found, float(heads.idf.max())


def _rarity(word: str) -> float:
    known, highest = _rarities()
    return max(0.0, known.get(word, highest) - _COMMON)


def _shared_words(a: _Telling, b: _Telling) -> float:
    """The rarity of the words in both and, in one at least, beyond the opening, as a share of the poorer telling."""
    least = 0.25
    whole = min(sum(map(_rarity, sorted(t.places))) for t in (a, b))
    both = sorted(w for w in a.places if w in b.places and max(a.places[w], b.places[w]) > least)
    return sum(map(_rarity, both)) / whole if whole else 0.0


def _nearness(a: _Telling, b: _Telling) -> float:
    """The cosine of the two tellings' mean vectors."""
    one, other = a.vectors.mean(axis=0), b.vectors.mean(axis=0)
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / length if length else 0.0


def _another_time(text: str) -> bool:
    """Whether a telling says that it was not the first event of its kind."""
    said = [c for c in clauses(text) if not _DENIED.search(c.lower)]
    return any(
        _ANOTHER_TIME.search(c.lower) or (c.start < _SETUP * len(text) and _ONCE_MORE.search(c.lower)) for c in said
    )


def _corrects(text: str) -> bool:
    return _CORRECTED.search(text.lower().replace("’", "'")) is not None


def _alike(one: float, other: float, ratio: float = _NEAR_ENOUGH) -> bool:
    low, high = sorted((abs(one), abs(other)))
    return high <= low * ratio if low else high == 0


_Clash = tuple[Phrase, Phrase, str]


def _changes(a: _Telling, b: _Telling) -> _Clash | None:
    """One change with two ends: they share what it was before, or their sentences mean the same."""
    for one, other in product(_only(a.figures, "after"), _only(b.figures, "after")):
        if one.measure != other.measure or _alike(one.value, other.value) or _told_both(a, b, one, other):
            continue
        befores = [f for t in (a, b) for f in t.figures if f.slot == "before" and f.measure == one.measure]
        known = any(a.mentions(f.value, f.measure) and b.mentions(f.value, f.measure) for f in befores)
        if known or _similar(a, b, one.phrase, other.phrase) >= _SAME_CHANGE:
            return one.phrase, other.phrase, RESULTS
    return None


def _durations(a: _Telling, b: _Telling) -> _Clash | None:
    for one, other in product(_only(a.figures, "took"), _only(b.figures, "took")):
        if one.measure != other.measure or _alike(one.value, other.value, _DURATIONS_APART):
            continue
        if not _told_both(a, b, one, other) and _similar(a, b, one.phrase, other.phrase) >= _SAME_WORK:
            return one.phrase, other.phrase, DURATIONS
    return None


def _dates(a: _Telling, b: _Telling) -> _Clash | None:
    """Two times for the event itself, or for what two sentences say that mean the same."""
    if a.occasion and b.occasion and a.occasion.excludes(b.occasion):
        return a.occasion.phrase, b.occasion.phrase, DATES
    for one, other in product(dates(a.text), dates(b.text)):
        if one.excludes(other) and _similar(a, b, one.phrase, other.phrase) >= _SAME_DATED:
            return one.phrase, other.phrase, DATES
    return None


def _only(found: Sequence[Figure], slot: str) -> list[Figure]:
    """The figures of a slot whose measure has one value there."""
    values: dict[str, set[float]] = {}
    for f in found:
        if f.slot == slot:
            values.setdefault(f.measure, set()).add(f.value)
    return [f for f in found if f.slot == slot and len(values[f.measure]) == 1]


def _told_both(a: _Telling, b: _Telling, one: Figure, other: Figure) -> bool:
    """Whether either telling knows the other's figure too: then they are two figures, not one told twice."""
    return b.mentions(one.value, one.measure) or a.mentions(other.value, other.measure)


def _counted(a: _Telling, b: _Telling) -> _Clash | None:
    """How many there were of one thing, in sentences that mean the same."""
    for one, other in product(_single(a.counts), _single(b.counts)):
        if not one.of or one.of != other.of or _alike(one.value, other.value):
            continue
        if _similar(a, b, one.phrase, other.phrase) >= _SAME_COUNT:
            return one.phrase, other.phrase, COUNTS
    return None


def _single(found: Sequence[Count]) -> list[Count]:
    """The counts of what is counted once."""
    return [c for c in found if sum(o.of == c.of for o in found) == 1]


def _similar(a: _Telling, b: _Telling, one: Phrase, other: Phrase) -> float:
    at, to = a.unit_at(one), b.unit_at(other)
    return float(a.vectors[at] @ b.vectors[to]) if at is not None and to is not None else 0.0


def _contradiction(first: Told, second: Told, one: Phrase, other: Phrase, what: str) -> Contradiction:
    return Contradiction(turns=(first.place, second.place), quotes=(one.quote, other.quote), what=what)
