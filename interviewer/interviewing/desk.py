"""The editor of an interview: which problem is open, what stands there, and how long nothing has moved.

Times live in this process; after a restart they begin anew. Not here: what the interviewer makes of it (`editor`).
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass

from interviewer.content.bank import Bank
from interviewer.domain.coding import Examined, RunKind, examined, handed_in, left_behind, run_kind, was_run
from interviewer.domain.events import CandidateSaid, CodeRan, CodeSaved, Event
from interviewer.domain.interview import RoundState
from interviewer.domain.question import Problem
from interviewer.domain.transcript import Turn
from interviewer.errors import BadInput, SandboxUnavailable
from interviewer.evidence.code_blocks import fenced, last_code, without_code

log = logging.getLogger(__name__)

MOST_CODE = 50_000  # characters
_LEFT = "it was taken as it stood in the editor when the problem was left, and is run for the scorecard"
_DEFINES = re.compile(r"^[ \t]*(?:(?:async )?def (?!test_)|class |\w+\s*=\s*lambda\b)", re.MULTILINE)
Examine = Callable[[Problem, str, RunKind], Examined]


@dataclass
class Stillness:
    """When something last changed in the editor, and when a comment there last grew."""

    changed: float
    narrated: float
    comments: int


class Desk:
    """`examine` runs a solution; without it code can be typed and talked about, and is never run."""

    def __init__(self, bank: Bank, examine: Examine | None, clock: Callable[[], float]) -> None:
        self._bank = bank
        self._examine = examine
        self._clock = clock
        self._still: dict[str, Stillness] = {}

    @property
    def runs_code(self) -> bool:
        return self._examine is not None

    def problem(self, current: RoundState | None) -> Problem | None:
        """The problem that is being worked on: the last question put in the round, if it is one."""
        put = next((t for t in reversed(current.turns) if t.move == "ask"), None) if current else None
        question = self._bank.question(put.question_id) if put and put.question_id else None
        return question if isinstance(question, Problem) else None

    def draft(self, current: RoundState, problem: Problem) -> str:
        """What stands in the editor: what was saved last, or what was handed in, or the bare signature."""
        return current.drafts.get(problem.id, problem.signature)

    def typing(self, current: RoundState, problem: Problem | None) -> bool:
        """Whether the editor holds something that was not handed in yet."""
        if problem is None or problem.id not in current.drafts:
            return False
        draft = current.drafts[problem.id].strip()
        said = (last_code(t.text) for t in reversed(current.turns) if t.speaker == "candidate")
        last = next((block.code.strip() for block in said if block), "")
        return draft not in (last, problem.signature.strip())

    def to_save(self, interview_id: str, current: RoundState | None, code: str, of: str = "") -> CodeSaved | None:
        """The event that stores what is typed, None where that is stored already. Raises BadInput for too much.

        `of` names the problem that the code is for, where the sender knows it.
        """
        problem = self.problem(current)
        if current is None or problem is None or of not in ("", problem.id):
            return None
        if len(code) > MOST_CODE:
            raise BadInput(f"the code has {len(code):,} characters; at most {MOST_CODE:,} are kept, so shorten it")
        if code == self.draft(current, problem):
            return None
        self._note(interview_id, code)
        return CodeSaved(problem=problem.id, code=code)

    def hand_in(self, current: RoundState | None, code: str, kind: RunKind, seconds: float) -> CandidateSaid:
        """The turn that hands code in. Raises BadInput where there is no problem to solve, or no code."""
        problem = self.problem(current)
        if problem is None:
            raise BadInput("there is no coding problem open at the moment; answer in the conversation")
        if not code.strip():
            raise BadInput("the editor is empty; write a solution, then run it")
        if len(code) > MOST_CODE:
            raise BadInput(f"the code has {len(code):,} characters; at most {MOST_CODE:,} are run, so shorten it")
        return CandidateSaid(text=fenced(code), seconds=seconds, artifacts=(handed_in(problem.id, kind),))

    def said(self, current: RoundState | None, text: str, seconds: float) -> CandidateSaid:
        """A turn of words; code that stands in it while a problem is open is a submission as well."""
        problem = self.problem(current)
        block = last_code(text) if problem is not None and self.runs_code else None
        solves = block is not None and _DEFINES.search(block.code) is not None  # else it is a test, or a line of it
        artifacts = (handed_in(problem.id, "submit"),) if problem is not None and solves else ()
        return CandidateSaid(text=text, seconds=seconds, artifacts=artifacts)

    def left(self, current: RoundState | None) -> tuple[Event, ...]:
        """What stands in the editor when its problem is left, as the events that hand it in.

        Nothing where it was handed in already, or where code that was submitted before has passed.
        """
        problem = self.problem(current)
        if current is None or problem is None or not self.typing(current, problem):
            return ()
        if any(run_kind(t) == "submit" and (e := examined(t)) and e.passed for t in current.turns):
            return ()
        code = fenced(current.drafts[problem.id])
        return CandidateSaid(text=code, artifacts=(left_behind(problem.id),)), CodeRan(fault=_LEFT)

    def result(self, turn: Turn) -> CodeRan | None:
        """What came of the code in a turn, None where there is none or that is settled."""
        kind, block = run_kind(turn), last_code(turn.text)
        if kind is None or block is None or was_run(turn):
            return None
        named = next(a.get("problem") for a in turn.artifacts if a.get("type") == "code")
        problem = self._bank.question(str(named))
        if not isinstance(problem, Problem) or self._examine is None:
            return CodeRan(fault="there is nothing here to run the code with")
        try:
            return CodeRan(examined=self._examine(problem, block.code, kind))
        except (SandboxUnavailable, BadInput) as fault:
            log.warning("the code was not run: %s", fault)
            return CodeRan(fault=str(fault))

    def still(self, interview_id: str, since: float) -> tuple[float, float]:
        """Seconds without a word (comments are words) and without any change, counted from `since` at the earliest."""
        now, held = self._clock(), self._still.get(interview_id)
        narrated = max(since, held.narrated) if held else since
        changed = max(since, held.changed) if held else since
        return now - narrated, now - changed

    def _note(self, interview_id: str, code: str) -> None:
        now, held = self._clock(), self._still.get(interview_id)
        comments = len(without_code(fenced(code), comments=True).split())
        spoke = held is None or comments > held.comments
        narrated = now if spoke and held is not None else held.narrated if held else 0.0
        self._still[interview_id] = Stillness(now, narrated, comments)
