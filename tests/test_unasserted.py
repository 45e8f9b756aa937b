"""What is said without being asserted: questions, words taken back, proposals set aside, another's belief."""

import pytest

from interviewer.evidence.clauses import clauses
from interviewer.evidence.unasserted import asked, manners


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Should the threshold stay at one half? There is no reason.", ["Should the threshold stay at one half?"]),
        ("It is cheap, so why would I use boosting here?", ["why would I use boosting here?"]),
        ("One huge network for every visit? That is too slow.", ["One huge network for every visit?"]),
        ("If my tree underfits, would I bag it? No.", ["If my tree underfits, would I bag it?"]),
        ("And the misses, which one do they hurt?", ["And the misses, which one do they hurt?"]),
        ("L1 gives zeros, right? I use it.", []),
        ("L1 gives zeros, doesn't it?", []),
        ("Do you have to scale before, you don't.", ["Do you have to scale before"]),
        ("Do the split by time. Is cheaper, too.", []),
        ("Has fewer parameters. Can run in parallel.", []),
    ],
)
def test_where_a_text_asks(text, questions):
    found = [text[start:end] for start, end in asked(text)]
    assert [f.lstrip(", so").strip() for f in found] == [q.lstrip(", so").strip() for q in questions]


@pytest.mark.parametrize(
    "text",
    [
        "I'd take the A/B test... no, sorry, the bandit.",
        "The bonus grows with, hold on, shrinks with the showings.",
        "MAE is the one that outliers hit, no, RMSE.",
        "Warm-up means you begin high and go lower, no, sorry, begin low.",
        "Impurity should go up, I mean down.",
        "The former gets all the way to zero, I mean L1.",
        "A single threshold for everything, I wouldn't do that.",
        "I'd write the feature twice, no, exactly not, once.",
    ],
)
def test_what_is_taken_back_or_set_aside(text):
    assert next(iter(manners(text, clauses(text)))) == "taken back"


@pytest.mark.parametrize(
    "text",
    [
        "It is not impossible, no, but rare.",
        "I mean that L1 gives zeros.",
        "There is no threshold that suits everybody.",
        "The other one, boosting I mean, goes at bias.",
        "I would do that by time.",
    ],
)
def test_what_only_looks_like_a_correction(text):
    assert set(manners(text, clauses(text))) == {"asserted"}


def test_a_reason_for_a_no_says_what_would_be():
    text = "Would random folds do? No, since the folds would hold later days. I split by time."
    assert list(manners(text, clauses(text)))[-2:] == ["taken back", "asserted"]
