"""A text as words, each with a vector in context.

A text longer than the embedder reads at once goes in pieces. Not covered: what the words are compared with, and how
(`alignment`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from interviewer.evidence.meaning import Vectors

Places = NDArray[np.int64]
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?|\d+(?:[.,]\d+)*")
_PIECE = 110  # words: below the 256 tokens that are read at once, even where words are long
_WORDS_MOST = 1100  # ten pieces: what lies beyond them is no answer to one question
_STOP = frozenset(
    """
    a an the of to in on at by for with from as is are was were be been being am do does did have has had having
    it its this that these those there here i you he she we they them his her our your my me us him which who
    whom what when where why how than then so such and or but if because while also too very can could will
    would should may might must shall just only into onto about over under again both each some any all more
    most other own same s t d ll m re ve one
    """.split()
)
_FUNCTION_WORD = 0.1  # the weight of a word of the list above beside any other's 1


class TokenEmbedder(Protocol):
    """Anything that gives, for each text, the places of its tokens and a row in context for each token."""

    def embed_tokens(self, texts: Sequence[str]) -> list[tuple[Places, Vectors]]: ...


@dataclass(frozen=True, eq=False)
class Words:
    """Row n of `rows` is word n, of unit length."""

    stems: tuple[str, ...]
    weights: NDArray[np.float64]
    rows: Vectors

    def __len__(self) -> int:
        return len(self.stems)

    @property
    def telling(self) -> NDArray[np.intp]:
        """Where the words stand that say something by themselves."""
        return np.flatnonzero(self.weights > _FUNCTION_WORD)

    @property
    def content(self) -> tuple[str, ...]:
        return tuple(self.stems[n] for n in self.telling)


def read_words(embedder: TokenEmbedder, text: str) -> Words:
    """One call to the embedder, so that what a text gets does not depend on the texts read beside it."""
    pieces = _pieces(text)
    found = embedder.embed_tokens([piece.text for piece in pieces])
    rows = [_word_rows(piece, *row) for piece, row in zip(pieces, found, strict=True)]
    words = [word for piece in pieces for word, _, _ in piece.words]
    weights = np.array([_FUNCTION_WORD if word in _STOP else 1.0 for word in words])
    return Words(tuple(_stem(word) for word in words), weights, _stacked(rows))


def passages(text: str) -> list[str]:
    """What `read_words` asks the embedder for."""
    return [piece.text for piece in _pieces(text)]


@dataclass(frozen=True)
class _Piece:
    text: str
    words: tuple[tuple[str, int, int], ...]


def _pieces(text: str) -> list[_Piece]:
    found = [(m.group().lower().replace("’", "'"), m.start(), m.end()) for m in _WORD.finditer(text)][:_WORDS_MOST]
    cuts = [found[n : n + _PIECE] for n in range(0, len(found), _PIECE)]
    return [
        _Piece(text[cut[0][1] : cut[-1][2]], tuple((w, a - cut[0][1], b - cut[0][1]) for w, a, b in cut))
        for cut in cuts
    ]


def _word_rows(piece: _Piece, places: Places, rows: Vectors) -> Vectors:
    """The mean row of each word's tokens, made unit length; zeros for a word that the embedder cut off."""
    ends = np.array([end for _, _, end in piece.words])
    starts = np.array([start for _, start, _ in piece.words])
    word = np.searchsorted(ends, places[:, 0], side="right")
    known = np.flatnonzero(word < len(ends))
    inside = known[places[known, 0] >= starts[word[known]]]
    sums = np.zeros((len(ends), rows.shape[1]), dtype=np.float32)
    np.add.at(sums, word[inside], rows[inside])
    return unit(sums)


def unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / (np.linalg.norm(rows, axis=-1, keepdims=True) + 1e-9), dtype=np.float32)


def _stacked(pieces: list[Vectors]) -> Vectors:
    return np.concatenate(pieces) if pieces else np.zeros((0, 1), dtype=np.float32)


@lru_cache(maxsize=1)
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))
