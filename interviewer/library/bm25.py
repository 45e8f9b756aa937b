"""The word index: BM25 over passages, in memory, with a English stemmer.

British and American spellings meet in one stem. Not here: other languages (their words match as they stand).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?(?:\+\+|#)?")
_STOP = frozenset(
    """
    a about am an and any are as at be been being but by can could did do does doing for from get had has have having he
    her here his how i if in into is it its itself just me more most my no nor not of on or our ours out over own she
    should so some such than that the their them then there these they this those through to too up very was we were
    what when where which while who whom why will with would you your yours tell give need want like let say im ive
    youre theyre dont doesnt didnt isnt arent wasnt cant wont
    """.split()
)
_ISE = re.compile(r"is(?=(?:ation|ations|e|ed|er|ers|es|ing)$)")
_OUR = re.compile(r"our(?=(?:s|al|able|ed|ing|ite)?$)")
# What candidates write, and what guides write.
_SAME = {
    "lp": ("leadership", "principle"),
    "lps": ("leadership", "principle"),
    "dsa": ("data", "structure", "algorithm"),
    "ds": ("data", "structure"),
    "mle": ("machine", "learning", "engineer"),
    "ml": ("ml", "machine", "learning"),
    "hm": ("hiring", "manager"),
    "oa": ("online", "assessment"),
    "nn": ("neural", "network"),
    "cv": ("cv", "resume"),
    "xgb": ("xgboost",),
}


def tokens(text: str) -> list[str]:
    """Stems of the words that carry meaning."""
    found = [word.replace("’", "'").removesuffix("'s").replace("'", "") for word in _WORD.findall(text.lower())]
    return [_stem(part) for word in found if word not in _STOP for part in _SAME.get(word, (word,))]


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

    def __init__(self, texts: Sequence[str]) -> None:
        self._tokens = [tokens(text) for text in texts]
        self._sets = [frozenset(found) for found in self._tokens]

    def search(self, query: str, allowed: Sequence[bool] | None = None) -> list[Match]:
        """Passages that share a word with the query, best first."""
        asked = list(dict.fromkeys(tokens(query)))
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
