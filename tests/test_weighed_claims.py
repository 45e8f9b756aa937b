"""What trained layers say of the remarks of an answer, and how that is set against what phrases find."""

import numpy as np
import pytest

from interviewer.content.bank import load
from interviewer.evidence.assertions import notes
from interviewer.evidence.claims import read_claims
from interviewer.evidence.meaning import Meaning
from interviewer.evidence.weighed_claims import UNWEIGHED, remarks, weigh_claims
from tests.doubles import HashingEmbedder

SPARSE, SHRINKS, WHICH, GEOMETRY, TWINS = "l1-sparse", "l2-shrinks", "when-which", "why-geometry", "correlated-features"
LONG = (
    "If the team is small I keep the thing simple and look at the plots first, and then we go on to something larger "
    "because nobody wants to wait for weeks, so that in the end everyone is happy with it"
)


@pytest.fixture(scope="module")
def question():
    return load().question("l1-or-l2")


def hears(question, told, unknown=()):
    """Layers that hear in a remark that holds a word what `told` says of it: {word: {claim: (stating, turned)}}."""

    def weigh(claims, said):
        logits = np.full((len(said), len(claims), 2), -9.0, dtype=np.float32)
        by_text = {c.text: c.id for c in question.claims}
        for row, remark in enumerate(said):
            for word, its in told.items():
                for column, text in enumerate(claims):
                    if word in remark and by_text[text] in its:
                        logits[row, column] = its[by_text[text]]
        for column, text in enumerate(claims):
            if by_text[text] in unknown:
                logits[:, column] = np.nan
        return logits

    return weigh


def read(text, question, told=None, unknown=()):
    meaning = Meaning(HashingEmbedder())
    weigh = hears(question, told, unknown) if told is not None else None
    weighed = weigh_claims(weigh, text, question) if weigh else UNWEIGHED
    covered, contradicted = read_claims(meaning, text, meaning.said(text), question, weighed)
    return [{f.id: f.spans[0].quote for f in found} for found in (covered, contradicted)]


def test_a_claim_in_unforeseen_words_is_covered_and_quoted(question):
    text = "Hm, let me see. The diamond one throws half of my columns into the bin. That helps."
    covered, contradicted = read(text, question, {"diamond": {SPARSE: (3.0, -2.0)}})
    assert covered[SPARSE] == "The diamond one throws half of my columns into the bin."
    assert not contradicted


@pytest.mark.parametrize("logits", [(0.5, 0.1), (-0.5, -4.0), (3.0, 2.5)])
def test_without_a_lead_or_a_clear_voice_nothing_is_covered(question, logits):
    assert SPARSE not in read("The diamond one does the thing.", question, {"diamond": {SPARSE: logits}})[0]


def test_what_a_phrase_credits_is_taken_back_where_the_layers_hear_the_opposite(question):
    text = "Ridge shrinks all the weights smoothly and evenly."
    assert SHRINKS in read(text, question)[0]
    assert SHRINKS in read(text, question, {"Ridge": {SHRINKS: (0.0, 1.0)}})[0]
    covered, contradicted = read(text, question, {"Ridge": {SHRINKS: (-3.0, 2.0)}})
    assert SHRINKS not in covered
    assert not contradicted


def test_what_a_phrase_calls_wrong_is_let_go_where_the_layers_are_sure_of_the_right(question):
    text = "Ridge gives you exact zeros, so the model is sparse."
    assert SPARSE in read(text, question)[1]
    assert SPARSE in read(text, question, {"Ridge": {SPARSE: (2.0, 0.0)}})[1]
    assert SPARSE not in read(text, question, {"Ridge": {SPARSE: (6.0, -3.0)}})[1]


def test_the_layers_alone_flag_only_an_answer_that_speaks_against_its_claims_as_a_whole(question):
    text = "The alpha thing holds. The beta thing holds. The gamma thing holds. The delta thing holds."
    wrong = {
        "alpha": {SPARSE: (-3.0, 3.0)},
        "beta": {SHRINKS: (-3.0, 3.0)},
        "gamma": {WHICH: (-3.0, 3.0)},
    }
    assert read(text, question, {"alpha": wrong["alpha"]})[1] == {}
    flagged = read(text, question, wrong)[1]
    assert flagged == {
        SPARSE: "The alpha thing holds.",
        SHRINKS: "The beta thing holds.",
        WHICH: "The gamma thing holds.",
    }
    outweighed = {**wrong, "delta": {GEOMETRY: (4.0, -4.0), TWINS: (4.0, -4.0)}}
    assert read(text, question, outweighed)[1] == {}


def test_a_claim_that_the_layers_do_not_know_is_compared_by_meaning(question):
    text = next(c.text for c in question.claims if c.id == TWINS)
    assert TWINS in read(text, question, {})[0]  # by its phrases
    bare = question.model_copy(
        update={"claims": tuple(c.model_copy(update={"says": (), "denies": ()}) for c in question.claims)}
    )
    assert TWINS not in read(text, bare, {})[0]
    assert TWINS in read(text, bare, {}, unknown={TWINS})[0]


def test_what_is_reported_asked_or_listed_is_not_weighed(question):
    told = {"diamond": {SPARSE: (5.0, -5.0)}}
    for text in (
        "People say that the diamond one throws columns away.",
        "Does the diamond one throw columns away?",
        "The diamond one throws columns away, no, sorry, the round one does.",
        "diamond, columns, bin, penalty, lasso, ridge, norm, sparsity, weights, gradient",
    ):
        assert SPARSE not in read(text, question, told)[0], text


def test_a_long_sentence_is_weighed_in_parts_that_are_quotes(question):
    parts = remarks(LONG)
    assert len(parts) > 1
    assert all(LONG[p.start : p.end] == p.text for p in parts)
    assert all(len(p.text.split()) >= 9 for p in parts)
    assert [p.text for p in remarks("It is short. And simple enough for me.")] == [
        "It is short.",
        "And simple enough for me.",
    ]


def test_an_answer_that_asserts_nothing_weighs_nothing(question):
    weighed = weigh_claims(hears(question, {}), "Why?", question)
    assert weighed.remarks == []
    assert weighed.stated() == weighed.turned() == {}
    assert weighed.balance(()) == 0


@pytest.mark.parametrize(("heard", "found"), [(2.5, True), (1.5, False)])
def test_a_note_must_be_heard_more_clearly(question, heard, found):
    note = "diamond penalty corners zero half columns, tidy model subset."
    assert notes(note)
    assert (
        SPARSE
        in read(
            f"Let me think about it for a moment, I have used both of them often. {note}",
            question,
            {"diamond": {SPARSE: (heard, -3.0)}},
        )[0]
    ) is found
