"""What the rubrics let the interviewer say: one question a line, short, without praise or a hint."""

import re

import pytest

from interviewer.content.bank import load
from interviewer.domain.rubric import RoundRubric
from interviewer.interviewing.guard import MOST_WORDS, two_questions

_BANK = load()
_HINT = re.compile(
    r"\b(?:for example|such as|e\.g\.|hint|have you considered|you should|did you use|good|great|excellent|well done|nice)\b"
)


def _lines():
    for rubric in (*_BANK.principles.values(), *_BANK.rounds.values()):
        for criterion in rubric.criteria:
            for n, probe in enumerate(criterion.probes):
                yield (
                    f"{rubric.id}.{criterion.id}.{probe.signal}.{n}",
                    probe.text.replace("{quote}", "we made it better"),
                )
    for question in _BANK.all_questions():
        yield from ((f"{question.id}.{c.id}", c.ask) for c in question.claims)
        yield from ((f"{question.id}.{s.id}", s.ask) for s in question.ladder)


LINES = list(_lines())


def test_there_are_lines_for_every_kind_of_question():
    assert len(LINES) > 500
    assert any(isinstance(r, RoundRubric) for r in _BANK.rounds.values())


@pytest.mark.parametrize(("where", "text"), LINES, ids=[w for w, _ in LINES])
def test_a_line_asks_one_short_question_and_gives_nothing_away(where, text):
    lowered = text.lower()
    assert len(text.split()) <= MOST_WORDS, "too long"
    assert text.count("?") <= 1, "two question marks"
    assert not two_questions(lowered), "two questions in one"
    assert not _HINT.search(lowered), "praise or a hint"
