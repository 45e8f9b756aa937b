"""Exams written for this project, with what a class answered and the marks that were given: `exam_answers.jsonl`.

A line is a question: {"exam", "question", "reference", "answers", "marks"}, where `marks` has for each reader of the
exam a number from 0 to 10 for each answer. Not covered: exams of other people (`graded_answers`).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from interviewer.domain.base import Text, Value
from interviewer.evaluation.graded_answers import GradedAnswer
from interviewer.evaluation.labelled import read_rows

FULL = 10.0
Marks = tuple[Annotated[float, Field(ge=0, le=FULL)], ...]


class ExamQuestion(Value):
    exam: Text
    question: Text
    reference: Text
    answers: tuple[Text, ...]
    marks: tuple[Marks, ...]

    @model_validator(mode="after")
    def _every_answer_is_marked(self) -> "ExamQuestion":
        if not self.marks or any(len(given) != len(self.answers) for given in self.marks):
            raise ValueError("each reader needs a mark for each answer")
        return self


def read_exams(path: Path, exams: Sequence[str] = (), without: Sequence[str] = ()) -> list[GradedAnswer]:
    """The answers of the file, or of some exams, with the mean of their marks."""
    rows = [row for row in read_rows(path, ExamQuestion) if (not exams or row.exam in exams)]
    return [answer for place, row in enumerate(rows) if row.exam not in without for answer in _answers(place, row)]


def _answers(place: int, row: ExamQuestion) -> Iterator[GradedAnswer]:
    for number, answer in enumerate(row.answers):
        yield GradedAnswer(
            id=f"{row.exam}-{place}-{number}",
            question_id=f"{row.exam}-{place}",
            question=row.question,
            reference_answer=row.reference,
            student_answer=answer,
            score=sum(given[number] for given in row.marks) / len(row.marks),
            max_score=FULL,
            split=row.exam,
        )
