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
    assert said == ("I wrote down “I rewrote his notebook as a job”; that made ‘takes it on’ in Ownership a 5 for me.",)


def test_two_strengths_of_one_round_are_not_shown_by_the_same_words():
    twice = "I rewrote his notebook as a scheduled job"
    said = note(verdict(5, "Heard: all.", twice), verdict(5, "Heard: all.", twice, "I put my number in the alert"))
    assert "scheduled job" in said[0]
    assert "my number in the alert" in said[1]


def test_a_low_level_with_everything_heard_is_not_called_missed_by_what_was_heard():
    said = note(verdict(2, "Heard: concrete steps."))
    assert said == (
        "It was touched on, and the rest of the answer does not carry it. I had to put ‘takes it on’ in Ownership at 2.",
    )


@pytest.mark.parametrize(
    ("reason", "spoken"),
    [
        ("Not heard: concrete steps, a trade-off.", "I listened in vain for concrete steps or a trade-off."),
        (
            "Heard: an outcome. Not heard: a trade-off, that the candidate tests it, edges first.",
            "I listened in vain for a trade-off or a sign that the candidate tests it, edges first.",
        ),
        ("0 of 15 expected points were made.", "Of the 15 points that I hoped for I heard none."),
        ("4 of 15 expected points were made.", "Of the 15 points that I hoped for I heard 4."),
        (
            "0 of 3 deeper follow-ups were answered to the point.",
            "I went deeper 3 times and never got an answer to the point.",
        ),
        (
            "0 of 7 expected points were made. Said the wrong way round: L1 makes weights zero.",
            "I was told the opposite of this: L1 makes weights zero.",
        ),
    ],
)
def test_a_gap_is_a_spoken_sentence_that_says_what_the_verdict_says(reason, spoken):
    assert note(verdict(1, reason)) == (f"{spoken} I had to put ‘takes it on’ in Ownership at 1.",)


def test_a_gap_has_the_words_that_came_nearest():
    said = note(verdict(2, "Heard: an outcome. Not heard: a trade-off.", "we cut it by a third in the end"))
    assert "What came nearest was “we cut it by a third in the end”." in said[0]


def graded(bank, *said, **more):
    """The scorecard of one ML depth round in which this was said after the opening question."""
    embedder = HashingEmbedder()
    grader = Grader(bank, Intake(bank, embedder), Readings(bank, Reader(embedder)))
    put = {
        "speaker": "interviewer",
        "text": "When would you choose L1 over L2?",
        "question_id": "l1-or-l2",
        "move": "ask",
    }
    held = {"kind": "ml_depth", **more, "turns": [put, *({"speaker": "candidate", "text": text} for text in said)]}
    return grader.grade(Transcript.model_validate({"version": 1, "level": "L5", "rounds": [held]}), {})


def test_many_points_left_open_are_counted_and_listed_once_on_the_card(bank):
    left = [
        verdict(None, "nothing was asked and answered on this").model_copy(
            update={"status": "not_assessed", "id": f"ownership.{n}", "name": f"Ownership: Point {n}"}
        )
        for n in range(4)
    ]
    said = note(verdict(5, "Heard: all.", "and I rewrote his notebook as a job"), *left)
    assert said[-1] == "On 4 other points I have no opinion; they are listed with the round."
    page = markdown(graded(bank))
    assert page.count("Nothing was asked and answered on this.") == 1


WEAK = "I would try several things and then I would probably take a neural network for it."


def test_a_veto_gives_its_reason_with_the_candidates_words_and_no_formula(bank):
    card = graded(bank, WEAK, bar_raiser=True)
    assert card.bar_raiser is not None
    assert card.bar_raiser.veto
    assert card.bar_raiser.reason.startswith("I veto. The bar falls at ‘")
    assert WEAK.rstrip(".") in card.bar_raiser.reason
    assert "0.6 x" not in " ".join(card.debrief)
    assert markdown(card).count(card.bar_raiser.reason) == 1


def test_what_a_round_looks_for_is_named_as_a_deed(bank):
    said = listed(bank.round_rubric("ml_depth"), ["trade_off", "wrong_choice"])
    assert said.startswith("a trade-off, that the candidate ")


@pytest.mark.parametrize(
    ("reason", "whole"), [("nothing was asked", "Nothing was asked."), ("Heard: x.", "Heard: x."), ("", "")]
)
def test_a_reason_that_stands_alone_is_a_sentence(reason, whole):
    assert sentence(reason) == whole


def test_a_question_passed_over_is_a_sentence_in_the_debrief_and_on_the_card(bank):
    card = graded(bank, "Pass.")
    assert "I asked, and the question was passed over without an answer. I had to put ‘" in card.debrief[0]
    assert "level 1. It was asked, and passed over without an answer." in markdown(card)


def test_the_study_plan_looks_for_what_was_said_the_wrong_way_round(bank):
    criterion = bank.round_rubric("ml_depth").criteria[0]
    reason = "0 of 7 expected points were made. Said the wrong way round: L1 makes weights zero."
    swapped = verdict(1, reason).model_copy(update={"id": f"ml_depth.{criterion.id}"})
    asked = []
    study_plan([RoundCard(kind="ml_depth", vote="no_hire", score=1.0, criteria=(swapped,))], bank, asked.append)
    assert asked == ["L1 makes weights zero."]
