"""Interviews as they run: every event is stored before it is acted on, so that a killed process loses nothing.

`answer` and `respond` are generators of the pieces of the interviewer's line as they may be shown. Closing one early
(Stop, a closed tab) completes the line without the model and stores it. Not here: scorecards (`grading`).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Protocol

from interviewer.content.bank import Bank
from interviewer.domain.coding import RunKind
from interviewer.domain.events import (
    CandidateSaid,
    Event,
    InterviewEnded,
    InterviewerSaid,
    InterviewStarted,
    KeptSilent,
    RoundEnded,
    RoundStarted,
    TextSetAside,
)
from interviewer.domain.interview import Interview, advance, fold
from interviewer.domain.loop import LoopPlan
from interviewer.domain.scorecard import Contradiction
from interviewer.errors import BadInput, InterviewMoved
from interviewer.evidence.covering import read_round
from interviewer.evidence.readings import Readings
from interviewer.evidence.retold import Retold, told_threads
from interviewer.interviewing import editor
from interviewer.interviewing.conductor import next_move
from interviewer.interviewing.desk import Desk, Examine
from interviewer.interviewing.moves import Move
from interviewer.interviewing.prompting import prefix_messages
from interviewer.interviewing.state import WORDS_A_MINUTE, RoundSoFar, normalised
from interviewer.interviewing.voice import Line, Voice
from interviewer.llm.prompt_file import Message

_TRIES = 5
_LEAVES = ("ask", "invite_questions", "wrap_up")  # moves that leave the problem in the editor behind
_MOVED = "This interview has gone on in another tab or window. Your text was kept but not counted as an answer."
_BUSY = "this interview is being written to from elsewhere; reload, then send your text again"
LONGEST_PAUSE = 900.0  # seconds of one turn that count; a laptop closed overnight does not end a round


class Store(Protocol):
    def create(self, first: Event) -> str: ...
    def append(self, interview: str, place: int, events: list[Event]) -> None: ...
    def read(self, interview: str) -> list[Event]: ...
    def delete(self, interview: str) -> None: ...


class Interviews:
    """All interviews of one store. `simulated` runs the clock at 140 words a minute instead of the wall's."""

    def __init__(
        self,
        bank: Bank,
        store: Store,
        readings: Readings,
        voice: Voice,
        *,
        simulated: bool = False,
        clock: Callable[[], float] = time.monotonic,
        warm: Callable[[list[Message]], None] | None = None,
        retold: Retold | None = None,
        examine: Examine | None = None,
    ) -> None:
        self._bank = bank
        self._store = store
        self._readings = readings
        self._voice = voice
        self._simulated = simulated
        self._clock = clock
        self._warm = warm
        self._retold = retold
        self._last_line: dict[str, float] = {}
        self.desk = Desk(bank, examine, clock)

    def start(self, plan: LoopPlan, made_with: dict[str, str], title: str = "", focus: str = "") -> str:
        """Store a new interview and return its id."""
        return self._store.create(InterviewStarted(plan=plan, made_with=made_with, title=title, focus=focus))

    def view(self, interview_id: str) -> Interview:
        """The interview as stored. Raises BadInput for an unknown id."""
        return fold(self._store.read(interview_id))

    def start_round(self, interview_id: str) -> Iterator[str]:
        """Open the next round and speak its first line. Raises BadInput when there is no next round."""
        interview = self.view(interview_id)
        place = interview.next_round
        if place is None:
            raise BadInput("there is no further round to start in this interview")
        self._add(interview_id, interview, RoundStarted(round=place))
        yield from self.respond(interview_id)

    def answer(self, interview_id: str, text: str, place: int | None = None) -> Iterator[str]:
        """Store the candidate's turn, then speak the interviewer's.

        `place` is the interview's length as the sender saw it; when somebody else has gone on since, the text is set
        aside, not lost, and InterviewMoved is raised.
        """
        interview = self.view(interview_id)
        seconds = self._candidate_seconds(interview_id, text)
        self._store_turn(interview_id, interview, self.desk.said(interview.current, text, seconds), place)
        yield from self.respond(interview_id)

    def hand_in(
        self, interview_id: str, code: str, kind: RunKind, place: int | None = None, problem: str = ""
    ) -> Iterator[str]:
        """Store the code as a turn, run it (the examples, or for "submit" every test), then speak or keep silent.

        `place` as in `answer`, `problem` as in `save_code`. Raises BadInput where no problem is open or the editor is
        empty.
        """
        self.save_code(interview_id, code, problem)
        interview = self.view(interview_id)
        seconds = self._candidate_seconds(interview_id, "")
        self._store_turn(interview_id, interview, self.desk.hand_in(interview.current, code, kind, seconds), place)
        yield from self.respond(interview_id)

    def save_code(self, interview_id: str, code: str, problem: str = "") -> bool:
        """Store what stands in the editor; whether there was anything new to store.

        With `problem`, nothing is stored where another one is open by now: the code belongs to that one only.
        """
        for attempt in range(_TRIES):
            interview = self.view(interview_id)
            saved = self.desk.to_save(interview_id, interview.current, code, problem)
            if saved is None:
                return False
            try:
                self._add(interview_id, interview, saved)
                return True
            except InterviewMoved:
                if attempt == _TRIES - 1:
                    raise
        return False

    def may_speak_unasked(self, interview_id: str) -> bool:
        """Whether it has been quiet for so long that `unasked` is worth asking; reads nothing that is stored."""
        since = self._last_line.get(interview_id)
        return since is not None and self.desk.still(interview_id, since)[0] >= editor.QUIET_SECONDS

    def unasked(self, interview_id: str) -> Iterator[str]:
        """What the interviewer says unasked to somebody who has typed long without a word, or is stuck; often nothing.

        Such a line does not move the interview on: an answer that was on its way still counts.
        """
        interview = self.view(interview_id)
        current = interview.current
        since = self._last_line.get(interview_id)
        if current is None or not current.awaits_candidate or since is None:
            return
        so_far = self.so_far(interview)
        at = editor.work(so_far)
        quiet, still = self.desk.still(interview_id, since)
        move = editor.unasked(so_far, at, quiet, still) if at is not None else None
        if move is not None:
            line = Line(rubric_text=move.text, text=move.text, done=True)
            self._store_line(interview_id, interview, move, line, unasked=True)
            yield line.text

    def respond(self, interview_id: str) -> Iterator[str]:
        """Speak the line that is due, if one is: after an answer, at a round's start, after a killed process."""
        interview = self.view(interview_id)
        current = interview.current
        if current is None or not current.awaits_interviewer:
            return
        ran = self.desk.result(current.turns[-1]) if current.turns else None
        if ran is not None:
            if self._simulated and ran.examined is not None:
                ran = ran.model_copy(update={"examined": ran.examined.untimed()})
            self._add(interview_id, interview, ran)
            interview = self.view(interview_id)
        so_far = self.so_far(interview)
        move = next_move(so_far)
        if move.kind == "silent":
            self._add(interview_id, interview, KeptSilent(reason=move.reason))
            self._last_line[interview_id] = self._clock()
            return
        line = Line(rubric_text=move.text)
        pieces = self._voice.say(so_far, move, line)
        try:
            yield from pieces
        except GeneratorExit:
            pieces.close()  # type: ignore[attr-defined]
            line.close(self._voice.guard(so_far, move))
            self._store_line(interview_id, interview, move, line)
            raise
        self._store_line(interview_id, interview, move, line)

    def end_round(self, interview_id: str) -> None:
        """End the round at the candidate's wish, without another word."""
        interview = self.view(interview_id)
        if interview.current is not None:
            left = self.desk.left(interview.current)
            self._add(interview_id, interview, *left, *self._ending(interview, "ended_by_candidate"))

    def end(self, interview_id: str) -> None:
        """End the whole interview; what was said so far is graded."""
        interview = self.view(interview_id)
        if interview.ended is None:
            left = self.desk.left(interview.current)
            events = [*left, RoundEnded(reason="ended_by_candidate")] if interview.current else []
            self._add(interview_id, interview, *events, InterviewEnded(reason="ended_by_candidate"))

    def so_far(self, interview: Interview) -> RoundSoFar:
        """What the conductor looks at in the current round."""
        current = interview.current
        assert current is not None
        plan = current.plan
        covering = self._bank.covering(plan.kind, plan.bar_raiser)
        return RoundSoFar(
            bank=self._bank,
            level=interview.plan.level,
            plan=plan,
            turns=current.turns,
            readings=read_round(self._readings, current.turns, self._readings.planned_subject, covering),
            said=frozenset(normalised(text) for text in interview.said),
            clash=(self._clash(interview) if plan.bar_raiser else None) or self._own_clash(interview),
            at_editor=self.desk.runs_code,
            typing=self.desk.typing(current, self.desk.problem(current)),
        )

    def _clash(self, interview: Interview) -> Contradiction | None:
        """Where the story that is being told contradicts one told before in this loop."""
        rounds = [
            told_threads(held.turns, place, lambda thread: thread.principle is not None)
            for place, held in enumerate(interview.rounds)
        ]
        told = [thread for held in rounds for thread in held]
        return self._retold.clash(told[:-1], told[-1]) if self._retold and rounds and rounds[-1] else None

    def _own_clash(self, interview: Interview) -> Contradiction | None:
        """Where what is being told contradicts itself."""
        place = len(interview.rounds) - 1
        turns = interview.rounds[-1].turns if interview.rounds else ()
        return self._retold.own_clash(turns, place, self._readings.planned_subject) if self._retold else None

    def _store_turn(self, interview_id: str, interview: Interview, said: CandidateSaid, place: int | None) -> None:
        """Store a candidate's turn, or set its text aside and raise InterviewMoved."""
        for _ in range(_TRIES):
            current = interview.current
            if current is None or not current.awaits_candidate or (place is not None and place != interview.place):
                self._set_aside(interview_id, said.text, "the interview had gone on elsewhere")
                raise InterviewMoved(_MOVED)
            with suppress(InterviewMoved):
                self._add(interview_id, interview, said)
                return
            seen, interview = interview, self.view(interview_id)
            if interview.place != seen.place:
                self._set_aside(interview_id, said.text, "another answer arrived at the same moment")
                raise InterviewMoved(_MOVED)
        raise InterviewMoved(_BUSY)

    def _store_line(
        self, interview_id: str, interview: Interview, move: Move, line: Line, *, unasked: bool = False
    ) -> None:
        assert move.kind != "silent"
        before = self._candidate_seconds(interview_id, "") if unasked else 0.0  # typing, which no turn will count
        said = InterviewerSaid(
            text=line.text,
            move=move.kind,
            reason=move.reason if line.fault is None else f"{move.reason}; rubric's words ({line.fault})",
            question_id=move.question_id,
            principle=move.principle,
            target=move.target,
            wording=line.wording,
            rubric_text=move.text if move.kind == "probe" else "",
            seconds=_spoken_seconds(line.text) if self._simulated else before,
            artifacts=({"type": "hint", "strength": move.hint},) if move.hint else (),
            unasked=unasked,
        )
        left = self.desk.left(interview.current) if move.kind in _LEAVES else ()
        ending = self._ending(interview, move.ends) if move.ends else []
        self._add(interview_id, interview, *left, said, *ending)
        self._last_line[interview_id] = self._clock()
        if self._warm and move.kind in ("ask", "probe") and move.principle and not ending:
            for event in (*left, said):
                interview = advance(interview, event)
            self._warm(prefix_messages(self.so_far(interview), self._voice.context_tokens))

    def _ending(self, interview: Interview, reason: str) -> list[Event]:
        events: list[Event] = [RoundEnded.model_validate({"reason": reason})]
        if len(interview.rounds) == len(interview.plan.rounds):
            events.append(InterviewEnded(reason="finished"))
        return events

    def _add(self, interview_id: str, interview: Interview, *events: Event) -> None:
        self._store.append(interview_id, interview.length, list(events))

    def _set_aside(self, interview_id: str, text: str, why: str) -> None:
        """Keep what could not be placed; the writer beside us may win the place once or twice, not forever."""
        for _ in range(_TRIES):
            with suppress(InterviewMoved):
                self._add(interview_id, self.view(interview_id), TextSetAside(text=text, why=why))
                return
        raise InterviewMoved(_BUSY)

    def _candidate_seconds(self, interview_id: str, text: str) -> float:
        """After a restart nobody knows how long the question stood: then the answer's length has to do."""
        if self._simulated:
            return _spoken_seconds(text)
        asked = self._last_line.get(interview_id)
        return min(LONGEST_PAUSE, _spoken_seconds(text) if asked is None else round(self._clock() - asked, 1))


def _spoken_seconds(text: str) -> float:
    return round(len(text.split()) / WORDS_A_MINUTE * 60, 1)
