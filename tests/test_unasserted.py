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
        "Training on later rows to predict earlier ones, needless to say, I'd not do.",
        "With L2, no, let me begin with L1: it pushes with the same force everywhere.",
        "I'd raise the threshold, wait, lower it, since I want to catch more.",
        "The median comes from the whole table... no, scrap that, from the training part.",
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


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("One hears that bagging lowers the bias, it does not.", ["it does not."]),
        ("It's a popular slogan that the ridge selects features. It shrinks.", ["It shrinks."]),
        (
            "I've met people who shuffle the rows. They get numbers that are too good.",
            ["They get numbers that are too good."],
        ),
        ("One threshold for all classes would be simple. I use several.", ["I use several."]),
        ("“Flat means no effect”. It means that none was seen.", ["It means that none was seen."]),
        (
            "Assume that classes are balanced and the costs are alike. Then accuracy will do.",
            ["Then accuracy will do."],
        ),
        ("We assume linearity in the parameters and errors of one size.", None),
        ("The “effective” sample is smaller.", None),
    ],
)
def test_what_is_reported_or_assumed(text, asserted):
    found = clauses(text)
    said = [c.text for c, manner in zip(found, manners(text, found), strict=True) if manner == "asserted"]
    assert said == (asserted or [c.text for c in found])


def test_a_reason_for_a_no_says_what_would_be():
    text = "Would random folds do? No, since the folds would hold later days. I split by time."
    assert list(manners(text, clauses(text)))[-2:] == ["taken back", "asserted"]
