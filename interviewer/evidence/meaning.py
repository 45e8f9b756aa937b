"""Clauses compared with sentences by meaning, through an embedder that the caller hands in.

The sentences of a question (claims, paraphrases, misconceptions, cues) are embedded once and kept; an answer costs one
batch. Not covered: the embedder itself (`library`), and what a similarity means for a claim (`claims`).
"""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from interviewer.evidence.assertions import listing
from interviewer.evidence.clauses import Clause, clauses, count_words, sentences

Vectors = NDArray[np.float32]
_UNITS_MOST = 30
_LONG_SENTENCE = 16  # words; a shorter one is not cut up
_WHOLE_MOST = 60


class Embedder(Protocol):
    """Anything that turns n texts into an (n, d) float32 array of unit vectors."""

    def embed(self, texts: Sequence[str]) -> Vectors: ...


class Said:
    """The units of an answer, with their vectors, which are made when somebody first looks at them."""

    def __init__(self, units: list[Clause], embedder: Embedder) -> None:
        self.units = units
        self._embedder = embedder

    @cached_property
    def vectors(self) -> Vectors:
        """(units, d)"""
        texts = [unit.text for unit in self.units]
        return self._embedder.embed(texts) if texts else np.zeros((0, 1), np.float32)


class Meaning:
    """Similarities between the units of an answer and sets of known sentences."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.known = lru_cache(maxsize=512)(self._known)

    def _known(self, texts: tuple[str, ...]) -> Vectors:
        return self._embedder.embed(list(texts))

    def said(self, text: str) -> Said:
        """The sentences and clauses of an answer that are long enough and assert something."""
        return Said(units_of(text), self._embedder)

    def units(self, text: str) -> tuple[list[Clause], Vectors]:
        """The same, with their vectors at once."""
        said = self.said(text)
        return said.units, said.vectors


def units_of(text: str) -> list[Clause]:
    """Short sentences whole, long ones by their clauses; at most 30, the longest first to stay.

    Nothing is looked at twice, as a clause and in its sentence: the time goes by the words.
    """
    lists = listing(text)
    every = [s for s in sentences(text) if s.sentence not in lists]
    long = {s.sentence for s in every if count_words(s.text) > _LONG_SENTENCE}
    parts = [c for c in clauses(text) if c.sentence in long and count_words(c.text) >= 5]
    pieces = Counter(c.sentence for c in parts)
    units = [s for s in every if pieces[s.sentence] < 2 and 3 <= count_words(s.text) <= _WHOLE_MOST]
    units += [c for c in parts if pieces[c.sentence] > 1]
    if len(units) > _UNITS_MOST:
        units = sorted(units, key=lambda u: -min(count_words(u.text), 30))[:_UNITS_MOST]
    return sorted(units, key=lambda u: (u.start, u.end))


def similarity(units: Vectors, known: Vectors) -> Vectors:
    """The cosine of each unit (rows) with each known sentence (columns)."""
    return np.asarray(units @ known.T, dtype=np.float32)
