"""Word stems, so that "raises", "raised" and "raising" count as one word. English (Snowball)."""

from functools import lru_cache

import snowballstemmer

# What Snowball merges with a word of another meaning ("precision", "the mean", "hard", "it") or parts from its own.
_EXCEPTIONS = {w: w for w in ("means", "precise", "precisely", "hardly", "lately", "it's")} | {"goes": "go"}


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    lowered = word.lower()
    return _EXCEPTIONS.get(lowered) or str(_stemmer().stemWord(lowered))


@lru_cache(maxsize=1)
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")
