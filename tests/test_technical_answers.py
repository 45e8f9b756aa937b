"""Right answers in many voices are never told that they have a point the wrong way round; swapped ones are.

Read by the rules alone; what meaning adds is measured in docs/judgement.md.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pytest

from interviewer.content.bank import Bank, load
from interviewer.evidence.roles import read_roles

_LABELLED = Path(__file__).parent / "data" / "labelled"
_LEAST_NOTICED = {  # the later sets have questions that nobody has mended for them
    "technical_fourth.jsonl": 0.9,
    "technical_fifth.jsonl": 0.8,
    "technical_sixth.jsonl": 0.7,
}


def _answers(*kinds: str, sets: Iterable[str] = _LEAST_NOTICED) -> list[tuple[str, str]]:
    lines = [line for name in sets for line in (_LABELLED / name).read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    return [(row["question_id"], row["answer"]) for row in rows if row["kind"] in kinds]


@lru_cache(maxsize=1)
def _bank() -> Bank:
    return load()


def _contradicted(question_id: str, answer: str) -> set[str]:
    question = _bank().question(question_id)
    assert question is not None
    return set(read_roles(answer, question)[1])


@pytest.mark.parametrize(("question_id", "answer"), _answers("right", "strong", "tricky", "thin", "keywords"))
def test_nothing_right_is_contradicted(question_id: str, answer: str) -> None:
    assert not _contradicted(question_id, answer)


@pytest.mark.parametrize(("name", "least"), _LEAST_NOTICED.items())
def test_most_swapped_answers_are_noticed(name: str, least: float) -> None:
    swapped = _answers("swapped", sets=(name,))
    noticed = [answer for question_id, answer in swapped if _contradicted(question_id, answer)]
    assert len(noticed) >= least * len(swapped)


@pytest.mark.parametrize(
    ("question_id", "answer"),
    [
        ("l1-or-l2", "I'd pick L2 when I want feature selection, no wait, sorry, L1 is for feature selection."),
        ("bagging-or-boosting", "Bagging trains the models in sequence, no sorry, that is boosting."),
        ("training-serving-skew", "Skew means the world changes over time, no, sorry, that's drift."),
    ],
)
def test_what_is_taken_back_at_once_is_not_held_against_anybody(question_id: str, answer: str) -> None:
    assert not _contradicted(question_id, answer)


@pytest.mark.parametrize(
    ("question_id", "answer"),
    [
        ("two-models-85-82", "The smaller the test set, the more reliable the difference."),
        ("demand-forecasting", "If stock-outs are expensive, order a low quantile."),
        ("product-except-self", "It's the most robust way, as division handles zeros."),
        ("l1-or-l2", "Ridge has sharp corners on the axes, so many coefficients come out as exact zeros."),
    ],
)
def test_a_clause_is_read_with_what_it_depends_on(question_id: str, answer: str) -> None:
    assert _contradicted(question_id, answer)
