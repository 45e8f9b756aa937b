"""The exams written for the scorer, and what is refused of a file of them."""

import json
from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import BadInput
from interviewer.evaluation.exams import read_exams

EXAMS = Path(__file__).parent / "data" / "labelled" / "exam_answers.jsonl"
ROW = {
    "exam": "os1",
    "question": "What is a page fault?",
    "reference": "An access to a page that is not in memory.",
    "answers": ["The page is on disk and must be fetched.", "An error in a book."],
    "marks": [[9, 0], [8, 1]],
}


def file_of(tmp_path, **changes):
    path = tmp_path / "exams.jsonl"
    path.write_text(json.dumps(ROW | changes) + "\n", encoding="utf-8")
    return path


def test_an_answer_gets_the_mean_of_its_marks(tmp_path):
    found = read_exams(file_of(tmp_path))
    assert [a.share for a in found] == [0.85, 0.05]
    assert found[0].references == [ROW["reference"]]
    assert len({a.id for a in found}) == 2
    assert {a.question_id for a in found} == {"os1-0"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"marks": [[9]]}, "each reader needs a mark for each answer"),
        ({"marks": []}, "each reader needs a mark for each answer"),
        ({"marks": [[9, 11]]}, "less than or equal to 10"),
        ({"answers": ["", "b"]}, "answers"),
        ({"reference": ""}, "reference"),
    ],
)
def test_a_bad_row_is_told_with_its_file_and_line(tmp_path, changes, told):
    path = file_of(tmp_path, **changes)
    with pytest.raises(BadInput) as caught:
        read_exams(path)
    assert f"{path}" in str(caught.value)
    assert told in str(caught.value)


def test_exams_can_be_chosen_and_left_out():
    held = read_exams(EXAMS, ["nn5"])
    assert {a.split for a in held} == {"nn5"}
    others = read_exams(EXAMS, without=["nn5"])
    assert "nn5" not in {a.split for a in others}
    assert len(held) + len(others) == len(read_exams(EXAMS))


def test_two_readers_of_the_same_exam_agree():
    rows = [json.loads(line) for line in EXAMS.open(encoding="utf-8")]
    twice = [row["marks"] for row in rows if len(row["marks"]) == 2]
    first, second = (np.array([mark for marks in twice for mark in marks[n]]) for n in (0, 1))
    assert len(first) > 3000
    assert np.corrcoef(first, second)[0, 1] > 0.9
