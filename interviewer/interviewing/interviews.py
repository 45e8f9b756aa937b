"""Interviews as they run: every event is stored before it is acted on, so that a killed process loses nothing.

`answer` and `respond` are generators of the pieces of the interviewer's line as they may be shown. Closing one early
(Stop, a closed tab) completes the line without the model and stores it. Not here: scorecards (`grading`).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Protocol

from interviewer.content.bank import Bank
from interviewer.domain.events import (
    CandidateSaid,
    Event,
    InterviewEnded,
    InterviewerSaid,
    InterviewStarted,
    RoundEnded,
    RoundStarted,
    TextSetAside,
)
from interviewer.domain.interview import Interview, advance, fold
from interviewer.domain.loop import LoopPlan
from interviewer.domain.scorecard import Contradiction
from interviewer.errors import BadInput, InterviewMoved
from interviewer.evidence.readings import Readings
from interviewer.evidence.retold import Retold, told_threads
from interviewer.interviewing.conductor import Move, next_move
from interviewer.interviewing.prompting import prefix_messages
from interviewer.interviewing.state import WORDS_A_MINUTE, RoundSoFar, normalised
from interviewer.interviewing.voice import Line, Voice
from interviewer.llm.prompt_file import Message

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
        current = interview.current
        if current is None or not current.awaits_candidate or (place is not None and place != interview.length):
            self._set_aside(interview_id, text, "the interview had gone on elsewhere")
            raise InterviewMoved(
                "This interview has gone on in another tab or window. Your text was kept but not counted as an answer."
            )
        said = CandidateSaid(text=text, seconds=self._candidate_seconds(interview_id, text))
        try:
            self._add(interview_id, interview, said)
        except InterviewMoved:
            self._set_aside(interview_id, text, "another answer arrived at the same moment")
            raise
        yield from self.respond(interview_id)

    def respond(self, interview_id: str) -> Iterator[str]:
        """Speak the line that is due, if one is: after an answer, at a round's start, after a killed process."""
        interview = self.view(interview_id)
        current = interview.current
        if current is None or not current.awaits_interviewer:
            return
        so_far = self.so_far(interview)
        move = next_move(so_far)
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
            self._add(interview_id, interview, *self._ending(interview, "ended_by_candidate"))

    def end(self, interview_id: str) -> None:
        """End the whole interview; what was said so far is graded."""
        interview = self.view(interview_id)
        if interview.ended is None:
            events: list[Event] = [RoundEnded(reason="ended_by_candidate")] if interview.current else []
            self._add(interview_id, interview, *events, InterviewEnded(reason="ended_by_candidate"))

    def so_far(self, interview: Interview) -> RoundSoFar:
        """What the conductor looks at in the current round."""
        current = interview.current
        assert current is not None
        return RoundSoFar(
            bank=self._bank,
            level=interview.plan.level,
            plan=current.plan,
            turns=current.turns,
            readings=self._readings.of(current.turns),
            said=frozenset(normalised(text) for text in interview.said),
            clash=self._clash(interview) if current.plan.bar_raiser else None,
        )

    def _clash(self, interview: Interview) -> Contradiction | None:
        """Where the story that is being told contradicts one told before in this loop."""
        rounds = [
            told_threads(held.turns, place, lambda thread: thread.principle is not None)
            for place, held in enumerate(interview.rounds)
        ]
        told = [thread for held in rounds for thread in held]
        return self._retold.clash(told[:-1], told[-1]) if self._retold and rounds and rounds[-1] else None

    def _store_line(self, interview_id: str, interview: Interview, move: Move, line: Line) -> None:
        said = InterviewerSaid(
            text=line.text,
            move=move.kind,
            reason=move.reason if line.fault is None else f"{move.reason}; rubric's words ({line.fault})",
            question_id=move.question_id,
            principle=move.principle,
            target=move.target,
            wording=line.wording,
            rubric_text=move.text if move.kind == "probe" else "",
            seconds=_spoken_seconds(line.text) if self._simulated else 0.0,
        )
        ending = self._ending(interview, move.ends) if move.ends else []
        self._add(interview_id, interview, said, *ending)
        self._last_line[interview_id] = self._clock()
        if self._warm and move.kind in ("ask", "probe") and move.principle and not ending:
            current = advance(interview, said)
            self._warm(prefix_messages(self.so_far(current), self._voice.context_tokens))

    def _ending(self, interview: Interview, reason: str) -> list[Event]:
        events: list[Event] = [RoundEnded.model_validate({"reason": reason})]
        if len(interview.rounds) == len(interview.plan.rounds):
            events.append(InterviewEnded(reason="finished"))
        return events

    def _add(self, interview_id: str, interview: Interview, *events: Event) -> None:
        self._store.append(interview_id, interview.length, list(events))

    def _set_aside(self, interview_id: str, text: str, why: str) -> None:
        """Keep what could not be placed; the writer beside us may win the place once or twice, not forever."""
        for _ in range(5):
            with suppress(InterviewMoved):
                self._add(interview_id, self.view(interview_id), TextSetAside(text=text, why=why))
                return
        raise InterviewMoved("this interview is being written to from elsewhere; reload, then send your text again")

    def _candidate_seconds(self, interview_id: str, text: str) -> float:
        """After a restart nobody knows how long the question stood: then the answer's length has to do."""
        if self._simulated:
            return _spoken_seconds(text)
        asked = self._last_line.get(interview_id)
        return min(LONGEST_PAUSE, _spoken_seconds(text) if asked is None else round(self._clock() - asked, 1))


def _spoken_seconds(text: str) -> float:
    return round(len(text.split()) / WORDS_A_MINUTE * 60, 1)
