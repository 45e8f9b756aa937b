"""The conductor's decisions, one property a test, on the shipped bank with an embedder that needs no model."""

from dataclasses import replace

import pytest

from interviewer.domain.loop import PlannedQuestion, RoundPlan
from interviewer.domain.scorecard import Contradiction
from interviewer.domain.transcript import Turn
from interviewer.evidence.reader import Reader
from interviewer.evidence.readings import Readings
from interviewer.interviewing.conductor import next_move
from interviewer.interviewing.state import Clock, RoundSoFar, normalised
from tests.doubles import HashingEmbedder

WE = (
    "At my last company our ranking service was slow. We moved it to a cache and we rewrote the loader. It worked well."
)
PLAN = "I would probably look at the data first and then I would ask the team about it."
FULL = (
    "Last spring our fraud ranking model in Spain started missing refunds. I was asked to find out why before the review. "
    "I pulled the label table, compared row counts and traced it to a join that silently dropped rows. I fixed the join "
    "instead of retraining, because retraining would have taken two weeks. Recall went from 61% to 88%. Next time I would "
    "put the check in before launch."
)


def asked(question_id="dive_deep-root-cause", principle="dive_deep"):
    return Turn(speaker="interviewer", text="the question", move="ask", question_id=question_id, principle=principle)


def said(text, seconds=60.0):
    return Turn(speaker="candidate", text=text, seconds=seconds)


def probe(target, text="a probe", principle="dive_deep", question_id="dive_deep-root-cause"):
    return Turn(
        speaker="interviewer", text=text, move="probe", target=target, principle=principle, question_id=question_id
    )


@pytest.fixture
def so_far(bank):
    readings = Readings(bank, Reader(HashingEmbedder()))

    def make(*turns, minutes=55.0, questions=None, persona=None, level="L5", bar_raiser=False, also_said=()):
        planned = questions or (
            PlannedQuestion(question_id="dive_deep-root-cause", principle="dive_deep", probes=6),
            PlannedQuestion(question_id="ownership-missing", principle="ownership", probes=6),
        )
        plan = RoundPlan(
            kind="behavioral",
            minutes=minutes,
            persona=persona or next(iter(bank.personas)),
            questions=planned,
            bar_raiser=bar_raiser,
        )
        spoken = [t.text for t in turns if t.speaker == "interviewer"]
        return RoundSoFar(
            bank=bank,
            level=level,
            plan=plan,
            turns=turns,
            readings=readings.of(turns),
            said=frozenset(normalised(t) for t in [*spoken, *also_said]),
        )

    return make


@pytest.fixture
def two(bank):
    """Two principle questions, so that there is a next one."""
    return (
        PlannedQuestion(question_id="dive_deep-root-cause", principle="dive_deep", probes=6),
        PlannedQuestion(question_id=bank.principles["ownership"].questions[0].id, principle="ownership", probes=6),
    )


def test_a_round_begins_with_a_greeting_and_the_first_question(so_far, bank):
    state = so_far()
    move = next_move(state)
    assert move.kind == "ask"
    assert move.text.startswith(state.persona.greetings[0])
    assert move.text.endswith(bank.question("dive_deep-root-cause").text)


def test_a_hypothetical_answer_is_asked_for_one_occasion(so_far):
    assert next_move(so_far(asked(), said(PLAN))).target == "real_event"


def test_we_is_asked_for_the_candidates_own_part_and_quoted_back(so_far):
    move = next_move(so_far(asked(), said(WE)))
    assert move.target == "personal_ownership"
    assert "“We moved it to a cache”" in move.text


def test_the_follow_up_changes_when_the_signal_was_given(so_far):
    first = next_move(so_far(asked(), said(WE)))
    own = said("I wrote the cache layer and I measured the service before and after.")
    second = next_move(so_far(asked(), said(WE), probe(first.target, first.text), own))
    assert second.kind == "probe"
    assert second.target != "personal_ownership"


def test_two_fruitless_probes_end_the_thread(so_far, two):
    turns = (asked(), said(WE), probe("personal_ownership"), said("Not sure."), probe("result"), said("Hard to say."))
    move = next_move(so_far(*turns, questions=two))
    assert (move.kind, move.principle) == ("ask", "ownership")


def test_full_evidence_ends_the_thread(so_far, two):
    move = next_move(so_far(asked(), said(FULL), questions=two))
    assert move.kind == "ask", move


def test_nothing_is_asked_twice(so_far):
    move = next_move(so_far(asked(), said(WE)))
    again = next_move(so_far(asked(), said(WE), also_said=[move.text]))
    assert again.text != move.text
    assert again.kind == "probe"


def test_the_clock_moves_on_to_the_next_question(so_far, two):
    move = next_move(so_far(asked(), said(WE, seconds=30 * 60.0), questions=two))
    assert (move.kind, move.principle) == ("ask", "ownership")


def test_the_last_minutes_belong_to_the_candidate(so_far):
    assert next_move(so_far(asked(), said(WE, seconds=51 * 60.0))).kind == "invite_questions"


