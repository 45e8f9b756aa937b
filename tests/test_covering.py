"""Rubrics over a whole round (the Bar Raiser's, the phone screen's): when they ask, what they grade, and what not.

Not covered: whether the interviewer's own cues are any use on real candidates; nobody has labelled such replies.
"""

import shutil
from pathlib import Path

import pytest
import yaml

from interviewer.content.bank import load
from interviewer.content.place import shipped
from interviewer.domain.evidence import Finding, Reading, Span
from interviewer.domain.loop import PlannedQuestion, RoundPlan
from interviewer.domain.rubric import ROUND_SIGNALS, STORY_SIGNALS, Criterion, Signal
from interviewer.domain.transcript import Turn
from interviewer.errors import ContentError, ModelUnavailable
from interviewer.evidence.covering import asked_for, read_round
from interviewer.evidence.reader import Reader
from interviewer.evidence.readings import Readings
from interviewer.grading.covering import LEFT_OPEN, NOT_ASKED
from interviewer.grading.intake import Intake
from interviewer.grading.judge import JudgedReadings
from interviewer.grading.scale import covering_level
from interviewer.grading.scorecard import Grader
from interviewer.interviewing.conductor import next_move
from interviewer.interviewing.layers import _hook
from interviewer.interviewing.state import RoundSoFar, normalised
from interviewer.llm.yes_no import Opinion
from tests.doubles import HashingEmbedder
from tests.test_grading import EVERYTHING, ask, behavioral, say, transcript

LABELLED = yaml.safe_load((Path(__file__).parent / "data" / "labelled" / "layers.yaml").read_text(encoding="utf-8"))
BENEATH = "What did you do there that most people in your position would have left undone?"
REPLY = (
    "The ticket asked for a green job and no more. I rewrote the retry logic on my own initiative, because it would "
    "have been red again within the week."
)
OPEN = "I called both owners of the table and had them agree on one definition, which took most of a month."
SHORT = "I do not know, sorry."


def readings(bank):
    return Readings(bank, Reader(HashingEmbedder()))


def grader(bank, read=None):
    return Grader(bank, Intake(bank, HashingEmbedder()), read or readings(bank))


def probe(text, target="action"):
    return {"speaker": "interviewer", "text": text, "move": "probe", "target": target, "principle": "dive_deep"}


def raised(*turns, **more):
    return transcript(behavioral(ask(), say(EVERYTHING), *turns, bar_raiser=True, **more))


def verdicts(card, place=0, rubric="bar_raiser"):
    return {v.id: v for v in card.rounds[place].criteria if v.id.startswith(f"{rubric}.")}


def so_far(bank, kind, question_id, turns, *, bar_raiser=False, principle=None):
    planned = PlannedQuestion(question_id=question_id, principle=principle, probes=8)
    persona = next(p.id for p in bank.personas.values() if kind in p.rounds)
    plan = RoundPlan(kind=kind, minutes=55, persona=persona, questions=(planned,), bar_raiser=bar_raiser)
    read = readings(bank)
    made = [Turn.model_validate(t) for t in turns]
    found = read_round(read, made, read.planned_subject, bank.covering(kind, bar_raiser))
    said = frozenset(normalised(t.text) for t in made if t.speaker == "interviewer")
    return RoundSoFar(bank, "L5", plan, made, found, said)


def story_after(probes, bar_raiser):
    """A story with so many follow-ups, each answered with something new."""
    more = ("In April I called the vendor.", "In May I removed the old join.", "In June I wrote a check for it.")
    turns = [ask(question_id="dive_deep-root-cause"), say(EVERYTHING)]
    for n in range(probes):
        turns += [{**probe(f"Follow-up {n}, what next?", "result"), "question_id": "dive_deep-root-cause"}]
        turns += [say(f"{more[n % 3]} {EVERYTHING}")]
    return turns, bar_raiser


def test_every_round_rubric_of_the_issue_is_there(bank):
    assert {"phone_screen", "bar_raiser"} <= set(bank.rounds)
    assert [r.id for r in bank.covering("behavioral", True)] == ["bar_raiser"]
    assert [r.id for r in bank.covering("phone_screen", False)] == ["phone_screen"]
    assert bank.covering("behavioral", False) == ()


