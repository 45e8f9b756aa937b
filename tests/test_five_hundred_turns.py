"""Five hundred follow-ups in the rubric's words, put to answers of many voices: what an interviewer must never say."""

import json
import random
import re
from pathlib import Path

import pytest

from interviewer.domain.loop import LoopPlan, PlannedQuestion, RoundPlan
from interviewer.evidence.reader import Reader
from interviewer.evidence.readings import Readings
from interviewer.interviewing.guard import MOST_WORDS, two_questions
from interviewer.interviewing.interviews import Interviews
from interviewer.interviewing.state import normalised
from interviewer.interviewing.voice import Voice
from interviewer.storage.events import EventStore
from tests.doubles import HashingEmbedder

LABELLED = Path(__file__).parent / "data" / "labelled" / "behavioral_training.jsonl"
_PRAISE = re.compile(r"\b(?:great|excellent|well done|impressive|perfect|nice|thank|good answer|correct)\b")
_QUOTED = re.compile(r'["“]([^"”]+)["”]')
WANTED = 500


@pytest.fixture(scope="module")
def answers():
    return [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]


def play(bank, store, told, follow_ups, speaker=None):
    """One round of three questions; the transcript's turns."""
    interviews = Interviews(bank, store, Readings(bank, Reader(HashingEmbedder())), Voice(speaker), simulated=True)
    chosen = []
    for row in told:
        question = bank.principles[row["principle"]].questions[0]
        if question.id not in [q.question_id for q in chosen]:
            chosen.append(PlannedQuestion(question_id=question.id, principle=row["principle"], probes=4))
    held = RoundPlan(kind="behavioral", minutes=55, persona=next(iter(bank.personas)), questions=tuple(chosen))
    identifier = interviews.start(LoopPlan(preset="onsite", level="L5", seed=1, rounds=(held,)), {})
    list(interviews.start_round(identifier))
    openings, rest = [r["answer"] for r in told], iter(follow_ups)
    for _ in range(40):
        turns = interviews.view(identifier).rounds[0].turns
        last = turns[-1]
        if last.move in ("wrap_up", "invite_questions") or interviews.view(identifier).rounds[0].ended:
            break
        said = openings.pop(0) if last.move == "ask" and openings else next(rest)
        list(interviews.answer(identifier, said))
    return interviews.view(identifier).rounds[0].turns


@pytest.fixture(scope="module")
def rounds(bank, answers):
    chooser = random.Random(5)
    store = EventStore("sqlite://")
    played, probes = [], 0
    while probes < WANTED:
        told = chooser.sample(answers, 3)
        spare = [s for r in chooser.sample(answers, 30) for s in [r["answer"].split(". ")[0]]]
        turns = play(bank, store, told, spare)
        played.append(turns)
        probes += sum(t.move == "probe" for t in turns)
    store.close()
    return played


def test_every_follow_up_is_one_short_question_without_praise(rounds):
    for turns in rounds:
        for turn in turns:
            if turn.move == "probe":
                words = turn.text.split()
                assert len(words) <= MOST_WORDS, turn.text
                bare = _QUOTED.sub("", turn.text).lower()
                assert bare.count("?") <= 1, turn.text
                assert not two_questions(bare), turn.text
                assert not _PRAISE.search(bare), turn.text


def test_nothing_is_said_twice_in_a_round(rounds):
    for turns in rounds:
        lines = [normalised(t.text) for t in turns if t.speaker == "interviewer" and t.move in ("ask", "probe")]
        assert len(lines) == len(set(lines))


def test_what_is_quoted_back_was_said_by_the_candidate(rounds):
    quoted = 0
    for turns in rounds:
        said = ""
        for turn in turns:
            if turn.speaker == "candidate":
                said += " " + turn.text
            elif turn.move == "probe":
                for quote in _QUOTED.findall(turn.text):
                    quoted += 1
                    assert quote.strip(" .,;:") in said, turn.text
    assert quoted > 5


def test_a_thread_ends_after_two_answers_that_add_nothing(bank, answers):
    store = EventStore("sqlite://")
    weak = [r for r in answers if r["score"] == 1][:3]
    turns = play(bank, store, weak, ["I don't know."] * 40)
    store.close()
    run = longest = 0
    for turn in turns:
        if turn.speaker == "interviewer":
            run = run + 1 if turn.move == "probe" else 0
            longest = max(longest, run)
    assert longest == 2


def test_weak_answers_get_at_least_as_many_follow_ups_as_strong_ones(bank, answers):
    store = EventStore("sqlite://")
    counts = {}
    for name, chosen in (("weak", [1, 2]), ("strong", [5])):
        rows = [r for r in answers if r["score"] in chosen][:12]
        spare = ["It was in the ward kitchen and I moved the trays to the left."] * 60
        counts[name] = sum(
            sum(t.move == "probe" for t in play(bank, store, rows[n : n + 3], spare)) for n in range(0, 12, 3)
        )
    store.close()
    assert counts["weak"] >= counts["strong"]
