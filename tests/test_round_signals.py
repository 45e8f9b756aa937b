"""Signals of a round: what layers hear, what terms say outright, and what is neither."""

import numpy as np
import pytest

from interviewer.content.bank import load
from interviewer.evidence.meaning import Meaning
from interviewer.evidence.round_signals import read_signals
from tests.doubles import HashingEmbedder

ANSWER = "Each of them writes down what it used. Then we learn from those rows. Nobody looks at the night shift."


@pytest.fixture(scope="module")
def rubric():
    return load().rounds["ml_system_design"]


def hears(word, signal, logit, place=3.0, known=True):
    """Layers that hear `signal` at the places that hold `word`."""

    def hear(text, signals, asked, spans):
        whole = np.full(len(signals), -5.0 if known else np.nan, dtype=np.float32)
        places = np.full((len(spans), len(signals)), -5.0, dtype=np.float32)
        at = [name for _, name, _ in signals].index(signal)
        whole[at] = logit
        for row, (start, end) in enumerate(spans):
            places[row, at] = place if word in text[start:end] else -5.0
        return whole, places

    return hear


def found(text, rubric, hear):
    meaning = Meaning(HashingEmbedder())
    return {f.id: f for f in read_signals(hear, meaning, text, meaning.said(text), rubric)}


def test_what_is_heard_is_quoted_where_it_is_heard(rubric):
    heard = found(ANSWER, rubric, hears("rows", "skew", 2.0))
    assert [s.quote for s in heard["skew"].spans] == ["Then we learn from those rows."]
    assert set(heard) == {"skew"}


def test_what_is_heard_nowhere_in_particular_has_no_quote_and_is_not_shown(rubric):
    assert not found(ANSWER, rubric, hears("rows", "skew", 2.0, place=-1.0))


def test_a_term_said_outright_counts_unless_the_layers_clearly_hear_none(rubric):
    text = "We would use a canary and watch it for a day before anything else happens."
    assert "rollout" in found(text, rubric, hears("nothing", "rollout", -1.0))
    assert "rollout" not in found(text, rubric, hears("nothing", "rollout", -4.0))


def test_a_signal_that_the_layers_do_not_know_goes_by_its_terms(rubric):
    text = "We would use a canary and watch it for a day before anything else happens."
    assert "rollout" in found(text, rubric, hears("nothing", "skew", np.nan, known=False))


def test_what_is_said_again_is_heard_once(rubric):
    read = []

    def hear(text, signals, asked, spans):
        read.append(text)
        return np.full(len(signals), -5.0, np.float32), np.full((len(spans), len(signals)), -5.0, np.float32)

    found(" ".join([ANSWER] * 10), rubric, hear)
    assert " ".join(read[0].split()) == ANSWER


@pytest.mark.real
def test_writers_not_learnt_from_are_mostly_heard():
    import json
    from pathlib import Path

    from interviewer.evidence.reader import Reader
    from interviewer.library.embedder import MiniLM

    bank, reader = load(), Reader(MiniLM())
    path = Path(__file__).parent / "data" / "labelled" / "round_answers.jsonl"
    every = (json.loads(line) for line in path.open(encoding="utf-8"))
    rows = [row for row in every if row["id"][:3] in ("w7-", "w8-", "w15")]
    right = wrong = missed = 0
    for row in rows:
        rubric = bank.rounds[row["rubric"]]
        shown = reader.read(row["answer"], rubric, None, row["target"]).shown & {s.id for s in rubric.signals}
        right += len(shown & set(row["signals"]))
        wrong += len(shown - set(row["signals"]))
        missed += len(set(row["signals"]) - shown)
    assert {row["split"] for row in rows} == {"test"}
    assert len(rows) == 352
    assert right / (right + wrong) >= 0.8
    assert right / (right + missed) >= 0.72


@pytest.mark.real
def test_a_short_reply_is_heard_with_what_was_asked_for():
    from interviewer.evidence.reader import Reader
    from interviewer.library.embedder import MiniLM

    bank, reader = load(), Reader(MiniLM())
    reply = "The triage desk, and a keyword list that came to 0.61 on the same tickets."
    own = bank.rounds["own_project"]
    assert "baseline" in reader.read(reply, own, None, "baseline").shown
    assert "baseline" not in reader.read("The usual, you know how it is.", own, None, "baseline").shown
