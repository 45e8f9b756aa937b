"""Answers that people graded, read from a CSV file; a fault names the file, the line and the field.

Not covered: other layouts. A field that a row may lack is `split` or `label_3way`; whatever else the file has is left.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, FiniteFloat, ValidationError, field_validator, model_validator

from interviewer.domain.base import Text, Value
from interviewer.errors import BadInput
from interviewer.evidence.reference import Label, is_blank

REQUIRED = ("id", "question_id", "question", "reference_answer", "student_answer", "score", "max_score")
_OPTIONAL = ("split", "label_3way")
_SEVERAL = re.compile(r"\s\|\|(?=\s|$)")  # between references that are full answers each
_FIELD_MOST = 1_000_000  # characters; csv's own limit of 131,072 is met by an answer with a log in it


class GradedAnswer(Value):
    """One row."""

    id: Text
    question_id: Text
    question: str
    reference_answer: Text
    student_answer: str
    score: Annotated[FiniteFloat, Field(ge=0)]
    max_score: Annotated[FiniteFloat, Field(gt=0)]
    split: str = ""
    label_3way: Label | None = None

    @field_validator("label_3way", mode="before")
    @classmethod
    def _empty_is_none(cls, label: object) -> object:
        return label or None

    @field_validator("reference_answer")
    @classmethod
    def _has_a_reference(cls, text: str) -> str:
        if not _references(text):
            raise ValueError("there is no reference between the bars")
        return text

    @model_validator(mode="after")
    def _score_is_possible(self) -> "GradedAnswer":
        if self.score > self.max_score:
            raise ValueError(f"score {self.score:g} is above max_score {self.max_score:g}")
        return self

    @property
    def references(self) -> list[str]:
        return _references(self.reference_answer)

    @property
    def share(self) -> float:
        """Of full marks, as people gave it."""
        return self.score / self.max_score

    @property
    def blank(self) -> bool:
        return is_blank(self.student_answer)


def _references(text: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(f" {text}") if part.strip()]


def read_graded_answers(path: Path) -> list[GradedAnswer]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(_rows(path, file))
    except UnicodeDecodeError as fault:
        raise BadInput(f"{path} is not UTF-8 ({fault.reason} at byte {fault.start}); save it as UTF-8") from fault
    except OSError as fault:
        raise BadInput(f"{path} cannot be read ({fault.strerror}); check the path") from fault
    if not rows:
        raise BadInput(f"{path}:2: there is no answer below the header; add one row for each answer")
    return rows


def _rows(path: Path, file: Iterator[str]) -> Iterator[GradedAnswer]:
    csv.field_size_limit(_FIELD_MOST)
    reader = csv.DictReader(file, strict=True)
    line = 1
    try:
        _check_header(path, reader.fieldnames or ())
        line = reader.line_num + 1
        for row in reader:
            yield _answer(path, line, row)
            line = reader.line_num + 1
    except csv.Error as fault:
        raise BadInput(f"{path}:{line}: not a row of a CSV file ({fault}); check its quotation marks") from fault


def _check_header(path: Path, names: Sequence[str]) -> None:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise BadInput(f"{path}:1:{missing[0]}: the header lacks {', '.join(missing)}; add what is missing")


def _answer(path: Path, line: int, row: dict[str, str]) -> GradedAnswer:
    if None in row:
        raise BadInput(
            f"{path}:{line}: the row has more fields than the header; put text with commas in quotation marks"
        )
    short = [name for name in REQUIRED if row.get(name) is None]
    if short:
        raise BadInput(f"{path}:{line}:{short[0]}: the row ends before this field; give every row all the columns")
    try:
        return GradedAnswer.model_validate({k: v for k in (*REQUIRED, *_OPTIONAL) if (v := row.get(k)) is not None})
    except ValidationError as fault:
        first = fault.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "score"
        raise BadInput(f"{path}:{line}:{field}: {first['msg']}; correct the row") from fault
