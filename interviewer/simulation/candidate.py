"""A scripted candidate: answers chosen by what was asked last, each used once.

The most specific `when` that fits wins, and equal ones are taken in order; an answer for a whole round is not used
up on a principle's question. Not covered: candidates played by a model.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interviewer.domain.transcript import Turn
from interviewer.errors import BadInput
from interviewer.evidence.code_blocks import fenced

_NO_QUESTIONS = "No, thank you. That is all from me."


class When(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    round: str | None = None
    principle: str | None = None
    question_id: str | None = None
    probe: str | None = None
    move: str | None = None

    @property
    def conditions(self) -> dict[str, str]:
        return {k: v for k, v in self.model_dump().items() if v is not None}


class Scripted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    when: When = When()
    say: str


class CandidateFile(BaseModel):
    """`code` is typed when its problem is put; for any other problem `solves` says which shipped solution is typed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    answers: tuple[Scripted, ...] = ()
    otherwise: str = "I don't know."
    code: dict[str, str] = Field(default_factory=dict)
    solves: Literal["", "fast", "simple", "wrong"] = ""


def read_candidate(path: Path) -> CandidateFile:
    """Raises BadInput naming the file, and the line or the field."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput(f"{path}: cannot be read ({fault}); give the path of a candidate.yaml") from fault
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        raise BadInput(f"{path}:{mark.line + 1 if mark else 1}: not valid YAML; correct that line") from fault
    try:
        return CandidateFile.model_validate(data)
    except ValidationError as fault:
        first = fault.errors()[0]
        raise BadInput(f"{path}: {'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}") from fault


class ScriptedCandidate:
    """Plays one loop; keeps track of what has been said.

    `shipped` gives the text of a shipped solution by problem and kind, None where there is none.
    """

    def __init__(self, file: CandidateFile, shipped: Callable[[str, str], str | None] = lambda *_: None) -> None:
        self._file = file
        self._shipped = shipped
        self._used: set[int] = set()
        self._typed: set[str] = set()

    def reply(self, kind: str, asked: Turn) -> str:
        """What the candidate says after the interviewer's turn `asked` in a round of this kind."""
        facts = {
            "round": kind,
            "principle": asked.principle,
            "question_id": asked.question_id,
            "probe": asked.target if asked.move == "probe" else None,
            "move": asked.move,
        }
        fitting = [
            (len(entry.when.conditions), -place)
            for place, entry in enumerate(self._file.answers)
            if place not in self._used and _fits(entry.when, facts)
        ]
        if asked.move in ("invite_questions", "answer_candidate"):
            fitting = [f for f in fitting if self._file.answers[-f[1]].when.move == asked.move]
            if not fitting:
                return _NO_QUESTIONS
        said = self._file.otherwise
        if fitting:
            place = -max(fitting)[1]
            self._used.add(place)
            said = self._file.answers[place].say
        return said + self._code(asked)

    def _code(self, asked: Turn) -> str:
        """Code is typed once, when its problem is put."""
        problem = asked.question_id
        if asked.move != "ask" or problem is None or problem in self._typed:
            return ""
        code = self._file.code.get(problem) or (
            self._shipped(problem, self._file.solves) if self._file.solves else None
        )
        if code is None:
            return ""
        self._typed.add(problem)
        return f"\n\n{fenced(code.strip())}"


def _fits(when: When, facts: dict[str, str | None]) -> bool:
    conditions = when.conditions
    if facts["principle"] is not None and set(conditions) == {"round"}:
        return facts["round"] == "behavioral" == when.round
    return all(facts[key] == value for key, value in conditions.items())
