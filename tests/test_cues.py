"""Rubric signals recognised in a technical answer by terms and cues."""

from interviewer.content.bank import load
from interviewer.evidence.reader import Reader
from tests.doubles import HashingEmbedder


def signals(text):
    bank = load()
    question = bank.question("l1-or-l2")
    reading = Reader(HashingEmbedder()).read(text, bank.rubric(question.rubric), question)
    return {f.id: f.spans[0].quote for f in reading.signals}


def test_a_term_said_outright_shows_its_signal_with_its_place():
    assert signals("It depends on how many columns matter.")["judgement"] == "It depends on how many columns matter."


def test_words_that_decline_to_answer_show_nothing():
    assert "judgement" not in signals("It depends on the case, and I would only be guessing.")
