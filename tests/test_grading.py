"""Grading: the sums written out, and nothing scored that was not said."""

import pytest

from interviewer.domain.scorecard import BarRaiser, Quote, RoundCard, Verdict
from interviewer.domain.transcript import Transcript, Turn
from interviewer.evidence.clauses import count_words
from interviewer.evidence.reader import Reader
from interviewer.evidence.readings import Readings
from interviewer.grading.intake import Intake
from interviewer.grading.quotes import in_context
from interviewer.grading.scale import story_level, story_score, technical_level, technical_score, vote
from interviewer.grading.scorecard import Grader, _decide
from tests.doubles import HashingEmbedder

EVERYTHING = (
    "Last spring our fraud ranking model in Spain started missing refunds. I was asked to find out why before the review. "
    "I pulled the label table, compared row counts and traced it to a join that silently dropped rows. I fixed the join "
    "instead of retraining, because retraining would have taken two weeks. Recall went from 61% to 88%. Next time I would "
    "put the check in before launch."
)
NOTHING = "I would probably look into it, and it is important to be careful."
ALL = {
    "real_event", "situation", "task", "action", "personal_ownership", "result", "measured_result", "trade_off",
    "root_cause", "reflection", "concise",
}  # fmt: skip


@pytest.fixture
def grader(bank):
    embedder = HashingEmbedder()
    return Grader(bank, Intake(bank, embedder), Readings(bank, Reader(embedder)))


def transcript(*rounds, level="L5"):
    return Transcript.model_validate({"version": 1, "level": level, "rounds": list(rounds)})


def behavioral(*turns, **more):
    return {"kind": "behavioral", "principles": ["dive_deep"], "turns": list(turns), **more}


def ask(text="Describe the hardest production problem you have traced.", **more):
    return {"speaker": "interviewer", "text": text, "principle": "dive_deep", "move": "ask", **more}


def say(text):
    return {"speaker": "candidate", "text": text}


@pytest.mark.parametrize(
    ("shown", "score"),
    [
        (ALL, 1 + 0.6 + 0.3 + 0.2 + 0.7 + 0.6 + 0.4 + 0.6 + 0.2 + 0.2 + 0.2),
        ({"concise"}, 1.0),
        (ALL - {"concise"}, 5.0 - 0.3),
        (ALL - {"measured_result"}, 3.8),
        (ALL - {"personal_ownership"}, 3.0),
        (ALL - {"result", "measured_result"}, 3.0),
        (ALL - {"personal_ownership", "result", "measured_result"}, 2.2),
        (ALL - {"action"}, 2.0),
        (ALL - {"real_event"}, 1.5),
        ({"real_event", "action", "concise"}, 1 + 0.6 + 0.7 - 0.1),  # 2.3, held at 2.2
    ],
)
def test_the_story_score_is_this_sum(shown, score):
    assert story_score(shown).score == pytest.approx(score)


def test_the_working_names_every_part():
    shown = {"real_event", "action", "concise"}
    working = "1 + 0.7 action + 0.6 real_event, held at 2.2 (neither an own part nor an outcome) = 2.2"
    assert story_score(shown).working == working


@pytest.mark.parametrize(
    ("signals", "shown", "level", "value"),
    [
        (("action", "root_cause"), ALL, "L5", 5),
        (("action", "root_cause"), ALL - {"root_cause"}, "L5", 3),
        (("action", "root_cause"), ALL - {"root_cause"}, "L4", 5),
        (("action", "result"), ALL - {"reflection"}, "L6", 4),
        (("action", "personal_ownership"), {"real_event", "action", "personal_ownership", "concise"}, "L5", 3),
        (("reflection",), {"reflection", "concise"}, "L5", 2),
    ],
)
def test_a_level_follows_from_the_share_the_story_and_the_level(signals, shown, level, value):
    assert story_level(signals, shown, level)[0] == value


def test_a_contradiction_costs_a_level_and_caps_at_three():
    assert [technical_level([1.0], n)[0] for n in (0, 1)] == [5, 3]


def test_claims_are_counted_by_weight(bank):
    question = bank.question("l1-or-l2")
    rubric = bank.rubric("ml_depth")
    whole = sum(c.weight for c in question.claims)
    first = question.claims[0]
    got = technical_score(rubric, question, set(), {first.id}, set())
    assert got.score == pytest.approx(round(1 + 4 * min(1, first.weight / whole / 0.9), 1), abs=0.11)


