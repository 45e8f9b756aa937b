"""Word stems, so that "raises", "raised" and "raising" count as one word. English (Snowball)."""

from functools import lru_cache

import snowballstemmer

# Words that Snowball merges with another of a different meaning ("precision", "the mean", "hard").
_APART = frozenset({"means", "precise", "precisely", "hardly", "lately", "it's"})


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    lowered = word.lower()
    return lowered if lowered in _APART else str(_stemmer().stemWord(lowered))


@lru_cache(maxsize=1)
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")
