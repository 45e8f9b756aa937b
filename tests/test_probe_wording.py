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


def fault(text):
    lowered = text.lower()
    if len(text.split()) > MOST_WORDS:
        return "too long"
    if text.count("?") > 1:
        return "two question marks"
    if two_questions(lowered):
        return "two questions in one"
    return "praise or a hint" if _HINT.search(lowered) else None


@pytest.mark.parametrize("about", sorted({w.split(".")[0] for w, _ in LINES}))
def test_each_line_asks_one_short_question_and_gives_nothing_away(about):
    own = [(where, text) for where, text in LINES if where.split(".")[0] == about]
    assert own
    assert [(where, text, why) for where, text in own if (why := fault(text))] == []
