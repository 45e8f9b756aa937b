"""`evaluate grader` on small files: what it counts, what it leaves out, and what it says of a faulty file."""

import csv
import json
import math
from functools import partial

import numpy as np
import pytest

from interviewer.errors import BadInput
from interviewer.evaluation import floors, grader
from interviewer.evaluation.graded_answers import REQUIRED, read_graded_answers
from interviewer.evaluation.grader import evaluate_grader, to_grades
from interviewer.evaluation.statistics import estimate, pearson, within
from interviewer.evaluation.train_reference import SETS, main
from interviewer.evidence.reference import ReferenceScorer, load_weights
from tests.doubles import HashingEmbedder

QUESTIONS = {
    "heap": ("What is a heap?", "A binary tree in which every parent is at least as large as its children."),
    "page": ("What is a page fault?", "An access to a page that is not in memory, so the system loads it from disk."),
    "relu": ("Why is ReLU used?", "Its gradient does not vanish for positive inputs and it is cheap to compute."),
}


@pytest.fixture(autouse=True)
def short_intervals(monkeypatch):
    """A tenth of the draws: how wide an interval is, test_statistics asks."""
    monkeypatch.setattr(grader, "estimate", partial(estimate, rounds=100))


def rows(**changes):
    made = []
    for name, (question, reference) in QUESTIONS.items():
        words = reference.split()
        for n, part in enumerate((len(words), len(words) * 2 // 3, len(words) // 3, 1)):
            made.append(
                {
                    "id": f"{name}.{n}",
                    "question_id": name,
                    "question": question,
                    "reference_answer": reference,
                    "student_answer": " ".join(words[:part]),
                    "score": str(3 - n),
                    "max_score": "3",
                    **changes,
                }
            )
    return made


def write(path, made, fields=None):
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, fields or list(made[0]))
        table.writeheader()
        table.writerows(made)
    return path


def test_answers_that_hold_more_of_the_reference_agree_with_higher_scores(tmp_path):
    report = evaluate_grader(write(tmp_path / "a.csv", rows()), HashingEmbedder())
    assert (report.n, report.questions, report.blanks_left_out) == (12, 3, 0)
    assert report.scorer.pooled.pearson.value > 0.8
    assert report.scorer.within_question.pearson.value > 0.8
    assert set(report.floors) == {"length", "tf_idf"}


def test_blanks_are_counted_and_change_no_figure(tmp_path):
    blanks = [{**row, "id": f"b{n}", "student_answer": text, "score": "0"} for n, (row, text) in enumerate(
        zip(rows(), ["", "   ", "-", "N/A", "No submission.", "no response", "Empty submission."], strict=False)
    )]  # fmt: skip
    plain = evaluate_grader(write(tmp_path / "a.csv", rows()), HashingEmbedder())
    mixed = evaluate_grader(write(tmp_path / "a.csv", rows() + blanks), HashingEmbedder())
    assert mixed.blanks_left_out == 7
    assert mixed.model_dump(exclude={"blanks_left_out"}) == plain.model_dump(exclude={"blanks_left_out"})


def test_the_order_of_the_rows_changes_no_answers_score(tmp_path):
    def scores(made, name):
        evaluate_grader(write(tmp_path / "in.csv", made), HashingEmbedder(), tmp_path / name)
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            return {row["id"]: row["score"] for row in csv.DictReader(file)}

    assert scores(rows(), "a.csv") == scores(rows()[::-1], "b.csv")
    assert scores(rows()[:1], "c.csv")["heap.0"] == scores(rows(), "d.csv")["heap.0"]


def test_out_has_every_answer_with_points_on_the_questions_own_scale(tmp_path):
    made = [*rows(), {**rows()[0], "id": "blank", "student_answer": " ", "score": "0"}]
    evaluate_grader(write(tmp_path / "in.csv", made), HashingEmbedder(), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        found = {row["id"]: row for row in csv.DictReader(file)}
    assert len(found) == 13
    assert 1.5 < float(found["heap.0"]["score"]) <= 3
    assert (found["blank"]["score"], found["blank"]["blank"]) == ("0.0000", "true")


def test_labels_are_reported_for_each_split(tmp_path):
    made = [{**row, "split": "unseen" if n % 2 else "seen", "label_3way": "correct"} for n, row in enumerate(rows())]
    splits = {s.split: s for s in evaluate_grader(write(tmp_path / "a.csv", made), HashingEmbedder()).splits}
    assert {name: (s.n, s.labelled) for name, s in splits.items()} == {"seen": (6, 6), "unseen": (6, 6)}
    assert all(s.accuracy is not None and s.macro_f1 is not None for s in splits.values())


def test_the_report_is_one_json_document_without_nan_even_where_nothing_varies(tmp_path):
    report = evaluate_grader(write(tmp_path / "a.csv", rows(score="3")), HashingEmbedder())
    assert json.loads(report.model_dump_json())["scorer"]["pooled"]["pearson"]["value"] is None
    assert "not defined" in report.text()


def test_the_text_names_every_figure(tmp_path):
    text = evaluate_grader(write(tmp_path / "a.csv", rows()), HashingEmbedder()).text()
    for name in ("12 answers to 3 questions", "Pearson within questions", "QWK", "MAE", "length", "TF-IDF"):
        assert name in text


def test_scores_become_the_nearest_grade_that_people_gave():
    assert to_grades(np.array([0.1, 0.3, 0.9]), np.array([0.0, 0.5, 1.0])).tolist() == [0.0, 0.5, 1.0]


def test_length_is_a_floor_that_counts_words(tmp_path):
    answers = read_graded_answers(write(tmp_path / "a.csv", rows()))
    found = floors.length(answers)
    assert found[0] == pytest.approx(math.log1p(15) / math.log1p(17))


def test_tf_idf_is_one_for_the_reference_itself_and_nothing_for_other_words(tmp_path):
    made = [{**rows()[0], "id": "other", "student_answer": "Bananas ripen quickly."}, rows()[0]]
    assert floors.tf_idf(read_graded_answers(write(tmp_path / "a.csv", made))) == pytest.approx([0.0, 1.0])


def test_several_references_are_cut_at_the_bars(tmp_path):
    made = rows(reference_answer="It is a tree. || It is an array || ")
    assert read_graded_answers(write(tmp_path / "a.csv", made))[0].references == ["It is a tree.", "It is an array"]


FAULTS = [
    ({"score": "good"}, ":5:score:"),
    ({"score": "nan"}, ":5:score:"),
    ({"score": "4"}, "score 4 is above max_score 3"),
    ({"score": "-1"}, ":5:score:"),
    ({"max_score": "0"}, ":5:max_score:"),
    ({"question_id": " "}, ":5:question_id:"),
    ({"reference_answer": ""}, ":5:reference_answer:"),
    ({"reference_answer": " || "}, ":5:reference_answer:"),
    ({"label_3way": "nearly"}, ":5:label_3way:"),
]


@pytest.mark.parametrize(("change", "told"), FAULTS, ids=[str(change) for change, _ in FAULTS])
def test_a_fault_names_line_and_field(tmp_path, change, told):
    made = [{**row, "label_3way": ""} for row in rows()]
    made[3] |= change
    with pytest.raises(BadInput) as fault:
        read_graded_answers(write(tmp_path / "bad.csv", made))
    assert told in str(fault.value)
    assert "bad.csv:5" in str(fault.value)


def test_a_line_is_where_the_row_begins_though_an_answer_before_it_has_several(tmp_path):
    made = rows()
    made[0]["student_answer"] = "one\ntwo\nthree"
    made[1]["score"] = "x"
    with pytest.raises(BadInput, match=r"bad\.csv:5:score:"):
        read_graded_answers(write(tmp_path / "bad.csv", made))


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_column_is_named(tmp_path, name):
    fields = [field for field in REQUIRED if field != name]
    made = [{field: row[field] for field in fields} for row in rows()]
    with pytest.raises(BadInput, match=rf"bad\.csv:1:{name}:"):
        read_graded_answers(write(tmp_path / "bad.csv", made))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "lacks"),
        (",".join(REQUIRED).encode(), "no answer below the header"),
        (",".join(REQUIRED).encode() + b"\n1,q,what", ":2:reference_answer: the row ends"),
        (",".join(REQUIRED).encode() + b"\n1,q,what,ref,an,swer,1,2", ":2: the row has more fields"),
        (",".join(REQUIRED).encode() + b'\n1,q,"what', ":2: not a row of a CSV file"),
        (",".join(REQUIRED).encode() + b"\n1,q,what,r\xff,a,1,2", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_told_apart(tmp_path, content, told):
    (tmp_path / "bad.csv").write_bytes(content)
    with pytest.raises(BadInput) as fault:
        read_graded_answers(tmp_path / "bad.csv")
    assert told in str(fault.value)


def test_a_file_that_is_not_there_and_a_file_of_blanks_are_bad_input(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        evaluate_grader(tmp_path / "none.csv", HashingEmbedder())
    with pytest.raises(BadInput, match="every answer is blank"):
        evaluate_grader(write(tmp_path / "a.csv", rows(student_answer=" ")), HashingEmbedder())


def test_training_gives_the_same_weights_twice_and_they_order_answers(tmp_path, capsys):
    labels = ["correct", "correct", "contradictory", "incorrect"]
    made = [{**row, "split": "training", "label_3way": labels[n % 4]} for n, row in enumerate(rows())]
    for name in SETS:
        write(tmp_path / name, made)
    for name in ("once.json", "twice.json"):
        main([str(tmp_path), "--out", str(tmp_path / name)], HashingEmbedder())
    assert (tmp_path / "once.json").read_bytes() == (tmp_path / "twice.json").read_bytes()
    assert "beetle_3way: 12;" in capsys.readouterr().out
    scorer = ReferenceScorer(HashingEmbedder(), tmp_path / "once.json")
    question, reference = QUESTIONS["heap"]
    found = [scorer.judge(question, [reference], text).score for text in (reference, "a binary tree", "bananas ripen")]
    assert found == sorted(found, reverse=True)
    assert load_weights(tmp_path / "once.json").trained_on == "beetle_3way, scientsbank_3way, saf_english"


def test_difficulty_is_taken_out_of_the_within_question_figure(tmp_path):
    made = rows()
    for row in made:
        row["score"] = {"heap": "3", "page": "2", "relu": "0"}[row["question_id"]]
    report = evaluate_grader(write(tmp_path / "a.csv", made), HashingEmbedder())
    assert report.scorer.pooled.pearson.value is not None
    assert report.scorer.within_question.pearson.value is None
    assert pearson(within(np.array([1.0, 2.0]), ["a", "a"]), np.array([0.0, 1.0])) == pytest.approx(1.0)
