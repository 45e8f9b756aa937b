"""The scorecard and the transcript as HTML: everything is in it, nothing a candidate said is markup."""

import re
from html.parser import HTMLParser

import pytest

from interviewer.domain.coding import CodeTest, Examined, TestResult
from interviewer.domain.scorecard import (
    BarRaiser,
    CodeCard,
    Contradiction,
    Quote,
    RoundCard,
    Scorecard,
    Stories,
    StudyItem,
    Verdict,
)
from interviewer.domain.transcript import Transcript, TranscriptRound, Turn
from interviewer.report.html import Cited, scorecard_html, transcript_html

ASKED = """Two entries add up.

**A ledger** with `entries` of **any** size,
written over two lines.

- `f([1, "**2**"])` gives `<b>`
- none

```python
def f(entries): **kept**
```

Go."""
EVIL = '<script>alert("x")</script> & "quotes" \'too\''


def verdict(level, **more):
    status = "not_assessed" if level is None else "assessed"
    return Verdict(id="dive_deep.root_cause", name="Finds the cause", level=level, status=status, reason="why", **more)


def card(*criteria, **more):
    held = RoundCard(kind="behavioral", vote="no_hire", score=2.6, persona="jo", working="sum", criteria=criteria)
    given = {
        "decision": "not_inclined",
        "decision_reason": "0 of 1",
        "trust": "How far to trust this",
        "rounds": (held,),
    }
    return Scorecard(level="L5", **({"made_with": {"judge": "rules"}} | given | more))


class Balance(HTMLParser):
    """Fails on a tag that closes another than the last one opened."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def parsed(text):
    parser = Balance()
    parser.feed(text)
    assert parser.open == []
    return parser


def full():
    quote = Quote(turn=1, start=0, end=3, quote=EVIL)
    return card(
        verdict(4, evidence=(quote,), working=EVIL),
        verdict(None),
        debrief=(EVIL,),
        bar_raiser=BarRaiser(round=0, vote="no_hire", veto=True, reason=EVIL),
        study_plan=(
            StudyItem(do=EVIL, why=EVIL, source="guide:a#1"),
            StudyItem(do="b", why="c", source="guide:gone#1"),
        ),
        stories=Stories(
            reused=(("0.1", "1.1"),),
            contradictions=(Contradiction(turns=("0.1", "1.1"), quotes=(EVIL, EVIL), what=EVIL),),
        ),
        decision_reason=EVIL,
        trust=EVIL,
        made_with={"model": EVIL},
    )


def test_nothing_that_was_said_becomes_markup():
    text = scorecard_html(full(), {"jo": EVIL}, {"guide:a#1": Cited(EVIL, EVIL, EVIL)})
    assert "script" not in parsed(text).tags
    assert "<script" not in text
    assert text.count("&lt;script&gt;") >= 12


def test_a_level_and_what_was_not_assessed_look_different():
    low, none = scorecard_html(card(verdict(1))), scorecard_html(card(verdict(None)))
    assert 'aria-label="level 1 of 5"' in low
    assert "not assessed" not in low.lower()
    assert "not assessed" in none
    assert "dots" not in none


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_as_many_dots_are_filled_as_the_level_says(level):
    assert scorecard_html(card(verdict(level))).count('class="on"') == level


def test_a_citation_opens_where_the_passage_is_known_and_is_named_where_it_is_not():
    text = scorecard_html(full(), passages={"guide:a#1": Cited("a.md", "Heading", "The passage.")})
    assert "<summary>Read: Heading <small>a.md</small></summary>" in text
    assert "The passage." in text
    assert "<code>guide:gone#1</code>" in text


def test_every_quote_leads_to_its_turn_in_the_transcript():
    transcript = Transcript.model_validate(
        {
            "version": 1,
            "level": "L5",
            "rounds": [
                {
                    "kind": "behavioral",
                    "persona": "jo",
                    "turns": [{"speaker": "interviewer", "text": "Go"}, {"speaker": "candidate", "text": EVIL}],
                }
            ],
        }
    )
    said = transcript_html(transcript, {"jo": "Jo"})
    parsed(said)
    assert "<script" not in said
    for place in re.findall(r'href="#(turn-[\d-]+)"', scorecard_html(full())):
        assert f'id="{place}"' in said


@pytest.mark.parametrize(("decision", "headline"), [("inclined", "Inclined"), (None, "No decision")])
def test_the_decision_stands_at_the_top(decision, headline):
    assert headline in scorecard_html(card(decision=decision)).partition("</h1>")[0]


def test_a_card_without_rounds_or_advice_says_so():
    text = scorecard_html(card(rounds=(), decision=None))
    assert "No round was played" in text
    assert "Nothing that was assessed came out at 3 or below" in text


def test_code_in_the_transcript_is_code_with_what_came_of_it_and_still_escaped():
    done = Examined(
        problem="x", kind="submit", passed=False, seconds=0, sandbox="t", tests=(TestResult(name="a", verdict="wrong"),)
    )
    said = "Like this:\n```python\nif a < b:\n    pass  # <b>\n```\nThat is it. <i>"
    turns = (
        Turn(speaker="interviewer", text="Write it."),
        Turn(speaker="candidate", text=said, artifacts=(done.artifact(),)),
    )
    held = TranscriptRound(kind="coding", turns=turns)
    shown = transcript_html(Transcript(version=1, level="L5", rounds=(held,)))
    assert "Like this:<pre><code>if a &lt; b:\n    pass  # &lt;b&gt;</code></pre>That is it. &lt;i&gt;</div>" in shown
    assert "Submitted: 0 of 1 tests passed" in shown


def test_code_on_the_scorecard_is_text():
    tests = (CodeTest(name="zeros", verdict="wrong", input="[0]", expected="[<1>]", got="<img>"),)
    code = CodeCard(question_id="x", title="Sums & <b>", turn=3, code="return a < b", hints=("small",), tests=tests)
    card = RoundCard(kind="coding", vote=None, score=None, code=(code,))
    shown = scorecard_html(
        Scorecard(level="L5", decision=None, decision_reason="", trust="", rounds=(card,), made_with={})
    )
    for text in (
        "Sums &amp; &lt;b&gt;",
        "return a &lt; b",
        "got &lt;img&gt;",
        "0 of 1 tests passed",
        "Hints given: small.",
    ):
        assert text in shown


def test_a_question_is_shown_as_markdown_and_words_as_they_were_said():
    asked = Turn(speaker="interviewer", text=ASKED, move="ask")
    told = Turn(speaker="candidate", text="It is **bold** and `code`.")
    page = transcript_html(
        Transcript(version=1, level="L5", rounds=(TranscriptRound(kind="coding", turns=(asked, told)),))
    )
    parsed(page)
    assert "<strong>A ledger</strong> with <code>entries</code> of <strong>any</strong> size, written over" in page
    assert "\u2022 <code>f([1, &quot;**2**&quot;])</code> gives <code>&lt;b&gt;</code>\n\u2022 none" in page
    assert "<pre><code>def f(entries): **kept**</code></pre>" in page
    assert "It is **bold** and `code`." in page


def test_nothing_in_a_question_is_markup_of_its_own():
    asked = Turn(speaker="interviewer", text=f"**{EVIL}** `{EVIL}`", move="ask")
    page = transcript_html(Transcript(version=1, level="L5", rounds=(TranscriptRound(kind="coding", turns=(asked,)),)))
    assert "<script" not in page
    parsed(page)
