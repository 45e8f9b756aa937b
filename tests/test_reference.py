"""An answer against a reference: each test attacks one property of the score."""

import json
import random
from functools import cache

import numpy as np
import pytest

from interviewer.errors import ContentError
from interviewer.evidence.alignment import features
from interviewer.evidence.reference import WEIGHTS, ReferenceScorer, is_blank, load_weights, says_nothing
from interviewer.evidence.words import passages, read_words
from interviewer.library import MiniLM
from tests.doubles import HashingEmbedder

QUESTION = "What does the learning rate do in gradient descent?"
REFERENCE = (
    "It sets how far the weights move along the negative gradient in each update. Too large a value makes the loss "
    "diverge, too small a value makes training slow."
)
RIGHT = "It decides the size of each step. With steps that are too big the loss blows up; tiny ones take forever."
WRONG = "It is the number of layers that the network has, so more of it means more memory."
PADDING = (
    "This is a very important topic and we discussed it at length in the lecture, and many people on many teams "
    "have an opinion on it, which is why I find it interesting to talk about such things in general."
)
NOTHING = [
    "",
    "  \n",
    "-",
    "...",
    "N/A",
    "n/a",
    "none",
    "No submission.",
    "No response",
    "Empty response.",
    "no answer",
]
KNOWS_NOT = ["I don't know", "i dont know.", 'i don"t know', "idk", "No idea!", "?", "I do not remember", "not sure"]


@cache
def scorer():
    return ReferenceScorer(HashingEmbedder())


@cache
def real():
    return ReferenceScorer(MiniLM())


def score(answer, *, by=None, question=QUESTION, references=(REFERENCE,)):
    return (by or scorer()).judge(question, references, answer).score


@pytest.mark.parametrize("answer", NOTHING)
def test_a_blank_is_zero(answer):
    assert is_blank(answer)
    assert score(answer) == 0.0


@pytest.mark.parametrize("answer", KNOWS_NOT)
def test_not_knowing_is_an_answer_worth_zero_and_no_blank(answer):
    assert not is_blank(answer) or answer == "?"
    assert says_nothing(answer)
    assert score(answer) == 0.0


@pytest.mark.parametrize(
    "answer",
    ["No.", "Yes", "None of the threads holds it.", "A missing answer is -1.", "I don't know why, but it is a tree."],
)
def test_a_short_answer_is_read(answer):
    assert not says_nothing(answer)


def test_the_order_of_scoring_changes_nothing():
    answers = [RIGHT, WRONG, REFERENCE, PADDING, "step size", RIGHT + " " + PADDING]
    straight = {a: score(a, by=ReferenceScorer(HashingEmbedder())) for a in answers}
    random.Random(1).shuffle(answers)
    other = ReferenceScorer(HashingEmbedder())
    assert {a: score(a, by=other) for a in answers} == straight
    assert {a: score(a, by=other) for a in answers} == straight


def test_a_score_is_a_share_whatever_the_text():
    odd = [
        "a",
        "🙂🙂",
        "数据结构",
        "x" * 5000,
        "word " * 3000,
        "1 2 3",
        "the of and",
        "```\nprint(1)\n```",
        "\x00 zero",
    ]
    assert all(0 <= score(answer) <= 1 for answer in odd)
    assert all(0 <= score(RIGHT, question=q) <= 1 for q in ("", "?", "the"))
    assert 0 <= score(RIGHT, references=["…"]) <= 1


def test_the_nearest_of_several_references_counts():
    other = "A stack is last in, first out."
    assert score(REFERENCE, references=[other, REFERENCE]) == score(REFERENCE) > score(REFERENCE, references=[other])


def test_a_text_longer_than_the_embedder_reads_is_read_to_its_end():
    far = " ".join([PADDING] * 12) + " " + REFERENCE
    words = read_words(HashingEmbedder(), far)
    assert len(words) == len(words.rows) > 400
    assert np.linalg.norm(words.rows, axis=1).min() > 0.99
    assert score(far) > score(" ".join([PADDING] * 12)) + 0.2


def test_the_embedder_is_asked_for_what_passages_names():
    asked = []

    class Noting(HashingEmbedder):
        def embed_tokens(self, texts):
            asked.append(list(texts))
            return super().embed_tokens(texts)

    read_words(Noting(), RIGHT)
    assert asked == [passages(RIGHT)]


