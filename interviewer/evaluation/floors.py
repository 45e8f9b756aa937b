"""What a grader without understanding reaches: the length of an answer, and the words it shares with its reference.

A grader that does not beat both has learnt nothing. Not covered: floors that look at the scores.
"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from interviewer.evaluation.graded_answers import GradedAnswer
from interviewer.evaluation.statistics import Numbers
from interviewer.evidence.clauses import WORD

_Vector = dict[str, float]


def length(answers: Sequence[GradedAnswer]) -> Numbers:
    """The logarithm of the number of words, as a share of the longest answer's."""
    counts = np.array([math.log1p(len(WORD.findall(a.student_answer))) for a in answers])
    return np.asarray(counts / max(1e-9, float(counts.max(initial=0))), dtype=np.float64)


def tf_idf(answers: Sequence[GradedAnswer]) -> Numbers:
    """The cosine with the nearest reference; a word counts for less the more texts of the file hold it."""
    texts = {text for a in answers for text in (a.student_answer, *a.references)}
    found = Counter(word for text in texts for word in set(_words(text)))
    rarity = {word: math.log((1 + len(texts)) / (1 + n)) + 1 for word, n in found.items()}
    return np.array(
        [max(_cosine(_vector(a.student_answer, rarity), _vector(r, rarity)) for r in a.references) for a in answers]
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def _vector(text: str, rarity: dict[str, float]) -> _Vector:
    return {word: n * rarity[word] for word, n in Counter(_words(text)).items()}


def _cosine(first: _Vector, second: _Vector) -> float:
    scale = math.sqrt(sum(v * v for v in first.values()) * sum(v * v for v in second.values()))
    return sum(v * second.get(word, 0.0) for word, v in first.items()) / scale if scale else 0.0
