"""Answers to a question outside the bank, beside the shipped texts that are nearest to the question.

The share comes from `reference`, a scorer trained on graded exam answers: a weak witness. It counts only with words of
the answer that are near to the text, and neither lists of terms nor code nor orders to a machine are shown to it.
Not covered: finding the texts (handed in), points said the wrong way round, and what a share is worth (`grading`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import numpy as np

from interviewer.domain.evidence import Finding
from interviewer.evidence.addressed import without_orders
from interviewer.evidence.assertions import listing
from interviewer.evidence.clauses import sentences
from interviewer.evidence.code_blocks import without_code
from interviewer.evidence.meaning import Embedder, Meaning, Vectors, similarity
from interviewer.evidence.reference import Judgement
from interviewer.evidence.words import Places, TokenEmbedder

_BEARS = 0.45  # the cosine of a unit of the answer with a sentence of the passage


class ExpectedText(Protocol):
    """A passage under the id by which it is cited."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...


class Expects(Protocol):
    """Where the texts for a question come from; the same question always gets the same ones."""

    def near(self, question: str) -> Sequence[ExpectedText]: ...


class Scorer(Protocol):
    def judge(self, question: str, references: Sequence[str], answer: str) -> Judgement: ...


class Remembered:
    """A token embedder that keeps its last few batches: an answer is read once for all the texts that it meets."""

    def __init__(self, embedder: TokenEmbedder) -> None:
        self._kept = lru_cache(maxsize=8)(lambda texts: embedder.embed_tokens(list(texts)))
        marked: TokenEmbedder | None = getattr(embedder, "marked", None)
        self.marked = None if marked is None else Remembered(marked)

    def embed_tokens(self, texts: Sequence[str]) -> list[tuple[Places, Vectors]]:
        return self._kept(tuple(texts))


@dataclass(frozen=True)
class Beside:
    """A thread's answers beside `texts`, the ids of the passages; there are none where nothing was near.

    `shares` has, by the place of the turn, the share of everything said up to there and the passage that gave it;
    `findings` has the words of an answer that bear on a passage.
    """

    texts: tuple[str, ...]
    shares: Mapping[int, tuple[float, str]] = field(default_factory=dict)
    findings: Mapping[int, Finding] = field(default_factory=dict)

    def best(self, upto: int | None = None) -> tuple[float, str] | None:
        """The highest share up to a turn with its passage; 0 without a quote, None where nothing was near."""
        if not self.texts:
            return None
        first = min(self.findings, default=None)
        found = [s for n, s in self.shares.items() if first is not None and first <= n and (upto is None or n <= upto)]
        return max(found, key=lambda share: share[0], default=(0.0, self.texts[0]))


class Comparison:
    """Compares what a thread says with the texts that `expects` has for its question."""

    def __init__(self, expects: Expects, scorer: Scorer, embedder: Embedder) -> None:
        self._expects = expects
        self._meaning = Meaning(embedder)
        self._judged = lru_cache(maxsize=1024)(
            lambda question, text, answer: scorer.judge(question, [text], answer).score
        )

    def of(self, question: str, answers: Mapping[int, str]) -> Beside:
        """`answers` by the place of their turns, in order."""
        texts = tuple(self._expects.near(question))
        said = ""
        shares: dict[int, tuple[float, str]] = {}
        findings: dict[int, Finding] = {}
        for place, answer in answers.items() if texts else ():
            told = statements_only(answer)
            said = f"{said}\n{told}".strip()
            shares[place] = self._share(question, texts, said)
            if (found := self._bearing(texts, told)) is not None:
                findings[place] = found
        return Beside(tuple(t.id for t in texts), shares, findings)

    def _share(self, question: str, texts: Sequence[ExpectedText], said: str) -> tuple[float, str]:
        """Each text by itself, so that the one that an answer is nearest to can be named; the first of equals."""
        found = [(self._judged(question, t.text, said), t.id) for t in texts]
        return max(found, key=lambda share: share[0])

    def _bearing(self, texts: Sequence[ExpectedText], told: str) -> Finding | None:
        units, vectors = self._meaning.units(told)
        if not units:
            return None
        near = [
            similarity(vectors, self._meaning.known(tuple(s.text for s in sentences(t.text)))).max(axis=1)
            for t in texts
        ]
        text, unit = np.unravel_index(int(np.argmax(near)), np.shape(near))
        if near[int(text)][int(unit)] < _BEARS:
            return None
        return Finding(id=texts[int(text)].id, spans=(units[int(unit)].span,), how="meaning")


def statements_only(answer: str) -> str:
    """The same length, with code, orders to a machine and sentences that only list terms blanked."""
    text = without_code(without_orders(answer))
    lists = listing(text)
    for sentence in sentences(text):
        if sentence.sentence in lists:
            text = text[: sentence.start] + re.sub(r"\S", " ", sentence.text) + text[sentence.end :]
    return text
