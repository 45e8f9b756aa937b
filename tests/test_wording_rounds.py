"""Whole rounds in which every follow-up that can be is worded under a grammar, by a speaker that chooses at random."""

import random
import re

import pytest

from interviewer.interviewing.guard import MOST_WORDS, two_questions
from interviewer.interviewing.state import normalised
from interviewer.storage.events import EventStore
from tests.doubles import ChoosingSpeaker
from tests.test_five_hundred_turns import answers, play  # noqa: F401

_QUOTED = re.compile(r"“([^”]+)”")


@pytest.fixture(scope="module")
def rounds(bank, answers, tmp_path_factory):  # noqa: F811
    chooser = random.Random(8)
    store = EventStore(f"sqlite:///{tmp_path_factory.mktemp('worded')}/turns.db")
    played = []
    for seed in range(20):
        told = chooser.sample([r for r in answers if r["score"] <= 4], 3)
        spare = [r["answer"] for r in chooser.sample(answers, 30)]
        played.append(play(bank, store, told, spare, ChoosingSpeaker(seed)))
    store.close()
    return played


def probes(turns):
    return [t for t in turns if t.speaker == "interviewer" and t.move == "probe"]


def test_most_follow_ups_are_worded_under_the_grammar(rounds):
    wordings = [t.wording for turns in rounds for t in probes(turns)]
    assert len(wordings) > 60
    assert wordings.count("model") > 0.7 * len(wordings)


def test_a_worded_follow_up_is_one_short_question(rounds):
    for turns in rounds:
        for turn in probes(turns):
            if turn.wording == "model":
                assert len(turn.text.split()) <= MOST_WORDS, turn.text
                assert turn.text.count("?") == 1, turn.text
                assert not two_questions(turn.text.lower()), turn.text


def test_nothing_is_said_twice_in_a_round(rounds):
    for turns in rounds:
        lines = [normalised(t.text) for t in turns if t.speaker == "interviewer" and t.move in ("ask", "probe")]
        assert len(lines) == len(set(lines))


def test_what_is_quoted_was_said_before(rounds):
    quoted = 0
    for turns in rounds:
        said = ""
        for turn in turns:
            if turn.speaker == "candidate":
                said += " " + turn.text.replace("’", "'")
            elif turn.move == "probe":
                for quote in _QUOTED.findall(turn.text):
                    quoted += 1
                    assert quote.strip(" .,;:") in said, turn.text
    assert quoted > 5
