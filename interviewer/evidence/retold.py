"""The same story told twice in a loop, and where two tellings of it cannot both be true.

How alike two tellings are is for `likeness`, what they contradict each other in for `discords`. A telling that says
itself that it was another time ("this time", "once more") is no retelling. A false alarm costs a candidate more than a
missed retelling, so the thresholds lean that way. Not covered: a retelling so free that hardly a detail of it returns.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from interviewer.domain.scorecard import Contradiction, Stories
from interviewer.domain.thread import Thread, threads
from interviewer.domain.transcript import Turn
from interviewer.evidence.changes import changes
from interviewer.evidence.clauses import clauses, count_words
from interviewer.evidence.corrections import corrects
from interviewer.evidence.discords import (
    COUNTS,
    DATES,
    DOERS,
    DURATIONS,
    RESULTS,
    Clash,
    Telling,
    date_clash,
    doer_clash,
    number_clash,
)
from interviewer.evidence.likeness import DENIED, Likeness
from interviewer.evidence.meaning import Meaning
from interviewer.evidence.quantities import counts
from interviewer.evidence.readings import Subject, is_answer, is_project, is_story

__all__ = ["COUNTS", "DATES", "DOERS", "DURATIONS", "RESULTS", "Retold", "Told", "ToldThread", "told_threads"]

_FEWEST_WORDS = 25
_ANOTHER_TIME = re.compile(
    r"\b(?:(?<!at )this time|once more|once again|another time|yet another|(?:a|the) second time|"
    r"(?:the )?same as we had|as we had for|"
    r"(?:the|a) (?:second|next|later|new) (?:outage|incident|failure|crash)|another (?:outage|incident|failure|crash)|"
    r"like (?:the )?last time|as (?:the )?last time|on duty either)\b"
)
_AGAIN = re.compile(r"\bagain\b")
_TAKEN_BACK = re.compile(r"\b(?:sorry|i meant|i was wrong|not \w+ as i said)\b")


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


class Retold:
    """Compares the stories of a loop. Answers are read once and kept."""

    def __init__(self, meaning: Meaning) -> None:
        self._likeness = Likeness(meaning)
        self._telling = lru_cache(maxsize=256)(lambda text: Telling(text, meaning))

    def stories(self, told: Sequence[ToldThread], projects: Sequence[ToldThread] = ()) -> Stories:
        """Retellings, each with the earliest telling, and contradictions: between tellings, then within a thread.

        Of what was told of `projects`, only changes are compared that one thread gives differently.
        """
        reused: list[tuple[str, str]] = []
        found: list[Contradiction] = []
        for later, second in enumerate(told):
            for first in told[:later]:
                if self.same(first.opening.text, second.opening.text):
                    reused.append((first.opening.place, second.opening.place))
                    found += self.between(first, second)
                    break
            found += self.within(second)
        for thread in projects:
            found += _moved(thread)
        return Stories(reused=tuple(reused), contradictions=tuple(found))

    def clash(self, earlier: Sequence[ToldThread], current: ToldThread) -> Contradiction | None:
        """The first contradiction between the current thread and an earlier telling of the same story."""
        same = (t for t in earlier if self.same(t.opening.text, current.opening.text))
        return next((c for t in same for c in self.between(t, current)), None)

    def own_clash(
        self, turns: Sequence[Turn], place: int, subject: Callable[[Thread], Subject | None]
    ) -> Contradiction | None:
        """The first contradiction between the answers of the thread that is open in the round at `place`."""
        every = threads(turns, is_answer)
        if not every or not every[-1].answers:
            return None
        told, about = told_threads(turns, place, lambda _: True), subject(every[-1])
        if is_story(about):
            return next(self.within(told[-1]), None)
        return next(_moved(told[-1]), None) if is_project(about) else None

    def same(self, first: str, second: str) -> bool:
        """Whether both tell one event."""
        if min(count_words(first), count_words(second)) < _FEWEST_WORDS:
            return False
        if another_time(first) or another_time(second):
            return False
        return self._likeness.score(first, second) > 0

    def between(self, first: ToldThread, second: ToldThread) -> Iterator[Contradiction]:
        """At most one contradiction each in a number, a date and a doer, between two tellings of one story."""
        corrected = [t.text for t in (*first.answers, *second.answers) if corrects(t.text)]
        pairs = list(product(first.answers, second.answers))
        yield from (c for c in self._numbers(pairs, across=True) if not _put_right(c.quotes, corrected))
        a, b = self._telling(first.opening.text), self._telling(second.opening.text)
        for find in (date_clash, doer_clash):
            if clash := find(a, b):
                yield _contradiction(first.opening, second.opening, clash)

    def within(self, thread: ToldThread) -> Iterator[Contradiction]:
        """A number that the answers of one thread give differently."""
        found = [*self._numbers(_pairs(thread), across=False)]
        yield from found or _moved(thread)

    def _numbers(self, pairs: Sequence[tuple[Told, Told]], across: bool) -> Iterator[Contradiction]:
        """The first in order. Within a thread a count may differ because it has changed: then it is left alone."""
        for first, second in pairs:
            a, b = self._telling(first.text), self._telling(second.text)
            if clash := number_clash(a, b, across):
                yield _contradiction(first, second, clash)
                return


def _pairs(thread: ToldThread) -> list[tuple[Told, Told]]:
    """Each answer with those after it, as long as nothing is corrected in between."""
    told = thread.answers
    return [
        (a, b)
        for n, b in enumerate(told)
        for m, a in enumerate(told[:n])
        if not any(_corrects(c.text) for c in told[m + 1 : n + 1])
    ]


def _moved(thread: ToldThread) -> Iterator[Contradiction]:
    """The first change that two answers of a thread put differently."""
    for first, second in _pairs(thread):
        for one, other in product(changes(first.text), changes(second.text)):
            if one.contradicts(other):
                yield _contradiction(first, second, (one.phrase, other.phrase, RESULTS))
                return


def another_time(text: str) -> bool:
    """Whether a telling says that it was not the first event of its kind."""
    said = [c.lower for c in clauses(text) if not DENIED.search(c.lower)]
    return any(_ANOTHER_TIME.search(c) for c in said) or any(_AGAIN.search(c) for c in said[:1])


def _corrects(text: str) -> bool:
    return corrects(text) or _TAKEN_BACK.search(text.lower().replace("’", "'")) is not None


def _put_right(quotes: tuple[str, str], corrected: Sequence[str]) -> bool:
    """Whether a number in which two tellings differ is one that the candidate has corrected."""
    one, other = ({c.value for c in counts(q)} for q in quotes)
    return any(c.value in one ^ other for text in corrected for c in counts(text))


def _contradiction(first: Told, second: Told, clash: Clash) -> Contradiction:
    one, other, what = clash
    return Contradiction(turns=(first.place, second.place), quotes=(one.quote, other.quote), what=what)
