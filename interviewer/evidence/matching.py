"""A reference and an answer matched word by word in vectors trained on marked exams, and what that is worth.

Each word is laid beside the mix of the other text's words that is nearest to it (decomposable attention, Parikh et
al. 2016); a small head weighs what the two have in common and how they differ, beside how much is covered and the
features of the plain line. Trained by `interviewer.evaluation.train_matching`, which has the same arithmetic in torch.
Not covered: the vectors (`library.mark_layers`), and how far the result is trusted (`reference`).
"""

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from interviewer.errors import ContentError
from interviewer.evidence.meaning import Vectors
from interviewer.evidence.words import Words

Row = NDArray[np.float64]
WEIGHTS = Path(__file__).parent / "models" / "matching.npz"
SHARPNESS = 20.0  # of the mix: close to the nearest word alone
STEP = (0.35, 8.0)  # from where on words are near, and how suddenly
OWN = (0.5, 12.0)  # the same for words that count towards the amount
LEAST, DEMOTION = 0.05, 1.5  # of a word that the question has
SUMS = 7


@dataclass(frozen=True, eq=False)
class Head:
    """What training leaves behind.

    `wanted` and `said` ((hidden, 768), with their offsets): how a word of the reference, or of the answer, is
    compared with its match. `weights` (hidden of both, SUMS, features of the line): what that is worth.
    """

    wanted: Vectors
    wanted_offset: Vectors
    said: Vectors
    said_offset: Vectors
    weights: Vectors
    offset: Vectors
    scale: Vectors

    def value(self, question: Words, reference: Words, answer: Words, columns: Row, line: float) -> float:
        """The share of full marks to expect, not yet kept between 0 and 1.

        `columns` and `line` are the plain line's features of the three texts, scaled, and its value.
        """
        if not len(reference) or not len(answer):
            return line
        heavy, light = _demoted(reference, question), _demoted(answer, question)
        near = reference.rows @ answer.rows.T
        to_answer, to_reference = _softmax(SHARPNESS * near, 1), _softmax(SHARPNESS * near, 0)
        covered, backed = (to_answer * near).sum(1), (to_reference * near).sum(0)
        share, part = heavy / heavy.sum(), light / light.sum()
        sums = [
            covered @ share,
            _step(covered, *STEP) @ share,
            backed @ part,
            _step(backed, *STEP) @ part,
            _cosine(heavy @ reference.rows, light @ answer.rows),
            np.log1p(_step(backed, *OWN) @ light),
            np.log1p(heavy.sum()),
        ]
        compared = (
            share @ _compared(reference.rows, to_answer @ answer.rows, self.wanted, self.wanted_offset),
            part @ _compared(answer.rows, to_reference.T @ reference.rows, self.said, self.said_offset),
        )
        seen = np.concatenate([*compared, sums, columns])
        return float(self.scale * line + self.weights @ seen + self.offset)


@lru_cache(maxsize=4)
def load_head(path: Path = WEIGHTS) -> Head:
    """Raises ContentError where the file is missing or no such head."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            head = Head(**{each.name: stored[each.name].astype(np.float32) for each in fields(Head)})
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as fault:
        raise ContentError(f"{path}: the weights cannot be read ({fault}); train them again or reinstall") from fault
    return head


def _demoted(words: Words, question: Words) -> Row:
    if not len(question):
        return words.weights
    nearest = (words.rows @ question.rows.T).max(axis=1)
    return np.asarray(words.weights * np.clip(1 - nearest, LEAST, 1) ** DEMOTION, dtype=np.float64)


def _compared(words: Vectors, matches: Vectors, weights: Vectors, offset: Vectors) -> Vectors:
    sight = np.concatenate([words * matches, words - matches], axis=1) @ weights.T + offset
    return np.asarray(0.5 * sight * (1 + np.tanh(np.sqrt(2 / np.pi) * (sight + 0.044715 * sight**3))))


def _softmax(values: Vectors, axis: int) -> Vectors:
    raised = np.exp(values - values.max(axis=axis, keepdims=True))
    return np.asarray(raised / raised.sum(axis=axis, keepdims=True))


def _step(values: Vectors, middle: float, steepness: float) -> Vectors:
    return np.asarray(1 / (1 + np.exp(-steepness * (values - middle))))


def _cosine(first: Row, second: Row) -> float:
    return float(first @ second / (np.linalg.norm(first) * np.linalg.norm(second) + 1e-9))
