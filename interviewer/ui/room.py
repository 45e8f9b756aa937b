"""The coding room as a tab sees it: which problem is open, what stands in its editor, and what came of the last run.

A value made from the stored interview; it knows no gradio. Not here: running code (`coding`), what is shown of it
(`results_html`), and the components (`coding_room`).
"""

from dataclasses import dataclass, replace
from typing import Literal

from interviewer.coding.sandbox import sandbox_for
from interviewer.domain.coding import Examined, examined, run_kind, was_run
from interviewer.domain.interview import Interview
from interviewer.domain.question import Problem
from interviewer.domain.transcript import Turn
from interviewer.errors import SandboxUnavailable
from interviewer.interviewing.desk import Desk
from interviewer.settings import Settings

Running = Literal["", "run", "submit"]


@dataclass(frozen=True)
class Room:
    """`key` names what a tab's editor belongs to: this problem in this round of this interview.

    `running` says how code was handed in that has not come back; `fault` why the last was not run.
    """

    key: str
    title: str
    statement: str
    draft: str
    running: Running = ""
    result: Examined | None = None
    fault: str = ""


@dataclass(frozen=True)
class Runs:
    """Whether code can be run here, and the sentence that a candidate is told about it, if there is one."""

    possible: bool
    told: str = ""


_OWN_RIGHTS = "Your code runs with your own rights, without a sandbox (INTERVIEWER_SANDBOX=none)."


def room_of(desk: Desk, interview_id: str, interview: Interview) -> Room | None:
    """None unless a coding problem is the question under way."""
    current = interview.current
    problem = desk.problem(current)
    if current is None or problem is None:
        return None
    put = next(place for place in reversed(range(len(current.turns))) if current.turns[place].move == "ask")
    turn = next((t for t in reversed(current.turns[put:]) if run_kind(t) is not None), None)
    room = Room(
        key=f"{interview_id}/{len(interview.rounds)}/{problem.id}",
        title=problem.title,
        statement=statement(current.turns[put].text, problem),
        draft=desk.draft(current, problem),
    )
    return room if turn is None else _with_run(room, turn, desk.runs_code)


def _with_run(room: Room, turn: Turn, runs_code: bool) -> Room:
    if not was_run(turn):
        return replace(room, running=run_kind(turn) or "") if runs_code else room
    fault = next((str(a.get("fault", "")) for a in turn.artifacts if a.get("type") == "run"), "")
    return replace(room, result=examined(turn), fault=fault)


def statement(said: str, problem: Problem) -> str:
    """The statement of a problem within the words it was put with."""
    return said[max(0, said.find(f"**{problem.title}**")) :]


def problem_in(key: str) -> str:
    """The problem that a room's key names."""
    return key.rpartition("/")[2]


def runs(settings: Settings) -> Runs:
    """Whether this machine runs code, asked anew each time: a sandbox may be installed while the page is open."""
    try:
        sandbox = sandbox_for(settings.sandbox, not settings.local)
    except SandboxUnavailable as fault:
        return Runs(possible=False, told=f"{fault} You can still submit: then the code is discussed, not run.")
    return Runs(possible=True, told=_OWN_RIGHTS if sandbox.name == "none" else "")
