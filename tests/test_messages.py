"""A stored interview as chat messages: what a candidate typed is text, whatever it looks like."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.interview import RoundState
from interviewer.domain.loop import PlannedQuestion, RoundPlan
from interviewer.domain.transcript import Turn
from interviewer.ui.messages import THINKING, as_text, inert, messages

PLAN = RoundPlan(kind="coding", minutes=5, persona="someone", questions=(PlannedQuestion(question_id="coin-change"),))


def held(*turns):
    return RoundState(plan=PLAN, turns=tuple(Turn(**t) for t in turns))


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("plain words, (with) marks!", "plain words, (with) marks!"),
        ("<b>bold</b>", "&#60;b&#62;bold&#60;/b&#62;"),
        ("**bold** and _this_", "&#42;&#42;bold&#42;&#42; and &#95;this&#95;"),
        ("[a](javascript:alert(1))", "&#91;a&#93;(javascript:alert(1))"),
        ("# head", "&#35; head"),
        ("- item\n1. first", "&#45; item\n1&#46; first"),
        ("see https://a.b and www.c.d or x@y.z", "see https&#58;//a.b and www&#46;c.d or x&#64;y.z"),
        ("already &lt; escaped", "already &#38;lt; escaped"),
        ("use `k < 3` here", "use `k < 3` here"),
        ("    indented", "&nbsp;&nbsp;&nbsp;&nbsp;indented"),
    ],
)
def test_what_was_typed_stays_text(typed, sent):
    assert as_text(typed) == sent


@given(st.text())
def test_inert_text_reads_back_as_it_was_and_holds_nothing_active(text):
    sent = inert(text)
    assert not re.search(r"[<>*_\[\]`$\\~|@]", sent)
    assert not re.search(r"^[#+=-]", sent, re.M)
    back = html.unescape(sent).replace("\xa0", " ")
    assert back.split() == text.replace("\xa0", " ").split()


def test_fenced_code_is_a_block_that_its_body_cannot_leave():
    assert as_text("so:\n```python\nx = 1\n```\ndone") == "so:\n\n```python\nx = 1\n```\n\ndone"
    assert as_text("~~~\na\n```\nb\n~~~") == "````text\na\n```\nb\n````"


def test_a_language_that_would_be_drawn_becomes_text():
    assert as_text("```mermaid\ngraph TD\n```") == "```text\ngraph TD\n```"


def test_an_unclosed_fence_takes_the_rest():
    assert as_text("```\nx = '<b>'") == "```text\nx = '<b>'\n```"


def test_an_empty_answer_is_a_message_all_the_same():
    assert as_text("  \n") == "&nbsp;"


def test_only_an_opening_question_of_ours_is_markdown():
    shown = messages(
        held(
            {"speaker": "interviewer", "text": "Use `nums`, **please**.", "move": "ask"},
            {"speaker": "candidate", "text": "**no**"},
            {"speaker": "interviewer", "text": "You said **no**?", "move": "probe"},
        )
    )
    assert [m["content"] for m in shown] == [
        "Use `nums`, **please**.",
        "&#42;&#42;no&#42;&#42;",
        "You said &#42;&#42;no&#42;&#42;?",
    ]
    assert [m["role"] for m in shown] == ["assistant", "user", "assistant"]


def test_a_statement_beside_the_conversation_is_not_in_it_too():
    turn = {"speaker": "interviewer", "text": "Hello. Count.\n\n**Coins**\n\nGiven coins.", "move": "ask"}
    assert messages(held(turn), beside="**Coins**\n\nGiven coins.")[0]["content"] == "Hello. Count."


def test_the_line_being_spoken_is_the_last_message():
    assert messages(held(), speaking="")[-1]["content"] == THINKING
    assert messages(held(), speaking="What did *you* do")[-1]["content"] == "What did &#42;you&#42; do"
