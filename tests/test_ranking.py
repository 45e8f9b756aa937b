"""Words, points and repeats: the pure parts of a search."""

import pytest

from interviewer.library import ranking
from interviewer.library.bm25 import WordIndex, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("regularisation", "Regularization"),
        ("behaviour's", "behaviors"),
        ("prioritise", "prioritized"),
        ("LPs", "leadership principles"),
        ("boosting", "boosted"),
    ],
)
def test_words_that_mean_the_same_have_one_stem(one, other):
    assert tokens(one) == tokens(other)


def test_coverage_weighs_rare_words_more():
    index = WordIndex(["common rare", "common", "common other"])
    by_place = {match.place: match.coverage for match in index.search("common rare")}
    assert by_place[0] == 1
    assert by_place[1] < 0.5


def test_a_word_index_over_nothing_finds_nothing():
    assert WordIndex([]).search("word") == []
    assert WordIndex(["", "🙂"]).search("word") == []


def test_a_passage_high_in_both_rankings_beats_one_at_the_top_of_one():
    shares = ranking.fused([["a", "b", "c"], ["b", "d"]], (1.0, 1.0))
    assert max(shares, key=shares.get) == "b"
    assert shares["b"] == pytest.approx((11 / 12 + 1) / 2)


def test_a_text_that_says_the_same_is_shown_once():
    long = "one two three four five six seven eight nine ten"
    texts = {"a": long, "b": "zero " + long + " eleven", "c": "quite another text about other things"}
    assert ranking.without_repeats(["a", "b", "c"], texts, 5) == ["a", "c"]