@pytest.mark.parametrize("rubric", ["phone_screen", "bar_raiser"])
def test_its_signals_are_of_no_other_rubric(bank, rubric):
    own = {s.id for s in bank.rounds[rubric].signals}
    others = {s.id for r in bank.rounds.values() if r.id != rubric for s in r.signals} | set(STORY_SIGNALS)
    assert not own & others
    assert not own & {s for p in bank.principles.values() for s in p.signal_ids}


@pytest.mark.parametrize("rubric", ["phone_screen", "bar_raiser"])
def test_every_signal_can_be_asked_for_in_each_tone(bank, rubric):
    found = bank.rounds[rubric]
    for signal in found.signals:
        tones = {p.tone for c in found.criteria for p in c.probes if p.signal == signal.id}
        assert tones == {"friendly", "standard", "bar_raiser"}, signal.id
    known = {s.id for s in found.signals} | set(ROUND_SIGNALS)
    assert {s for c in found.criteria for s in c.signals} <= known


@pytest.mark.parametrize("rubric", ["phone_screen", "bar_raiser"])
def test_its_own_lines_are_recognised_and_no_others(bank, rubric):
    found = bank.rounds[rubric]
    for criterion in found.criteria:
        for p in criterion.probes:
            text = p.text.replace("{quote}", "I fixed the join")
            assert asked_for(found, Turn(speaker="interviewer", text=text, move="probe")) == p.signal
            assert asked_for(found, Turn(speaker="interviewer", text=text, move="ask")) is None
    for principle in bank.principles.values():
        for p in (p for c in principle.criteria for p in c.probes):
            assert asked_for(found, Turn(speaker="interviewer", text=p.text, move="probe")) is None


@pytest.mark.parametrize(("probes", "bar_raiser", "own"), [(2, True, True), (1, True, False), (2, False, False)])
def test_every_third_follow_up_on_a_story_is_the_bar_raisers(bank, probes, bar_raiser, own):
    turns, raiser = story_after(probes, bar_raiser)
    state = so_far(bank, "behavioral", "dive_deep-root-cause", turns, bar_raiser=raiser, principle="dive_deep")
    move = next_move(state)
    asked = asked_for(bank.rounds["bar_raiser"], Turn(speaker="interviewer", text=move.text, move="probe"))
    if own:
        assert asked is not None
        assert move.target in STORY_SIGNALS  # FORMATS.md: a closed list
        assert move.exact
        said = [p for c in bank.rounds["bar_raiser"].criteria for p in c.probes if p.signal == asked]
        assert any(p.tone == "bar_raiser" and p.text.split("“")[0] in move.text for p in said)
    elif not bar_raiser:
        assert asked is None


@pytest.mark.parametrize(
    ("result", "quoted"), [("I took recall from 61% to 88%", True), ("I have changed half of it", False)]
)
def test_where_a_figure_comes_from_is_asked_beside_words_with_a_figure(result, quoted):
    start = len("In May I rang the vendor. ")
    span = Span(start=start, end=start + len(result), quote=result)
    reading = Reading(words=20, signals=(Finding(id="measured_result", spans=(span,), how="rule"),))
    signal = Signal(id="vouches", name="Says where it comes from", deepens="measured_result")
    assert (_hook(signal, [reading]) is not None) is quoted


def test_nothing_beneath_is_asked_for_where_nothing_was_told(bank):
    nothing = "It is important to be careful and to communicate."
    turns = [ask(question_id="dive_deep-root-cause"), say(nothing)]
    for n in range(2):
        turns += [{**probe(f"Which time was it, {n}?", "real_event"), "question_id": "dive_deep-root-cause"}]
        turns += [say(f"{nothing} In general {n}.")]
    move = next_move(so_far(bank, "behavioral", "dive_deep-root-cause", turns, bar_raiser=True, principle="dive_deep"))
    assert asked_for(bank.rounds["bar_raiser"], Turn(speaker="interviewer", text=move.text, move="probe")) is None


