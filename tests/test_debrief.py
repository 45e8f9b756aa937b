"""What is said in the debrief: whole sentences, and quotes that bear on what they stand for."""

import pytest

from interviewer.domain.scorecard import Quote, RoundCard, Verdict
from interviewer.domain.transcript import Transcript
from interviewer.evidence.reader import Reader
from interviewer.evidence.readings import Readings
from interviewer.grading.debrief import round_note
from interviewer.grading.intake import Intake
from interviewer.grading.scorecard import Grader
from interviewer.grading.study_plan import study_plan
from interviewer.grading.verdicts import listed
from interviewer.report.markdown import markdown, sentence
from tests.doubles import HashingEmbedder


def verdict(level, reason, *quotes):
    evidence = tuple(Quote(turn=1, start=0, end=len(q), quote=q) for q in quotes)
    name = {"id": "ownership.takes_on", "name": "Ownership: Takes it on", "weight": 2, "status": "assessed"}
    return Verdict(**name, level=level, reason=reason, evidence=evidence)


def note(*criteria):
    return round_note(RoundCard(kind="behavioral", vote="hire", score=3.0, criteria=criteria), 0)


def test_a_deed_is_quoted_before_the_place_where_it_was_done():
    said = note(verdict(5, "Heard: all.", "At a regional bank, spring 2022", "and I rewrote his notebook as a job"))
    assert said == ("Best moment: takes it on (Ownership), level 5: “I rewrote his notebook as a job”.",)


def test_two_strengths_of_one_round_are_not_shown_by_the_same_words():
    twice = "I rewrote his notebook as a scheduled job"
    said = note(verdict(5, "Heard: all.", twice), verdict(5, "Heard: all.", twice, "I put my number in the alert"))
    assert "scheduled job" in said[0]
    assert "my number in the alert" in said[1]


def test_a_low_level_with_everything_heard_is_not_called_missed_by_what_was_heard():
    said = note(verdict(2, "Heard: concrete steps."))
    assert said == (
        "What I missed: takes it on (Ownership), level 2. It was touched on, and the rest of the story does not carry it.",
    )


def test_what_a_round_looks_for_is_named_as_a_deed(bank):
    said = listed(bank.round_rubric("ml_depth"), ["trade_off", "wrong_choice"])
    assert said.startswith("a trade-off, that the candidate ")


@pytest.mark.parametrize(
    ("reason", "whole"), [("nothing was asked", "Nothing was asked."), ("Heard: x.", "Heard: x."), ("", "")]
)
def test_a_reason_that_stands_alone_is_a_sentence(reason, whole):
    assert sentence(reason) == whole


def test_a_question_passed_over_is_a_sentence_in_the_debrief_and_on_the_card(bank):
    embedder = HashingEmbedder()
    grader = Grader(bank, Intake(bank, embedder), Readings(bank, Reader(embedder)))
    turns = [
        {
            "speaker": "interviewer",
            "text": "When would you choose L1 over L2?",
            "question_id": "l1-or-l2",
            "move": "ask",
        },
        {"speaker": "candidate", "text": "Pass."},
    ]
    held = {"kind": "ml_depth", "turns": turns}
    card = grader.grade(Transcript.model_validate({"version": 1, "level": "L5", "rounds": [held]}), {})
    assert "level 1. It was asked, and passed over without an answer. And: " in card.debrief[0]
    assert "level 1. It was asked, and passed over without an answer." in markdown(card)


def test_the_study_plan_looks_for_what_was_said_the_wrong_way_round(bank):
    criterion = bank.round_rubric("ml_depth").criteria[0]
    reason = "0 of 7 expected points were made. Said the wrong way round: L1 makes weights zero."
    swapped = verdict(1, reason).model_copy(update={"id": f"ml_depth.{criterion.id}"})
    asked = []
    study_plan([RoundCard(kind="ml_depth", vote="no_hire", score=1.0, criteria=(swapped,))], bank, asked.append)
    assert asked == ["L1 makes weights zero."]
