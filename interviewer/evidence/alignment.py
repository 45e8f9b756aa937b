"""How far an answer covers a reference, word by word: the features that `reference` weighs.

A word that the question already holds, or nearly, proves little: it weighs less on both sides. Not covered: who does
what to whom; an answer with the roles of two words swapped keeps most of its features.
"""

import math

import numpy as np
from numpy.typing import NDArray

from interviewer.evidence.meaning import Vectors
from interviewer.evidence.words import Words, unit

Weights = NDArray[np.float64]
Features = dict[str, float]
_DEMOTION = 1.5  # how steeply a word's weight falls as it comes near to a word of the question
_LEAST = 0.05
_LETTERS = 4


def features(question: Words, reference: Words, answer: Words) -> Features:
    """Named, in a fixed order; 0 where an answer or a reference has no words."""
    asked = set(question.stems)
    return {
        **_aligned(question, reference, answer),
        "beyond_question": _beyond_question(question, reference, answer),
        **_shared_stems(asked, reference, answer),
        **_shared_letters(question, reference, answer),
        "echo": _share(answer, asked, answer.weights),
        **_substance(reference, answer),
        "demand": math.log1p(len(reference.content)),
        "amount": _amount(asked, reference, answer),
    }


def nearness(found: Features) -> float:
    """Which of several references an answer is closest to, before anything is weighed."""
    return 2 * found["recall"] + found["letters_recall"]


def _aligned(question: Words, reference: Words, answer: Words) -> Features:
    """Each word of the reference with its nearest in the answer, and the other way round."""
    heavy, light = _demoted(reference, question), _demoted(answer, question)
    both = bool(len(reference) and len(answer))
    pairs = reference.rows @ answer.rows.T if both else np.zeros((1, 1), dtype=np.float32)
    covered, backed = pairs.max(axis=1), pairs.max(axis=0)
    return {
        "recall": _mean(covered, heavy),
        "covered": _mean(_soft_step(covered), heavy),
        "precision": _mean(backed, light),
        "whole": _cosine(heavy @ reference.rows, light @ answer.rows) if both else 0.0,
    }


def _demoted(words: Words, question: Words) -> Weights:
    if not len(question) or not len(words):
        return words.weights
    nearest = (words.rows @ question.rows.T).max(axis=1)
    return np.asarray(words.weights * np.clip(1 - nearest, _LEAST, 1) ** _DEMOTION, dtype=np.float64)


def _soft_step(similarity: Vectors, middle: float = 0.35, steepness: float = 8) -> Vectors:
    """Above about 0.35 two words in context begin to mean the same; far above it, more is not better."""
    return np.asarray(1 / (1 + np.exp(-steepness * (similarity - middle))), dtype=np.float32)


def _beyond_question(question: Words, reference: Words, answer: Words) -> float:
    """The cosine of both texts when the direction of the question is taken out of them."""
    if not len(reference) or not len(answer):
        return 0.0
    wanted, said = reference.rows.mean(axis=0), answer.rows.mean(axis=0)
    if len(question):
        away = unit(question.rows.mean(axis=0))
        wanted, said = wanted - (wanted @ away) * away, said - (said @ away) * away
    return _cosine(wanted, said)


def _shared_stems(asked: set[str], reference: Words, answer: Words) -> Features:
    return {
        "stems_recall": _share(reference, set(answer.stems), _unasked(reference, asked)),
        "stems_precision": _share(answer, set(reference.stems), _unasked(answer, asked)),
    }


def _unasked(words: Words, asked: set[str]) -> Weights:
    return np.asarray(words.weights * [stem not in asked for stem in words.stems], dtype=np.float64)


def _share(words: Words, others: set[str], weights: Weights) -> float:
    return _mean(np.array([stem in others for stem in words.stems], dtype=np.float32), weights)


def _shared_letters(question: Words, reference: Words, answer: Words) -> Features:
    """Runs of four letters forgive a slip of the keyboard and join words of one family."""
    asked = _letters(question)
    wanted, said = _letters(reference) - asked, _letters(answer) - asked
    both = len(wanted & said)
    return {"letters_recall": both / max(1, len(wanted)), "letters_precision": both / max(1, len(said))}


def _letters(words: Words) -> set[str]:
    padded = (f" {stem} " for stem in words.content)
    return {word[n : n + _LETTERS] for word in padded for n in range(max(1, len(word) - _LETTERS + 1))}


def _substance(reference: Words, answer: Words) -> Features:
    """How much of the answer is near the reference, beside the reference's own size; padding hardly counts."""
    wanted = float(reference.weights.sum())
    if not len(answer) or not wanted:
        return {"substance": 0.0, "substance_beside": 0.0}
    said = float(_soft_step((reference.rows @ answer.rows.T).max(axis=0)) @ answer.weights)
    return {"substance": min(1.0, said / wanted), "substance_beside": said / (said + wanted)}


def _amount(asked: set[str], reference: Words, answer: Words) -> float:
    """How many different words of its own the answer has that are near the reference, on a scale that flattens.

    Small talk beside the point takes on some of the meaning around it; the steep step keeps most of it out. Half of
    the reference's own size is taken off: a long reference asks for more, but not for as much more as it is longer.
    """
    own, wanted = _own(answer, asked), reference.telling
    near: Vectors = np.zeros(0, dtype=np.float32)
    if own and len(wanted):
        near = (reference.rows[wanted] @ answer.rows[own].T).max(axis=0)
    said = float(_soft_step(near, middle=0.5, steepness=12).sum())
    return math.log1p(said) - math.log1p(len(_own(reference, asked))) / 2


def _own(words: Words, asked: set[str]) -> list[int]:
    """Where each telling word that the question does not hold stands first."""
    first = {words.stems[n]: int(n) for n in reversed(words.telling) if words.stems[n] not in asked}
    return sorted(first.values())


def _mean(values: Vectors, weights: Weights) -> float:
    total = float(weights.sum())
    return float(values @ weights / total) if total > 0 and len(values) == len(weights) else 0.0


def _cosine(first: NDArray[np.floating], second: NDArray[np.floating]) -> float:
    return float(first @ second / (np.linalg.norm(first) * np.linalg.norm(second) + 1e-9))
