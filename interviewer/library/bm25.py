"""The word index: BM25 over passages, in memory, with an English stemmer.

British and American spellings meet in one stem; a heading's words count more than the text's, and a heading's name
("are right, a lot") is one word more, so that small words do not hide it. Not here: what abbreviations stand for
(`wording`), and other languages (their words match as they stand).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from interviewer.library.wording import meant, names_in, plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?(?:\+\+|#)?")
_ISE = re.compile(r"is(?=(?:ation|ations|e|ed|er|ers|es|ing)$)")
_OUR = re.compile(r"our(?=(?:s|al|able|ed|ing|ite)?$)")
# A heading says what its passage is about: each of its words counts as often as if the text had said it twice.
_HEADING_COUNTS = 2


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """Stems of the words that carry meaning. Kept: with each file that is added, every passage is indexed anew."""
    found = [word.replace("’", "'").removesuffix("'s").replace("'", "") for word in _WORD.findall(text.lower())]
    return tuple(_stem(part) for word in found for part in meant(word))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    american = _OUR.sub("or", _ISE.sub("iz", word)) if len(word) > 5 else word
    stem: str = _stemmer().stemWord(american)
    return stem


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@dataclass(frozen=True)
class Match:
    """`coverage` is the share of the query's words, each weighted by its rarity, that the passage has."""

    place: int
    score: float
    coverage: float


class WordIndex:
    """Immutable; made anew when passages change, which takes milliseconds."""

    def __init__(self, texts: Sequence[str], headings: Sequence[str] = ()) -> None:
        above = headings or [""] * len(texts)
        names = [names_in(heading) for heading in above]
        self._names = frozenset[str]().union(*names)
        self._tokens = [
            [*tokens(heading) * _HEADING_COUNTS, *tokens(text), *sorted(own)]
            for heading, text, own in zip(above, texts, names, strict=True)
        ]
        self._sets = [frozenset(found) for found in self._tokens]

    def search(self, query: str, allowed: Sequence[bool] | None = None) -> list[Match]:
        """Passages that share a word with the query, best first."""
        asked = self._asked(query)
        if not self._tokens:
            return []
        weights = {word: self._weight(word) for word in asked}
        total = sum(weights.values())
        if not total:
            return []
        scores = self._scores(asked)
        matches = [
            Match(place, float(scores[place]), sum(weights[word] for word in asked if word in own) / total)
            for place, own in enumerate(self._sets)
            if (allowed is None or allowed[place]) and not own.isdisjoint(asked)
        ]
        return sorted(matches, key=lambda match: (-match.score, match.place))

    def _asked(self, query: str) -> list[str]:
        """The query's stems once each, and the names of headings that it calls in full."""
        said = f" {plain(query)} "
        called = sorted(name for name in self._names if f" {name} " in said)
        return list(dict.fromkeys([*tokens(query), *called]))

    @cached_property
    def _ranker(self) -> Any:
        from rank_bm25 import BM25Plus

        return BM25Plus([found or [""] for found in self._tokens], k1=1.2, b=0.6)

    def _scores(self, asked: list[str]) -> "NDArray[np.float64]":
        scores: NDArray[np.float64] = self._ranker.get_scores(asked)
        return scores

    def _weight(self, word: str) -> float:
        """The rarity of a word; a word that no passage has counts as much as the rarest."""
        rarity: dict[str, float] = self._ranker.idf
        return rarity.get(word) or max(rarity.values(), default=0.0)
