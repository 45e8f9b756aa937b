"""Word stems, so that "raises", "raised" and "raising" count as one word. English (Snowball)."""

from functools import lru_cache

import snowballstemmer


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    return str(_stemmer().stemWord(word.lower()))


@lru_cache(maxsize=1)
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")
