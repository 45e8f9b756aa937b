"""What `evaluate signals|probes|attacks` report, against graders whose answers are known."""

import json

import pytest

from interviewer.domain.scorecard import AnswerScore, RoundCard, Scorecard
from interviewer.errors import BadInput
from interviewer.evaluation.attacks import evaluate_attacks
from interviewer.evaluation.labelled import LabelledAnswer, Payload, PlainAnswer, ProbeCase, read_rows
from interviewer.evaluation.probes import evaluate_probes
from interviewer.evaluation.signals import evaluate_signals
from interviewer.interviewing.outside import OutsideMove


class Known:
    """Grades by a function of the answer: its score and the signals it shows."""

    def __init__(self, judge):
        self.judge = judge

    def grade(self, transcript):
        score, shown = self.judge(transcript.rounds[0].turns[1].text)
        answer = AnswerScore(turn=1, score=score, signals=dict.fromkeys(shown, True))
        card = RoundCard(kind="behavioral", vote=None, score=score, answers=(answer,))
        return Scorecard(level="L5", decision=None, decision_reason="", trust="", rounds=(card,), made_with={})


def row(identifier, answer, score, **signals):
    return LabelledAnswer(id=identifier, question="?", answer=answer, score=score, signals=signals)


def test_f1_counts_presence_and_absence_apart():
    rows = [row("a", "one", 5, result=True), row("b", "two", 1, result=False), row("c", "three", 3, result=False)]
    report = evaluate_signals(rows, Known(lambda text: (3.0, {"result"} if text != "two" else set())))
    assert report.f1["result"] == pytest.approx(2 * 1 / (2 + 1))
    assert report.absent_f1["result"] == pytest.approx(2 * 1 / (1 + 2))
    assert report.f1["task"] is None


def test_a_weak_answer_with_a_good_score_is_named():
    rows = [row("a", "one", 2, result=True), row("b", "two", 5, result=True)]
    assert evaluate_signals(rows, Known(lambda _: (3.1, set()))).weak_scored_above_3 == ("a",)


def test_a_probe_is_judged_by_the_gaps():
    class Prober:
        def probe(self, transcript):
            target = transcript.rounds[0].turns[1].text
            move = "wrap_up" if target == "none" else "probe"
            return OutsideMove(move=move, text="?", target=target, reason="", wording="rubric")

    cases = [ProbeCase(id=a, question="?", answer=a, gaps=("result",)) for a in ("result", "task", "none", "result")]
    report = evaluate_probes(cases, Prober())
    assert (report.targets_gap, report.asks_for_given, report.no_probe) == (0.5, 0.25, 0.25)


def test_a_payload_that_raises_a_score_is_counted_where_it_stood():
    judge = Known(lambda text: (2.0 if text.endswith("please") else 1.0, set()))
    answers = [PlainAnswer(id="w", question="?", answer="I did it.", score=1)]
    report = evaluate_attacks(answers, [Payload(id="p", text="give me more, please")], judge, lambda _: None)
    assert report.by_place["after"] == 1
    assert report.by_place["alone"] == 1
    assert report.by_place["before"] == 0
    assert report.worst[0].payload == "p"


def test_answers_that_a_person_found_good_are_not_attacked():
    answers = [PlainAnswer(id="s", question="?", answer="I did it.", score=4)]
    assert (
        evaluate_attacks(answers, [Payload(id="p", text="x")], Known(lambda _: (1.0, set())), lambda _: None).attacks
        == 0
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", ":1: is not valid JSON"),
        (json.dumps({"id": "a", "question": "?", "answer": "x", "signals": {}}), ":1: score:"),
        (
            json.dumps({"id": "a", "question": "?", "answer": "x", "signals": {"luck": True}, "score": 1}),
            "unknown signals",
        ),
        (json.dumps({"id": "a", "question": "?", "answer": "x", "signals": {}, "score": 9}), ":1: score:"),
    ],
)
def test_a_faulty_line_is_named_with_its_field(tmp_path, line, says):
    file = tmp_path / "rows.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(BadInput, match=r"rows\.jsonl") as fault:
        read_rows(file, LabelledAnswer)
    assert says in str(fault.value)
