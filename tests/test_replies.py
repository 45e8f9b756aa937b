"""What the interviewer says to a candidate who asks something back, and what is not asked again."""

import pytest

from interviewer.domain.loop import PlannedQuestion
from interviewer.domain.transcript import Turn
from interviewer.evidence.clauses import count_words
from interviewer.interviewing.conductor import next_move
from tests.test_conductor import WE, asked, probe, said, so_far, two

__all__ = ["so_far", "two"]

DRAWN = (
    "I would take two stages, a cheap one that fetches five hundred items and a heavier one that ranks them, because the "
    "page has to answer within a hundred milliseconds. "
)


LOADER = (
    "It was the loader. I compared two days of requests line by line, and it dropped every row with an empty field."
)


def designing(question_id):
    return Turn(speaker="interviewer", text="Design it.", move="ask", question_id=question_id)


@pytest.fixture
def design(bank):
    return next(q.id for q in bank.questions.values() if q.rubric == "ml_system_design")


def test_who_does_not_understand_a_follow_up_hears_it_in_other_words(so_far):
    put = probe("measured_result", "Which figure shows it?")
    move = next_move(so_far(asked(), said(WE), put, said("Sorry, I do not understand the question.")))
    assert (move.kind, move.target) == ("repeat", None)
    assert "Which figure shows it?" not in move.text
    assert move.text.endswith("?")


def test_who_does_not_understand_the_question_hears_it_again(so_far, bank):
    move = next_move(so_far(asked(), said("What exactly do you mean?")))
    assert bank.question("dive_deep-root-cause").text in move.text


def test_who_asks_whether_it_was_meant_so_is_told_nothing_about_the_answer(so_far):
    move = next_move(so_far(asked(), said(WE), probe("root_cause"), said("You mean how I found what was broken?")))
    assert move.kind == "clarify"
    assert not move.text.endswith("?")


@pytest.mark.parametrize("asked_back", ["I don't understand what you mean.", "Not sure what you mean."])
def test_who_does_not_know_what_is_meant_is_not_told_to_read_it_so(so_far, asked_back):
    assert next_move(so_far(asked(), said(WE), probe("result"), said(asked_back))).kind == "repeat"


def test_who_wants_to_stop_at_the_end_is_let_go(so_far):
    invite = Turn(speaker="interviewer", text="What would you like to know?", move="invite_questions")
    assert next_move(so_far(asked(), said(WE), invite, said("Can we stop here?"))).ends == "finished"


def test_leave_is_given_and_a_second_story_preferred(so_far):
    assert "go ahead" in next_move(so_far(asked(), said("May I start with the background?"))).text
    assert "different story" in next_move(so_far(asked(), said("May I tell the same one again?"))).text


def test_how_to_solve_it_is_left_to_the_candidate(so_far, design):
    plan = (PlannedQuestion(question_id=design, probes=6),)
    move = next_move(so_far(designing(design), said("Can I use a gradient boosted tree?"), questions=plan))
    assert move.kind == "clarify"
    assert "go ahead" not in move.text


def test_after_the_questions_a_story_is_heard_but_not_scored(so_far):
    invite = Turn(speaker="interviewer", text="What would you like to know?", move="invite_questions")
    move = next_move(so_far(asked(), said(WE), invite, said("I have one more story, may I tell it?")))
    assert "not be scored" in move.text


def test_a_question_at_the_end_of_an_answer_gets_a_word_before_the_next_one(so_far, design):
    plan = (PlannedQuestion(question_id=design, probes=6),)
    ending = "Does that match how you see it?"
    with_question = next_move(so_far(designing(design), said(DRAWN + ending), questions=plan))
    without = next_move(so_far(designing(design), said(DRAWN), questions=plan))
    assert with_question.kind == without.kind == "probe"
    assert with_question.text != without.text
    assert with_question.text.endswith(without.text)
    assert with_question.text.count("?") == without.text.count("?")
    assert count_words(with_question.text) <= 40


@pytest.mark.parametrize(
    "protest",
    [
        "I told you already, it was the join.",
        "as i said it was the join",
        "third time you ask me the reason is the join",
    ],
)
def test_who_has_told_it_already_is_not_asked_again(so_far, two, protest):
    turns = [asked(), said(WE), probe("root_cause"), said(protest)]
    for _ in range(4):
        move = next_move(so_far(*turns, questions=two))
        assert move.target != "root_cause"
        if move.kind != "probe":
            break
        turns += [probe(move.target, move.text), said("Hm, that I cannot say.")]


def test_the_same_question_is_not_put_to_other_words(so_far):
    first = next_move(so_far(asked(), said(WE)))
    assert "“" in first.text
    again = next_move(
        so_far(asked(), said(WE), probe(first.target, first.text), said("We asked the vendor and we paid him."))
    )
    assert again.text.rpartition("”")[2] != first.text.rpartition("”")[2]


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ("A correction, I said three weeks, it was five. It was the loader.", "Noted, I have corrected it"),
        (LOADER + " What would you have done, on your team?", "Keep that one for the end, please"),
        (LOADER + " Does that answer what you were after?", "I follow"),
        ("That is kind of the same question as before, no? But the join was the cause, I think.", "Fair enough"),
    ],
)
def test_in_a_story_a_word_to_us_gets_a_word_before_the_next_follow_up(so_far, told, word):
    move = next_move(so_far(asked(), said(WE), probe("root_cause"), said(told)))
    assert move.kind == "probe"
    head = move.text.split(". ")[0]
    assert head == word
    assert count_words(move.text) <= 40


@pytest.mark.parametrize(
    "told",
    [
        "So she asked me, can you have it by Monday?",
        "I said no, it was too early.",
        "In the planning meeting I said three weeks, and it was five in the end.",
        "A correction went out to four hundred customers.",
        "I just told my manager the truth, and we talked about it in the retro.",
        "That is the classic cold start problem, right?",
        "Do you want me to go deeper on the rollout?",
        "The documents were confidential, so I asked each person alone.",
    ],
)
def test_what_is_part_of_the_story_gets_no_word(so_far, told):
    noted = ("Noted", "Corrected", "I have", "Keep", "Ask me", "I would rather", "We can come", "I follow", "Fair")
    others = ("Understood", "That is all right", "That is yours", "Assume", "Your choice", "I leave")
    turns = asked(), said(WE), probe("root_cause"), said(told)
    assert not next_move(so_far(*turns)).text.startswith(noted + others)


def test_an_opening_corrects_nothing(so_far):
    told = said("I said 12, it was 15 in the report. " + WE)
    assert "orrected" not in next_move(so_far(asked(), told)).text


def test_who_may_not_give_the_figures_is_asked_for_a_ratio_once(so_far, two):
    refusal = said("I'm afraid I can't share those, the revenue numbers are confidential.")
    turns = [asked(), said(WE), probe("measured_result", "What did it change, in numbers?"), refusal]
    move = next_move(so_far(*turns))
    assert move.text.startswith("Understood")
    assert "ratio" in move.text
    again = probe("measured_result", move.text)
    assert "ratio" not in next_move(so_far(*turns, again, refusal, questions=two)).text


def test_who_asks_back_about_us_in_a_story_is_put_off_to_the_end(so_far):
    move = next_move(so_far(asked(), said(WE), probe("root_cause"), said("What would you have done, in your company?")))
    assert (move.kind, "end" in move.text or "through" in move.text) == ("clarify", True)