def test_time_ends_the_round(so_far):
    move = next_move(so_far(asked(), said(WE, seconds=56 * 60.0)))
    assert (move.kind, move.ends) == ("wrap_up", "time")


def test_a_technical_round_leaves_time_for_its_principles(so_far, bank):
    questions = (
        PlannedQuestion(question_id="l1-or-l2", probes=12),
        PlannedQuestion(question_id="dive_deep-root-cause", principle="dive_deep"),
    )
    long_answer = said("L1 makes some weights zero and L2 makes them small.", seconds=46 * 60.0)
    move = next_move(so_far(asked("l1-or-l2", None), long_answer, questions=questions))
    assert (move.kind, move.principle) == ("ask", "dive_deep")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Could you repeat the question?", "repeat"),
        ("Let me think about that.", "wait"),
        ("Should it be a story from work or may it be private?", "clarify"),
        ("🙂🙂", "repeat"),
        ("", "repeat"),
    ],
)
def test_an_aside_gets_what_a_real_interviewer_gives(so_far, text, kind):
    assert next_move(so_far(asked(), said(text))).kind == kind


def test_repeating_says_the_question_again(so_far, bank):
    assert bank.question("dive_deep-root-cause").text in next_move(so_far(asked(), said("repeat please"))).text


def test_skipping_goes_to_the_next_question(so_far, two):
    assert next_move(so_far(asked(), said("I'd like to skip this one."), questions=two)).principle == "ownership"


def test_ending_the_round_ends_it(so_far):
    assert next_move(so_far(asked(), said("Let's end the round."))).ends == "ended_by_candidate"


def test_a_question_at_the_end_is_answered_in_character(so_far):
    invite = Turn(speaker="interviewer", text="What would you like to know?", move="invite_questions")
    state = so_far(asked(), said(FULL), invite, said(so_far().persona.answers[0].asks[0] + "?"))
    move = next_move(state)
    assert (move.kind, move.text) == ("answer_candidate", state.persona.answers[0].answer)


def test_what_a_persona_does_not_know_is_not_made_up(so_far):
    invite = Turn(speaker="interviewer", text="What would you like to know?", move="invite_questions")
    state = so_far(asked(), said(FULL), invite, said("How much money does the zebra committee receive in bonds?"))
    assert next_move(state).text in state.persona.unsure


def test_no_question_at_the_end_ends_the_round(so_far):
    invite = Turn(speaker="interviewer", text="What would you like to know?", move="invite_questions")
    assert next_move(so_far(asked(), said(FULL), invite, said("No, thank you."))).ends == "finished"


def test_the_bar_raiser_asks_what_would_be_done_differently(so_far, bank):
    without = FULL.replace(" Next time I would put the check in before launch.", "")
    assert next_move(so_far(asked(), said(without), bar_raiser=True)).target == "reflection"


def test_the_shares_of_the_clock_add_up():
    questions = (PlannedQuestion(question_id="l1-or-l2"), PlannedQuestion(question_id="x", principle="dive_deep"))
    plan = RoundPlan(kind="ml_depth", minutes=55, persona="p", questions=(*questions, *questions[1:]))
    clock = Clock.of(plan)
    assert (clock.total, clock.closing_at, clock.principles_at) == (3300, 3300 - 275, 3025 - 2 * 540)


@pytest.mark.parametrize(
    ("answer", "asked_why"),
    [
        ("I don't know.", False),
        ("The nightly forecast that I moved to the new service, which took most of my spring.", True),
    ],
)
def test_what_was_named_is_only_asked_about_where_something_was_named(so_far, answer, asked_why):
    questions = (PlannedQuestion(question_id="recruiter-warm-up", probes=5),)
    first = probe("background", "What are you working on these days?", None, "recruiter-warm-up")
    turns = (asked("recruiter-warm-up", None), said(answer), first, said("Hard to say."))
    assert (next_move(so_far(*turns, questions=questions)).target == "why-this-one") is asked_why


def test_a_refusal_in_many_words_is_no_answer_to_a_step(so_far):
    questions = (PlannedQuestion(question_id="recruiter-warm-up", probes=5),)
    named = said("The nightly forecast that I moved to the new service, which took most of my spring.")
    refused = said("I have nothing solid to add to that, and I would rather say so than guess.")
    turns = [asked("recruiter-warm-up", None), named]
    for target in ("why-this-one", "without-you-there"):
        turns += [probe(target, f"{target}?", None, "recruiter-warm-up"), refused]
    assert next_move(so_far(*turns, questions=questions)).kind != "probe"


def test_each_line_for_a_turn_without_words_is_whole(so_far):
    lines = []
    for _ in range(3):
        lines.append(next_move(so_far(asked(), said(""), also_said=lines)).text)
    assert len(set(lines)) == 3
    assert all(text.endswith((".", "?")) for text in lines)


