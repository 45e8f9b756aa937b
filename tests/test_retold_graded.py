"""What follows from a story that was told twice: on the scorecard, in the reports, and from the Bar Raiser."""

import pytest

from interviewer.domain.loop import LoopPlan, PlannedQuestion, RoundPlan
from interviewer.domain.scorecard import Contradiction, Scorecard, Stories
from interviewer.domain.transcript import Transcript, Turn
from interviewer.evidence.meaning import Meaning
from interviewer.evidence.reader import Reader
from interviewer.evidence.readings import Readings
from interviewer.evidence.retold import DATES, DOERS, RESULTS, Retold, told_threads
from interviewer.grading.debrief import meeting
from interviewer.grading.intake import Intake
from interviewer.grading.scale import story_level
from interviewer.grading.scorecard import Grader
from interviewer.interviewing.conductor import next_move
from interviewer.interviewing.interviews import Interviews
from interviewer.interviewing.state import RoundSoFar, normalised
from interviewer.interviewing.voice import Voice
from interviewer.report.html import scorecard_html
from interviewer.report.markdown import markdown
from interviewer.storage.events import EventStore
from tests.doubles import HashingEmbedder, ScriptedSpeaker
from tests.test_retold import ALL, JAM, JAM_AGAIN, OTHER


def test_a_second_telling_is_worth_one_level_less_and_says_so():
    level, working = story_level(("action",), ALL, "L5")
    again, why = story_level(("action",), ALL, "L5", told_before="0.1")
    assert again == level - 1
    assert why == f"{working}, one off: the story was told before, in turn 0.1"
    assert story_level(("reflection",), {"concise"}, "L5", told_before="0.1")[0] == 1


def transcript(*answers, principles=("dive_deep", "ownership", "deliver_results"), bar_raiser=()):
    rounds = [
        {
            "kind": "behavioral",
            "principles": [principle],
            "bar_raiser": n in bar_raiser,
            "turns": [
                {"speaker": "interviewer", "text": f"Question {n}?", "principle": principle, "move": "ask"},
                {"speaker": "candidate", "text": text},
            ],
        }
        for n, (text, principle) in enumerate(zip(answers, principles, strict=False))
    ]
    return Transcript.model_validate({"version": 1, "level": "L5", "rounds": rounds})


@pytest.fixture
def grader(bank):
    embedder = HashingEmbedder()
    return Grader(bank, Intake(bank, embedder), Readings(bank, Reader(embedder)))


def test_the_scorecard_says_it_and_the_second_principle_pays(grader):
    card = grader.grade(transcript(JAM, JAM_AGAIN), {})
    fresh = grader.grade(transcript(OTHER, JAM_AGAIN), {})
    assert card.stories.reused == (("0.1", "1.1"),)
    assert any("came back in round 2 (turn 1)" in line for line in card.debrief)
    assert any("does not agree" in line and "25 percent" in line for line in card.debrief)
    pairs = list(zip(card.rounds[1].criteria, fresh.rounds[1].criteria, strict=True))
    assert pairs
    for told_again, told_once in pairs:
        assert told_again.level == max(1, told_once.level - 1)
        assert told_once.level == 1 or "told before, in turn 0.1" in told_again.working
    assert all("told before" not in v.working for v in card.rounds[0].criteria)
    assert grader.grade(transcript(JAM, JAM_AGAIN), {}) == card


def test_different_stories_leave_the_scorecard_alone(grader):
    card = grader.grade(transcript(JAM, OTHER), {})
    assert card.stories == Stories()
    assert not any("came back" in line or "does not agree" in line for line in card.debrief)


def test_reports_show_reuse_and_contradictions(bank):
    clash = Contradiction(turns=("0.1", "1.1"), quotes=("to 12 percent", "to <25> percent"), what=RESULTS)
    stories = Stories(reused=(("0.1", "1.1"),), contradictions=(clash,))
    card = Scorecard(level="L5", decision=None, decision_reason="-", trust="-", stories=stories, made_with={})
    text, page = markdown(card), scorecard_html(card)
    assert "The same story in turns 0.1 and 1.1." in text
    assert "The same story in turns 0.1 and 1.1." in page
    assert f"{RESULTS} “to 12 percent” (turn 0.1) against “to &lt;25&gt; percent” (turn 1.1)" in text
    assert len(meeting((), bank, None, None, "", stories)) == 3


