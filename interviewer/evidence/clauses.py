"""An answer cut into clauses with their offsets, code set apart.

Works on punctuation where there is some and on conjunctions where speech has none. Not a parser: subject and
verb are found by `actors`, and a clause may hold more than one of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from interviewer.domain.evidence import Span
from interviewer.evidence.code_blocks import without_code

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*%?")
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+")
_JOINT = re.compile(
    r",\s+|\s+[–—-]\s+|\s+(?=(?:and|but|so(?!\s+(?:easily|quickly|much|many|far|long|few|often|well)\b)|because|then|which|"
    r"while|until|although|though|whereas)\s)|\s+(?=in [a-z0-9]+ (?:you|we|i|they|it) )",
    re.IGNORECASE,
)
_KEPT = 256  # texts: an answer is cut by everybody who reads it
_SHORTEST = 3  # words; a shorter piece is joined to the one before it


@dataclass(frozen=True)
class Clause:
    """`text` stands at `start` in the answer; `sentence` numbers the sentence that it belongs to."""

    text: str
    start: int
    sentence: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def lower(self) -> str:
        return self.text.lower().replace("’", "'")

    @property
    def span(self) -> Span:
        return Span(start=self.start, end=self.end, quote=self.text)


def count_words(text: str) -> int:
    return len(WORD.findall(text))


def sentences(text: str) -> list[Clause]:
    return list(_sentences(text))


@lru_cache(maxsize=_KEPT)
def _sentences(text: str) -> tuple[Clause, ...]:
    prose = without_code(text)
    return tuple(Clause(t, s, n) for n, (t, s) in enumerate(_pieces(prose, 0, _SENTENCE_END)))


def clauses(text: str) -> list[Clause]:
    """The clauses of every sentence, in order; a piece of under three words is joined to its neighbour."""
    return list(_clauses(text))


@lru_cache(maxsize=_KEPT)
def _clauses(text: str) -> tuple[Clause, ...]:
    found: list[Clause] = []
    for sentence in sentences(text):
        pieces = list(_pieces(sentence.text, sentence.start, _JOINT))
        kept: list[tuple[int, int]] = []
        for piece, start in pieces:
            if kept and (count_words(piece) < _SHORTEST or count_words(text[kept[-1][0] : kept[-1][1]]) < _SHORTEST):
                kept[-1] = (kept[-1][0], start + len(piece))
            else:
                kept.append((start, start + len(piece)))
        found.extend(Clause(text[a:b], a, sentence.sentence) for a, b in kept)
    return tuple(found)


def _pieces(text: str, offset: int, boundary: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    place = 0
    for match in [*boundary.finditer(text), None]:
        end = match.start() if match else len(text)
        raw = text[place:end]
        stripped = raw.strip()
        if stripped:
            yield stripped, offset + place + raw.index(stripped[0])
        place = match.end() if match else end