def test_a_phone_screen_asks_for_its_own_on_a_technical_question(bank):
    opening = {"speaker": "interviewer", "text": "x", "move": "ask", "question_id": "l1-or-l2"}
    turns = [opening, say("L1 gives zeros and L2 shrinks all of the weights a little.")]
    asked = bank.question("l1-or-l2")
    for step, claim in zip(asked.ladder[:2], asked.claims[:2], strict=True):
        turns += [{**opening, "text": step.ask, "move": "probe", "target": step.id}]
        turns += [say(claim.text)]
    state = so_far(bank, "phone_screen", "l1-or-l2", turns)
    move = next_move(state)
    target = asked_for(bank.rounds["phone_screen"], Turn(speaker="interviewer", text=move.text, move="probe"))
    assert target == move.target == "edge_of_knowledge"
    typed = [*turns[:-1], say(f"```python\nprint(1)\n```\n{asked.claims[1].text}")]
    other = next_move(so_far(bank, "phone_screen", "l1-or-l2", typed))
    assert asked_for(bank.rounds["phone_screen"], Turn(speaker="interviewer", text=other.text, move="probe")) is None


@pytest.mark.parametrize(
    "answer",
    [
        "I'd have to look that up.",
        "I have nothing solid to add to that, and I would rather say so than guess.",
        "A weight may be zero under the first, and of the second I am not sure, I could be wrong.",
    ],
)
def test_a_phone_screen_does_not_ask_for_it_where_little_was_said_or_it_was_said_unasked(bank, answer):
    opening = {"speaker": "interviewer", "text": "x", "move": "ask", "question_id": "l1-or-l2"}
    turns = [opening, say("L1 gives zeros and L2 shrinks all of the weights a little.")]
    asked = bank.question("l1-or-l2")
    for step, text in zip(asked.ladder[:2], (asked.claims[0].text, answer), strict=True):
        turns += [{**opening, "text": step.ask, "move": "probe", "target": step.id}, say(text)]
    move = next_move(so_far(bank, "phone_screen", "l1-or-l2", turns))
    said = Turn(speaker="interviewer", text=move.text, move="probe")
    assert asked_for(bank.rounds["phone_screen"], said) != "edge_of_knowledge"


def test_where_nothing_was_asked_nothing_is_assessed(bank):
    card = grader(bank).grade(raised(), {})
    found = verdicts(card)
    assert len(found) == len(bank.rounds["bar_raiser"].criteria)
    assert {(v.status, v.level, v.reason) for v in found.values()} == {("not_assessed", None, NOT_ASKED)}
    plain = grader(bank).grade(transcript(behavioral(ask(), say(EVERYTHING))), {})
    assert card.rounds[0].score == plain.rounds[0].score
    assert not verdicts(plain)


def test_a_reply_that_shows_it_is_a_four_with_its_words(bank):
    talk = raised(probe(BENEATH), say(REPLY))
    verdict = verdicts(grader(bank).grade(talk, {}))["bar_raiser.raises_the_bar"]
    assert (verdict.level, verdict.status) == (4, "assessed")
    assert verdict.reason.startswith("Heard: did more than the post asked for.")
    assert "Not asked: left something that works without them." in verdict.reason
    assert "on my own initiative" in verdict.evidence[0].quote


def test_a_reply_in_which_it_is_not_recognised_stays_open(bank):
    verdict = verdicts(grader(bank).grade(raised(probe(BENEATH), say(OPEN)), {}))["bar_raiser.raises_the_bar"]
    assert (verdict.level, verdict.status, verdict.reason) == (None, "not_assessed", LEFT_OPEN)


def test_a_few_words_are_a_miss_beside_those_words(bank):
    verdict = verdicts(grader(bank).grade(raised(probe(BENEATH), say(SHORT)), {}))["bar_raiser.raises_the_bar"]
    assert verdict.level == 1
    assert [q.quote for q in verdict.evidence] == [SHORT]


def test_the_same_words_without_the_bar_raisers_question_count_for_nothing(bank):
    talk = raised(probe("And then?", "result"), say(REPLY))
    assert verdicts(grader(bank).grade(talk, {}))["bar_raiser.raises_the_bar"].reason == NOT_ASKED


def test_pressing_counts_what_ordinary_follow_ups_got(bank):
    talk = raised(
        probe("What came of it, in numbers?", "measured_result"), say("Recall went from 61% to 88% within two weeks."),
        probe("Which occasion was it?", "real_event"), say("I am always careful, as everybody should be."),
    )  # fmt: skip
    verdict = verdicts(grader(bank).grade(talk, {}))["bar_raiser.under_pressure"]
    assert verdict.level == 3
    assert "1 of 2 follow-ups on stories got what they asked for." in verdict.reason
    assert verdict.evidence