@pytest.mark.parametrize(
    ("score", "name"),
    [(5.0, "strong_hire"), (4.3, "strong_hire"), (4.2, "hire"), (3.4, "no_hire"), (2.2, "strong_no_hire")],
)
def test_votes(score, name):
    assert vote(score) == name


def test_every_quote_stands_in_the_transcript(grader):
    talk = transcript(behavioral(ask(), say(EVERYTHING)))
    card = grader.grade(talk, {})
    quotes = [(q, v) for v in card.rounds[0].criteria for q in v.evidence]
    assert quotes
    for quote, _ in quotes:
        assert talk.rounds[0].turns[quote.turn].text[quote.start : quote.end] == quote.quote


def test_a_level_above_one_always_has_a_quote(grader):
    for text in (EVERYTHING, NOTHING, "We improved it a lot.", "", "🙂"):
        for verdict in grader.grade(transcript(behavioral(ask(), say(text))), {}).rounds[0].criteria:
            assert verdict.evidence or verdict.level in (None, 1)


def test_nothing_usable_scores_one(grader):
    answer = grader.grade(transcript(behavioral(ask(), say(NOTHING))), {}).rounds[0].answers[0]
    assert answer.score == 1.0


def test_an_opening_is_scored_with_what_its_follow_ups_added(grader):
    opening = "Last spring our fraud ranking model in Spain started missing refunds. I compared the tables and rewrote the join."
    follow = {"speaker": "interviewer", "text": "What changed?", "move": "probe", "target": "measured_result"}
    answers = grader.grade(transcript(behavioral(ask(), say(opening), follow, say("Recall went from 61% to 88%."))), {})
    first, second = answers.rounds[0].answers
    assert first.alone < first.score == second.score


AT_LENGTH = (
    "As a team we always look into it, and it is important to be careful and to talk to each other, since that helps. "
)


@pytest.mark.parametrize(
    ("others", "most", "none"),
    [([], 5, 0), (["Skip it, please."], 5, 1), ([AT_LENGTH * 2, EVERYTHING], 4, 1), ([AT_LENGTH * 2] * 2, 3, 2)],
)
def test_questions_on_a_principle_that_brought_no_story_are_named_and_may_hold_it_down(grader, others, most, none):
    turns = [turn for text in (EVERYTHING, *others) for turn in (ask(), say(text))]
    card = grader.grade(transcript(behavioral(*turns)), {})
    own = [v for v in card.rounds[0].criteria if v.id.startswith("dive_deep.") and v.level is not None]
    assert max(v.level for v in own) == most
    said = f"{none} of the {len(others) + 1} questions on this brought no story."
    assert all((said in v.reason) == bool(none) for v in own)


def test_nothing_asked_is_not_assessed(grader):
    card = grader.grade(transcript(behavioral(ask())), {})
    assert {v.status for v in card.rounds[0].criteria} == {"not_assessed"}
    assert (card.rounds[0].score, card.rounds[0].vote, card.decision) == (None, None, None)


@pytest.mark.parametrize(("target", "status"), [(None, "not_assessed"), ("judgement", "assessed")])
def test_what_is_for_asking_is_assessed_where_it_was_asked_for(grader, target, status):
    put = {"speaker": "interviewer", "text": "How do L1 and L2 differ?", "question_id": "l1-or-l2", "move": "ask"}
    more = {"speaker": "interviewer", "text": "Go on.", "move": "probe", "target": target}
    said = [say("L1 gives exact zeros, and L2 shrinks all weights."), more, say("L1 selects, and L2 spreads.")]
    card = grader.grade(transcript({"kind": "ml_depth", "turns": [put, *said]}), {})
    held = {v.id: v for v in card.rounds[0].criteria}
    assert held["ml_depth.judgement"].status == status
    assert held["ml_depth.knowledge"].status == "assessed"


def test_asking_to_repeat_is_no_answer(grader):
    card = grader.grade(transcript(behavioral(ask(), say("Can you repeat that?"))), {})
    assert card.rounds[0].answers[0].score is None


def test_code_that_was_not_run_is_not_called_correct(grader):
    problem = {"speaker": "interviewer", "text": "Products.", "move": "ask", "question_id": "product-except-self"}
    talk = transcript(
        {"kind": "coding", "turns": [problem, say("I use prefix products.\n```python\ndef f(): ...\n```")]}
    )
    verdicts = {v.id: v for v in grader.grade(talk, {}).rounds[0].criteria}
    correct = next(v for v in verdicts.values() if "not run" in v.reason)
    assert (correct.level, correct.status) == (None, "not_assessed")


