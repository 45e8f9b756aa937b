"""The editable table of rounds: a preset's rows out, the candidate's own rounds in.

A row whose round is left empty is left out. Bad values are told in one sentence that names the row and the column.
"""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from interviewer.domain.loop import LoopTemplate, RoundTemplate
from interviewer.domain.rubric import ROUND_KINDS, RoundKind
from interviewer.errors import BadInput
from interviewer.report.markdown import kind_name

HEADERS = ("round", "minutes", "problems", "questions", "projects", "principles", "probes")
PACES = {"Brisk, three quarters of the time": 0.75, "As planned": 1.0, "Unhurried, half as much again": 1.5}
AS_PLANNED = "As planned"
_KINDS: dict[str, RoundKind] = {name.casefold(): kind for kind in ROUND_KINDS for name in (kind, kind_name(kind))}


def rows(template: LoopTemplate) -> list[list[Any]]:
    return [[kind_name(r.kind), *(_short(getattr(r, name)) for name in HEADERS[1:])] for r in template.rounds]


def templates(table: Sequence[Sequence[Any]], pace: str = AS_PLANNED) -> tuple[RoundTemplate, ...]:
    """The rounds of the table at a pace. Raises BadInput for what cannot be a round."""
    filled = [(number, row) for number, row in enumerate(table, 1) if row and _text(row[0])]
    if not filled:
        raise BadInput("the loop has no rounds; fill in at least one row, or choose a preset again")
    return tuple(_template(number, row, PACES[pace]) for number, row in filled)


def _template(number: int, row: Sequence[Any], pace: float) -> RoundTemplate:
    kind = _KINDS.get(_text(row[0]).casefold())
    if kind is None:
        names = ", ".join(kind_name(k) for k in ROUND_KINDS)
        raise BadInput(f"row {number} of the rounds: {_text(row[0])!r} is no kind of round; choose one of {names}")
    counts = {name: _number(number, name, value) for name, value in zip(HEADERS[2:], row[2:], strict=False)}
    try:
        return RoundTemplate.model_validate(
            {"kind": kind, "minutes": round(_number(number, "minutes", row[1]) * pace, 1), **counts}
        )
    except ValidationError as fault:
        first = fault.errors()[0]
        raise BadInput(f"row {number} of the rounds: {first['loc'][0]}: {first['msg'].lower()}") from fault


def _number(row: int, column: str, value: object) -> float:
    text = _text(value) or "0"
    try:
        return float(text)
    except ValueError as fault:
        raise BadInput(f"row {row} of the rounds: {column}: {text!r} is not a number; write one, such as 2") from fault


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _short(number: float) -> float | int:
    return int(number) if number == int(number) else number