def state(bank, clash, *more, bar_raiser=True):
    questions = (PlannedQuestion(question_id="dive_deep-root-cause", principle="dive_deep", probes=4),)
    plan = RoundPlan(
        kind="behavioral", minutes=55, persona=next(iter(bank.personas)), questions=questions, bar_raiser=bar_raiser
    )
    asked = Turn(speaker="interviewer", text="q", move="ask", question_id="dive_deep-root-cause", principle="dive_deep")
    turns = (asked, Turn(speaker="candidate", text=JAM_AGAIN, seconds=60.0), *more)
    said = frozenset(normalised(t.text) for t in turns if t.speaker == "interviewer")
    readings = Readings(bank, Reader(HashingEmbedder())).of(turns)
    return RoundSoFar(bank, "L5", plan, turns, readings, said, clash=clash)


@pytest.mark.parametrize(
    ("what", "target"), [(RESULTS, "measured_result"), (DATES, "situation"), (DOERS, "personal_ownership")]
)
def test_the_bar_raiser_quotes_both_tellings(bank, what, target):
    move = next_move(state(bank, Contradiction(turns=("0.1", "1.1"), quotes=("40 minutes", "20 minutes"), what=what)))
    assert (move.kind, move.target) == ("probe", target)
    assert move.text == 'Earlier you said "40 minutes", now "20 minutes": which was it?'
    assert not Voice(ScriptedSpeaker()).may_speak(move)


def test_it_is_asked_once(bank):
    clash = Contradiction(turns=("0.1", "1.1"), quotes=("40 minutes", "20 minutes"), what=RESULTS)
    first = next_move(state(bank, clash))
    put = Turn(speaker="interviewer", text=first.text, move="probe", target=first.target, principle="dive_deep")
    answer = Turn(speaker="candidate", text="Twenty minutes; I measured it myself on the last Friday.", seconds=10.0)
    other = clash.model_copy(update={"quotes": ("in May", "in June"), "what": DATES})
    assert not next_move(state(bank, other, put, answer)).text.startswith("Earlier you said")


@pytest.mark.parametrize(("bar_raiser", "probed"), [(True, True), (False, False)])
def test_only_the_bar_raiser_confronts_the_candidate(bank, tmp_path, bar_raiser, probed):
    embedder = HashingEmbedder()
    store = EventStore(f"sqlite:///{tmp_path}/loop.db")
    running = Interviews(
        bank, store, Readings(bank, Reader(embedder)), Voice(None), simulated=True, retold=Retold(Meaning(embedder))
    )
    first, second = (
        RoundPlan(
            kind="behavioral",
            minutes=55,
            persona=next(iter(bank.personas)),
            questions=(PlannedQuestion(question_id=question, principle=principle, probes=3),),
            bar_raiser=raised,
        )
        for question, principle, raised in (
            ("dive_deep-root-cause", "dive_deep", False),
            (bank.principles["ownership"].questions[0].id, "ownership", bar_raiser),
        )
    )
    loop = running.start(LoopPlan(preset="onsite", level="L5", seed=1, rounds=(first, second)), {})
    list(running.start_round(loop))
    list(running.answer(loop, JAM))
    running.end_round(loop)
    list(running.start_round(loop))
    line = "".join(running.answer(loop, JAM_AGAIN))
    store.close()
    assert line.startswith("Earlier you said") is probed
    assert len(line.split()) <= 40


def test_a_technical_thread_is_no_story():
    turns = (
        Turn(speaker="interviewer", text="What is L1?", move="ask", question_id="l1-or-l2"),
        Turn(speaker="candidate", text=JAM),
    )
    assert told_threads(turns, 0, lambda t: t.principle is not None) == []
    assert [t.opening.place for t in told_threads(turns, 4, lambda t: True)] == ["4.1"]