@pytest.mark.parametrize("none", ["We never measured it to be honest, nobody kept a count.", "No one counted."])
def test_what_there_is_none_of_is_not_asked_for_again(so_far, two, none):
    story = "In March our router stopped in Lyon. I replaced the loader, I rewrote the cache and I restarted it."
    targets = []
    turns = [asked(), said(story), probe("measured_result", "By how much?"), said(none)]
    for _ in range(4):
        move = next_move(so_far(*turns, questions=two))
        if move.kind != "probe":
            break
        targets.append(move.target)
        turns += [probe(move.target, move.text), said("The valve had been mounted upside down, I saw it on the photo.")]
    assert targets
    assert "measured_result" not in targets


def test_another_language_is_met_once_with_a_polite_word_and_then_left(so_far, two):
    german = "Im letzten Jahr war unser Modell zu langsam und ich habe den Fehler gefunden."
    first = next_move(so_far(asked(), said(german), questions=two))
    assert first.kind == "repeat"
    assert "only follow English" in first.text
    again = Turn(speaker="interviewer", text=first.text, move="repeat")
    second = next_move(so_far(asked(), said(german), again, said(german), questions=two))
    assert second.kind == "ask"
    assert second.question_id == two[1].question_id


SPARK = (
    "Last year I was moved to a Spark project in my team. I was on Spark, studied a lot, took courses, and after that I "
    "could work with it. Jobs got faster and everybody was happy."
)


def test_nobody_is_asked_for_the_number_who_has_told_no_step(so_far, bank):
    of = {"principle": "learn_and_be_curious", "question_id": bank.principles["learn_and_be_curious"].questions[0].id}
    planned = (PlannedQuestion(probes=6, **of),)
    for persona in bank.personas:
        opening = asked(of["question_id"], of["principle"])
        targets = []
        turns = [opening, said(SPARK)]
        for reply in ("It was much faster, I think.", "Faster, a lot."):
            move = next_move(so_far(*turns, questions=planned, persona=persona))
            if move.kind == "probe":
                targets.append(move.target)
                turns += [probe(move.target, move.text, **of), said(reply)]
        assert "action" in targets
        assert "measured_result" not in targets


def test_who_gives_two_sizes_for_one_change_is_asked_which_it_was(so_far):
    clash = Contradiction(
        turns=("0.1", "0.3"),
        quotes=("Transfers went down by 40 percent", "we reduced transfers by 25 percent"),
        what="Two results for one change.",
    )
    heard = replace(
        so_far(asked(), said(WE), probe("result"), said("We reduced transfers by 25 percent.")), clash=clash
    )
    move = next_move(heard)
    assert move.kind == "probe"
    assert all(quote in move.text for quote in clash.quotes)


ONLY = (PlannedQuestion(question_id="dive_deep-root-cause", principle="dive_deep", probes=0),)


@pytest.mark.parametrize(("seconds", "kind"), [(100.0, "ask"), (2500.0, "invite_questions")])
def test_with_time_to_spare_another_story_is_asked_for(so_far, bank, seconds, kind):
    move = next_move(so_far(asked(), said(WE, seconds), questions=ONLY))
    assert move.kind == kind
    if kind == "ask":
        assert move.principle == "dive_deep"
        assert bank.question(move.question_id).text in move.text
        assert move.question_id != "dive_deep-root-cause"


def test_no_other_story_is_asked_for_where_all_was_shown_or_none_is_there(so_far):
    assert next_move(so_far(asked(), said(FULL), questions=ONLY)).kind == "invite_questions"
    assert next_move(so_far(asked(), said("I have no such story."), questions=ONLY)).kind == "invite_questions"
    known = so_far(asked(), said(WE), questions=ONLY)
    assert next_move(replace(known, may_add=False)).kind == "invite_questions"


def test_a_contradiction_is_asked_about_once_even_behind_another_word(so_far):
    clash = Contradiction(turns=("0.1", "0.3"), quotes=("it fell by 4", "it fell by 9"), what="Two results.")
    put = probe("measured_result", 'Fair enough. Earlier you said "it fell by 4", now "it fell by 9": which was it?')
    heard = so_far(asked(), said(WE), put, said("It was 9, I think. How would you have done it in your team?"))
    assert "Earlier you said" not in next_move(replace(heard, clash=clash)).text


@pytest.mark.parametrize(
    "told",
    [
        "Honestly I don't have an example for that one. In my teams the product manager talked to the customers.",
        "It was the loader, as we saw a week later. Can we go on to another question, please?",
        "We rolled it out in May. I would really like to move on, I've nothing to add to this one.",
    ],
)
def test_who_has_no_example_or_wants_to_move_on_is_asked_something_else(so_far, two, told):
    move = next_move(so_far(asked(), said(WE), probe("root_cause"), said(told), questions=two))
    assert (move.kind, move.principle) == ("ask", "ownership")


def test_who_tells_of_moving_on_is_asked_on(so_far, two):
    told = "I told them that we should move on, and the team then moved on to the next project."
    assert next_move(so_far(asked(), said(WE), probe("root_cause"), said(told), questions=two)).kind == "probe"


def test_a_story_that_was_told_before_is_not_gone_through_again(so_far, two):
    told = (
        "I told you that already, actually. That was the loader, slow offline and slower online, because of the cache."
    )
    assert next_move(so_far(asked(), said(told), questions=two)).principle == "ownership"
