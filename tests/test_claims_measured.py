"""Claims found in answers with labelled pieces, against a reader whose findings are known."""

import json
from pathlib import Path

import pytest

from interviewer.content.bank import load
from interviewer.domain.evidence import Finding, Reading, Span
from interviewer.errors import BadInput
from interviewer.evaluation.claims import evaluate_claims, read_answers

LABELLED = Path(__file__).parent / "data" / "labelled"
ROW = {
    "question_id": "l1-or-l2",
    "kind": "light",
    "pieces": [
        ["L1 drops inputs.", ["+l1-sparse"]],
        ["L2 does too.", ["-l2-shrinks"]],
        ["Scale first.", ["+why-geometry"]],
    ],
}


def found(claim):
    return Finding(id=claim, spans=(Span(start=0, end=2, quote="L1"),), how="rule")


class Told:
    def read(self, text, rubric, question=None):
        assert text == "L1 drops inputs. L2 does too. Scale first."
        return Reading(words=8, claims=(found("l1-sparse"), found("when-which")), contradicted=(found("l2-shrinks"),))


def file_of(tmp_path, row):
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_what_is_found_is_counted_against_what_is_there(tmp_path):
    bank = load()
    measured = evaluate_claims(read_answers(file_of(tmp_path, ROW), bank), Told(), bank)
    stated, turned = measured["light"]
    assert str(stated) == "1 of 2 found are there, 1 of 2 there are found"
    assert str(turned) == "1 of 1 found are there, 1 of 1 there are found"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"question_id": "gone"}, "the bank has no question gone"),
        ({"pieces": [["L1", ["+gone"]]]}, "no claim gone"),
        ({"pieces": "L1"}, "pieces: .*correct that field"),
    ],
)
def test_a_line_that_does_not_fit_the_bank_is_named(tmp_path, change, said):
    with pytest.raises(BadInput, match=f"answers.jsonl:1: .*{said}"):
        read_answers(file_of(tmp_path, {**ROW, **change}), load())


def test_the_labelled_answers_fit_the_bank():
    answers = read_answers(LABELLED / "claims.jsonl", load())
    assert len({question.id for _, question in answers}) > 90
    assert {a.kind for a, _ in answers} == {"right", "tricky", "swapped", "light"}