def test_words_of_the_question_weigh_less_than_words_of_the_reference():
    question, reference, echo, real_answer = (
        read_words(HashingEmbedder(), text)
        for text in (QUESTION, "Learning rate sets step length", "learning rate gradient descent", "step length")
    )
    assert features(question, reference, real_answer)["recall"] > features(question, reference, echo)["recall"]


def test_the_amount_counts_other_words_near_the_reference_once_and_none_of_the_question():
    def amount(answer):
        return features(*(read_words(HashingEmbedder(), text) for text in (QUESTION, REFERENCE, answer)))["amount"]

    nothing = amount("the of")
    assert amount("weights move") > amount("weights") > nothing
    assert amount("weights weights weights") == pytest.approx(amount("weights"))
    assert amount("learning rate gradient descent") == pytest.approx(nothing)
    assert amount("bananas umbrella") < amount("weights move")


def test_every_weight_of_the_score_has_the_sign_that_a_teacher_expects():
    weights = load_weights()
    told = dict(zip(weights.features, weights.score.weights, strict=True))
    against = {"demand"}
    assert all(weight <= 0 if name in against else weight >= 0 for name, weight in told.items())
    assert told["amount"] > 0 < told["recall"]


def test_a_question_and_its_reference_are_read_once():
    asked = []

    class Noting(HashingEmbedder):
        def embed_tokens(self, texts):
            asked.extend(texts)
            return super().embed_tokens(texts)

    by = ReferenceScorer(Noting())
    for answer in (RIGHT, WRONG, PADDING):
        score(answer, by=by)
    assert len(asked) == len(set(asked)) == 5


def test_the_weights_fit_in_a_few_kilobytes_and_name_known_features():
    weights = load_weights()
    assert WEIGHTS.stat().st_size < 30_000
    found = scorer().features(QUESTION, [REFERENCE], RIGHT)
    assert set(weights.features) == set(found)
    assert len(weights.centre) == len(weights.scale) == len(weights.score.weights) == len(weights.features)


@pytest.mark.parametrize("content", ["", "{}", json.dumps({"features": 3})])
def test_broken_weights_are_told_with_the_file(tmp_path, content):
    path = tmp_path / "weights.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ContentError, match=r"weights\.json: the weights cannot be read"):
        score(RIGHT, by=ReferenceScorer(HashingEmbedder(), path))


@pytest.mark.real
def test_other_words_for_the_same_thing_beat_wrong_ones():
    assert score(RIGHT, by=real()) > score(WRONG, by=real()) + 0.15


@pytest.mark.real
def test_the_reference_itself_is_near_full_marks_and_the_question_alone_is_not():
    assert score(REFERENCE, by=real()) > 0.85
    assert score(QUESTION, by=real()) < 0.35
    assert score(PADDING, by=real()) < 0.3


@pytest.mark.real
def test_padding_buys_next_to_nothing():
    gains = [
        score(padded, by=real()) - score(answer, by=real())
        for answer in (RIGHT, WRONG, "It is the step size.", QUESTION)
        for padded in (f"{answer} {PADDING}", f"{PADDING} {answer} {PADDING}")
    ]
    assert np.mean(gains) <= 0.05
    assert max(gains) <= 0.15


@pytest.mark.real
def test_saying_it_ten_times_buys_nothing():
    assert score(" ".join([RIGHT] * 10), by=real()) == score(RIGHT, by=real())


@pytest.mark.real
def test_swapped_roles_do_not_raise_the_score():
    question, reference = (
        "Compare a stack with a queue.",
        "A stack returns the last item first; a queue returns the first item first.",
    )
    straight = "A stack gives back the newest item and a queue gives back the oldest item."
    swapped = "A queue gives back the newest item and a stack gives back the oldest item."
    found = [score(a, by=real(), question=question, references=[reference]) for a in (straight, swapped)]
    assert found[1] <= found[0] + 0.02


@pytest.mark.real
def test_a_shuffled_answer_is_worth_less_than_the_answer():
    words = RIGHT.split()
    random.Random(2).shuffle(words)
    assert score(" ".join(words), by=real()) < score(RIGHT, by=real())


@pytest.mark.real
def test_the_places_of_the_tokens_are_those_of_the_text():
    text = "Overfitting: weights memorise noise."
    (places, rows), (other, _) = MiniLM().embed_tokens([text, "Short."])
    assert [text[a:b] for a, b in places[:3]] == ["Over", "fi", "tting"] or text[: places[-1][1]] == text
    assert len(places) == len(rows) > len(other)
    assert rows.shape[1] == 384
    assert MiniLM().embed_tokens([]) == []
