"""Phrases and names of a question found among the words of a clause, in any form of each word.

In a phrase `raise|increase threshold` means either word, then the other at most three words later; in `lower_precision`
the second word stands directly beside the first. Not covered: what a found phrase is said of, or whether it is negated.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from interviewer.evidence.stems import stem

_GAP = 3  # words that may stand between two words of a phrase
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?\d*|\d+(?:\.\d+)?")


def tokens_of(lowered: str) -> list[str]:
    """Words and numbers of lower-case text, in order, hyphens cut."""
    return _TOKEN.findall(lowered.replace("-", " "))


def find_phrase(stems: Sequence[str], phrase: str) -> Iterator[tuple[int, ...]]:
    """Every way in which the phrase is said: the places of its words, one for each word that it may begin with."""
    wanted = _phrase(phrase)
    for start, word in enumerate(stems):
        if word in wanted[0][0]:
            places = [start]
            for options, gap in wanted[1:]:
                reach = range(places[-1] + 1, min(len(stems), places[-1] + gap + 2))
                place = next((p for p in reach if stems[p] in options), None)
                if place is None:
                    break
                places.append(place)
            else:
                yield tuple(places)


def begins(phrase: str) -> frozenset[str]:
    """The stems of which a text must hold one for the phrase to be found in it."""
    return _phrase(phrase)[0][0]


@lru_cache(maxsize=4096)
def by_beginning(phrases: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """For each stem the places among `phrases` of those that may begin with it."""
    found: dict[str, list[int]] = {}
    for place, phrase in enumerate(phrases):
        for word in begins(phrase):
            found.setdefault(word, []).append(place)
    return {word: tuple(places) for word, places in found.items()}


def find_name(stems: Sequence[str], name: str) -> Iterator[int]:
    """Where a name begins; its words stand directly side by side."""
    wanted = _phrase(name)
    for at in range(len(stems) - len(wanted) + 1):
        if all(stems[at + n] in options for n, (options, _) in enumerate(wanted)):
            yield at


@lru_cache(maxsize=8192)
def words_of(phrase: str) -> frozenset[str]:
    """The stems that occur anywhere in a phrase."""
    return frozenset().union(*(options for options, _ in _phrase(phrase)))


@lru_cache(maxsize=8192)
def _phrase(phrase: str) -> tuple[tuple[frozenset[str], int], ...]:
    """For each word its stems and how many words may stand between it and the word before it."""
    found: list[tuple[frozenset[str], int]] = []
    for group in phrase.lower().replace("-", " ").split():
        for number, word in enumerate(group.split("_")):
            options = frozenset(stem(t) for option in word.split("|") for t in tokens_of(option)[:1])
            found.append((options, 0 if number else _GAP))
    return tuple(found)
