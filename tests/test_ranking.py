"""Words, points and repeats: the pure parts of a search."""

import pytest

from interviewer.library import ranking
from interviewer.library.bm25 import WordIndex, tokens
from interviewer.library.documents import Passage
from interviewer.library.wording import names_in, spelled_out


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("regularisation", "Regularization"),
        ("behaviour's", "behaviors"),
        ("prioritise", "prioritized"),
        ("LPs", "leadership principles"),
        ("boosting", "boosted"),
        ("MLEs", "machine learning engineers"),
        ("dp", "dynamic programming"),
        ("OOD", "object-oriented design"),
        ("whats a heap", "what's a heap"),
        ("what’s a heap", "heap"),
        ("Résumé or resume?", "résumé cv"),
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


def test_the_embedder_reads_abbreviations_in_full_and_the_rest_as_it_stands():
    asked = "Is DP asked of MLEs, or only ML and a CV?"
    assert spelled_out(asked) == (
        "Is dynamic programming asked of machine learning engineers, or only machine learning and a CV?"
    )


def test_a_name_made_of_small_words_finds_its_heading():
    texts = ["How you would have found out.", "It was right a lot of the time, and a lot was right.", "Other."]
    index = WordIndex(texts, ["Are Right, A Lot: judgement", "Numbers", "Other"])
    assert index.search("what is are right a lot")[0].place == 0
    assert index.search("are right a lot")[0].coverage == 1


def test_names_are_the_short_parts_of_a_heading():
    assert names_in("Judgement > Dive Deep: prove the cause") == {"dive deep", "prove the cause"}
    assert names_in("Earth's Best Employer") == {"earths best employer"}


def test_a_word_in_a_heading_counts_more_than_one_in_the_text():
    index = WordIndex(["drift and the rest", "rest and the rest"], ["Other", "Drift"])
    assert [match.place for match in index.search("drift")] == [1, 0]


def test_a_passage_is_read_under_the_title_of_its_document():
    passage = Passage(id="guide:levels#0", source="levels.md", heading="Scope", kind="guide", text="T", title="Levels")
    assert passage.whole == "Levels > Scope\nT"
    for heading in ("Levels", "Levels > Scope"):
        assert passage.model_copy(update={"heading": heading}).path == heading
    assert passage.model_copy(update={"title": ""}).path == "Scope"


def test_a_document_that_answers_in_several_places_beats_one_near_sentence():
    documents = {"a#0": "a", "b#0": "b", "b#1": "b", "c#0": "c"}
    sizes = {"a": 9, "b": 9, "c": 1}
    scores = ranking.with_support({"a#0": 0.6, "b#0": 0.59, "b#1": 0.55, "c#0": 0.3}, documents, sizes)
    assert scores["b#0"] > scores["a#0"]
    assert scores["c#0"] == pytest.approx(0.3)


def test_further_passages_of_a_document_make_room_for_others():
    scores = ranking.varied({"a#0": 0.6, "a#1": 0.58, "b#0": 0.55}, {"a#0": "a", "a#1": "a", "b#0": "b"})
    assert sorted(scores, key=scores.get, reverse=True) == ["a#0", "b#0", "a#1"]