def test_grading_twice_gives_the_same_bytes(grader):
    talk = transcript(behavioral(ask(), say(EVERYTHING), bar_raiser=True))
    assert grader.grade(talk, {}).model_dump_json() == grader.grade(talk, {}).model_dump_json()


def test_a_bare_transcript_is_understood(grader, bank):
    opening = bank.question("dive_deep-root-cause").text
    bare = {
        "kind": "behavioral",
        "turns": [
            {"speaker": "interviewer", "text": opening},
            say(EVERYTHING),
            {"speaker": "interviewer", "text": "Why?"},
            say("It was the join."),
        ],
    }
    card = grader.grade(transcript(bare), {}).rounds[0]
    assert {v.id.split(".")[0] for v in card.criteria} == {"dive_deep"}
    assert len(card.answers) == 2


def card(kind, given):
    return RoundCard(kind=kind, vote=given, score=3.0)


NO_VETO = BarRaiser(round=0, vote="hire", veto=False, reason="")


@pytest.mark.parametrize(
    ("cards", "raiser", "decision"),
    [
        ([card("behavioral", "hire")] * 4, NO_VETO, "inclined"),
        (
            [card("behavioral", "strong_hire")] * 4,
            BarRaiser(round=0, vote="no_hire", veto=True, reason=""),
            "not_inclined",
        ),
        ([card("coding", "no_hire")] * 2 + [card("ml_depth", "strong_hire")] * 6, NO_VETO, "not_inclined"),
        ([card("ml_depth", "strong_hire")] * 4 + [card("coding", "strong_no_hire")], NO_VETO, "not_inclined"),
        ([card("ml_depth", "hire")] * 4 + [card("coding", None)], NO_VETO, None),
        ([card("ml_depth", None)], None, None),
    ],
)
def test_decisions(cards, raiser, decision):
    assert _decide(cards, raiser)[0] == decision


def test_a_short_quote_is_shown_with_the_sentence_around_it():
    text = "What I learned: I sat on the bad feeling for a week, since the number was popular. It cost us a month."
    cut = Quote(turn=1, start=0, end=len("What I learned:"), quote="What I learned:")
    same = Quote(
        turn=1, start=text.index("I sat"), end=text.index(", since"), quote="I sat on the bad feeling for a week"
    )
    verdict = Verdict(
        id="a.b", name="A: B", weight=1.0, level=3, status="assessed", reason="", working="", evidence=(cut, same)
    )
    widened = in_context(verdict, [Turn(speaker="interviewer", text="Why?"), Turn(speaker="candidate", text=text)])
    assert [q.quote for q in widened.evidence] == [text[: text.index(" It cost")]]
    assert all(text[q.start : q.end] == q.quote for q in widened.evidence)


def test_in_a_sentence_without_end_a_quote_grows_by_its_neighbours():
    text = "so we had the outage and I took the pager " + "and then it went on and on for many hours " * 6
    start = text.index("I took")
    quote = Quote(turn=0, start=start, end=start + len("I took the pager"), quote="I took the pager")
    verdict = Verdict(id="a.b", name="A: B", weight=1.0, level=3, status="assessed", reason="", evidence=(quote,))
    (grown,) = in_context(verdict, [Turn(speaker="candidate", text=text)]).evidence
    assert "I took the pager" in grown.quote
    assert 10 <= count_words(grown.quote) <= 20


def test_what_was_missed_is_named_and_steers_what_to_read(bank):
    asked_for = []
    embedder = HashingEmbedder()

    def find(query):
        asked_for.append(query)

    grading = Grader(bank, Intake(bank, embedder), Readings(bank, Reader(embedder)), find)
    put = {"speaker": "interviewer", "text": "How do L1 and L2 differ?", "question_id": "l1-or-l2", "move": "ask"}
    card = grading.grade(
        transcript({"kind": "ml_depth", "turns": [put, say("L1 drives some weights to exactly zero.")]}), {}
    )
    (knowledge,) = [v for v in card.rounds[0].criteria if v.id == "ml_depth.knowledge"]
    texts = [c.text for c in bank.question("l1-or-l2").claims if f"“{c.text}”" in knowledge.reason]
    assert len(texts) == 2
    assert "l1-sparse" not in [c.id for c in bank.question("l1-or-l2").claims if c.text in texts]
    assert any(all(text in query for text in texts) for query in asked_for)