def test_what_was_assessed_is_a_fifth_of_the_score(bank):
    talk = raised(probe(BENEATH), say(SHORT))
    card = grader(bank).grade(talk, {})
    held = card.rounds[0]
    base = grader(bank).grade(transcript(behavioral(ask(), say(EVERYTHING), probe(BENEATH), say(SHORT))), {}).rounds[0]
    assert held.score == pytest.approx(0.8 * base.score + 0.2 * 1, abs=0.051)
    assert "0.2 x Bar Raiser 1.00" in held.working
    assert card.bar_raiser.reason.startswith("I veto." if card.bar_raiser.veto else "I do not veto.")


@pytest.mark.parametrize(
    ("shares", "more", "wrong", "level"),
    [([0.75], False, 0, 4), ([1.0], False, 0, 5), ([1.0], True, 0, 4), ([0.0], True, 0, 1), ([0.75, 0.0], False, 0, 2),
     ([1.0], False, 1, 3), ([], True, 1, 1)],
)  # fmt: skip
def test_the_level_is_this_sum(shares, more, wrong, level):
    assert covering_level(shares, more, wrong)[0] == level


def test_every_quote_of_such_a_verdict_stands_in_its_round(bank):
    talk = raised(probe(BENEATH), say(REPLY), probe("What came of it?", "result"), say(SHORT))
    for verdict in verdicts(grader(bank).grade(talk, {})).values():
        assert verdict.level is None or verdict.evidence
        for q in verdict.evidence:
            assert talk.rounds[0].turns[q.turn].text[q.start : q.end] == q.quote
            assert talk.rounds[0].turns[q.turn].speaker == "candidate"


class Judge:
    """Says yes to what a signal of the Bar Raiser's asks, with a quote, or always no, or cannot be reached."""

    def __init__(self, quote="", down=False):
        self.quote, self.down, self.points = quote, down, []

    def ask(self, point, passage):
        if self.down:
            raise ModelUnavailable("down")
        self.points.append(point)
        return Opinion(reason="", shown=bool(self.quote), quote=self.quote)


@pytest.mark.parametrize(
    ("judge", "level"),
    [(Judge("had them agree on one definition"), 4), (Judge("something nobody said at all"), 1), (Judge(), 1),
     (Judge(down=True), None)],
)  # fmt: skip
def test_a_judge_settles_what_is_open_only_with_the_candidates_words(bank, judge, level):
    read = JudgedReadings(readings(bank), judge)
    verdict = verdicts(grader(bank, read).grade(raised(probe(BENEATH), say(OPEN)), {}))["bar_raiser.raises_the_bar"]
    assert verdict.level == level
    assert judge.down or "the candidate did more than the post asked for." in judge.points


def test_a_signal_that_another_rubric_has_is_refused(tmp_path):
    for name in ("rubrics", "corpus"):
        shutil.copytree(shipped() / name, tmp_path / name)
    path = tmp_path / "rubrics/rounds/phone_screen.yaml"
    path.write_text(path.read_text().replace("divides_time", "judgement"))
    with pytest.raises(
        ContentError, match=r"^rubrics/rounds/phone_screen.yaml:\d+: signals.3.id: 'judgement' is a signal"
    ):
        load(tmp_path)


def test_anchors_are_written_for_every_level(bank):
    for criterion in (c for r in ("phone_screen", "bar_raiser") for c in bank.rounds[r].criteria):
        assert isinstance(criterion, Criterion)
        assert sorted(criterion.anchors) == [1, 2, 3, 4, 5]
        assert len(set(criterion.anchors.values())) == 5


@pytest.mark.real
def test_no_evasive_reply_is_heard_as_the_layer_beneath():
    """The cues hear little (3 of 66); what they hear has to be so."""
    from interviewer.library import MiniLM

    bank, reader = load(), Reader(MiniLM())
    for signal, replies in LABELLED.items():
        rubric = next(r for r in bank.rounds.values() if r.covers != "questions" and r.signal(signal))
        assert [t for t in replies["misses"] if reader.read(t, rubric).finding(signal)] == []
