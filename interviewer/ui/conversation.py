"""An interview as a tab sees it: a `Scene` for every moment, made from what is stored and what is being spoken.

Knows no gradio: the page turns scenes into components, tests read them as they are. Faults are raised after the last
scene, so that a tab shows the truth before it shows the message.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from interviewer.domain.coding import RunKind
from interviewer.domain.interview import Interview
from interviewer.domain.loop import LoopPlan
from interviewer.errors import BadInput, InterviewerError, InterviewMoved
from interviewer.interviewing.interviews import LONGEST_PAUSE
from interviewer.services import Services
from interviewer.ui.live import LiveLine, LiveLines
from interviewer.ui.messages import Message, messages, shown_round
from interviewer.ui.room import Room, Runs, problem_in, room_of, runs

FRAME = 0.05  # seconds between two updates of a tab
_LOOK = 0.25  # seconds between two looks at what is stored, while code is running

State = Literal["speaking", "your_turn", "stalled", "between", "over"]
REPEAT = "Could you repeat the question, please?"
THINK = "Let me think about it for a moment."
SKIP = "I would like to skip this question."
HINT = "Could I have a hint, please?"
END_ROUND = "Please end this round here."


@dataclass(frozen=True)
class Scene:
    """What a tab shows. `place` is how much of the interview it has seen; `answered` counts the candidate's turns.

    "stalled": a line is due and nobody is speaking it, because it could not be stored or the process was killed.
    `room` is there while the question under way is a coding problem.
    """

    id: str
    interview: Interview
    state: State
    chat: list[Message]
    room: Room | None
    elapsed: float
    place: int
    answered: int


class Conversation:
    def __init__(self, services: Services, lines: LiveLines | None = None) -> None:
        self._services = services
        self._lines = lines or LiveLines()

    def begin(self, plan: LoopPlan, title: str = "", focus: str = "") -> str:
        """Store a new interview; its id."""
        return self._services.start(plan, title, focus)

    def scene(self, interview_id: str) -> Scene:
        """The interview as it stands. Raises BadInput for an unknown id."""
        line = self._lines.current(interview_id)
        return self._scene(interview_id, self._services.interviews.view(interview_id), line)

    def start_round(self, interview_id: str) -> Iterator[Scene]:
        interviews = self._services.interviews
        return self._watch(interview_id, self._lines.join(interview_id, lambda: interviews.start_round(interview_id)))

    def answer(self, interview_id: str, text: str, place: int | None) -> Iterator[Scene]:
        """Send an answer. Raises BadInput for an empty one, InterviewMoved when another tab has gone on."""
        if not text.strip():
            raise BadInput("there is nothing to send yet; type your answer first")
        interviews = self._services.interviews
        line = self._lines.speak(interview_id, lambda: interviews.answer(interview_id, text, place))
        return self._watch(interview_id, line)

    def hand_in(self, interview_id: str, code: str, kind: RunKind, place: int | None, key: str = "") -> Iterator[Scene]:
        """Run or submit what stands in the editor of the room `key`. Its faults come after the last scene."""
        interviews, problem = self._services.interviews, problem_in(key)
        line = self._lines.speak(interview_id, lambda: interviews.hand_in(interview_id, code, kind, place, problem))
        return self._watch(interview_id, line)

    def save(self, interview_id: str, code: str, key: str = "") -> bool:
        """Store what stands in the editor of the room `key`; False where that room is no longer open.

        Raises StorageUnavailable, and BadInput for too much code.
        """
        return self._services.interviews.save_code(interview_id, code, problem_in(key))

    def unasked(self, interview_id: str) -> Scene | None:
        """The scene after a word of the interviewer's own accord; None, which is nearly always, for no word."""
        interviews = self._services.interviews
        if not interviews.may_speak_unasked(interview_id):
            return None
        try:
            said = self._lines.aside(interview_id, lambda: interviews.unasked(interview_id))
        except InterviewMoved:  # the candidate spoke at the same moment, and goes first
            return None
        return self.scene(interview_id) if said else None

    @property
    def runs(self) -> Runs:
        """Whether code is run here, and what a candidate is told about that."""
        return runs(self._services.settings)

    def resume(self, interview_id: str) -> Iterator[Scene]:
        """Look on at the line under way, speak one that a crash left due, or show what stands."""
        interview = self._services.interviews.view(interview_id)
        due = interview.current is not None and interview.current.awaits_interviewer
        if self._lines.current(interview_id) is None and not due:
            return iter([self._scene(interview_id, interview, None)])
        interviews = self._services.interviews
        return self._watch(interview_id, self._lines.join(interview_id, lambda: interviews.respond(interview_id)))

    def stop(self, interview_id: str) -> None:
        """Let the interviewer finish at once."""
        self._lines.stop(interview_id)

    def end_round(self, interview_id: str, place: int | None) -> Iterator[Scene]:
        """End the round: with a goodbye where the candidate has the floor, else without another word."""
        seen = None if self._hush(interview_id) else place
        current = self._services.interviews.view(interview_id).current
        if current is not None and current.awaits_candidate:
            return self.answer(interview_id, END_ROUND, seen)
        self._services.interviews.end_round(interview_id)
        return iter([self.scene(interview_id)])

    def finish(self, interview_id: str) -> None:
        self._hush(interview_id)
        self._services.interviews.end(interview_id)

    def _hush(self, interview_id: str) -> bool:
        """Whether there was a line to stop; it is stored by then, so that what ends the round comes after it."""
        line = self._lines.current(interview_id)
        if line is None:
            return False
        line.stop()
        if not line.wait(self._services.settings.model_timeout):
            raise InterviewerError("the interviewer is still speaking; wait a moment, then try again")
        return True

    def _watch(self, interview_id: str, line: LiveLine) -> Iterator[Scene]:
        last: tuple[int, str] | None = None
        interview = self._services.interviews.view(interview_id)
        running = False
        while not line.wait(_LOOK if running else FRAME):
            if running or interview.current is None or interview.current.awaits_candidate:
                interview = self._services.interviews.view(interview_id)  # not stored yet when last looked
            running = self._running(interview_id, interview)
            if (interview.length, line.text) != last:
                last = (interview.length, line.text)
                yield self._scene(interview_id, interview, line)
        yield self.scene(interview_id)
        if line.fault is not None:
            raise line.fault

    def _running(self, interview_id: str, interview: Interview) -> bool:
        room = room_of(self._services.interviews.desk, interview_id, interview)
        return room is not None and room.running != ""

    def _scene(self, interview_id: str, interview: Interview, line: LiveLine | None) -> Scene:
        held = shown_round(interview)
        state = _state(interview, line)
        room = room_of(self._services.interviews.desk, interview_id, interview)
        thinking = state == "speaking" and held is not None and held.awaits_interviewer
        quiet = room is not None and room.running != ""  # the results panel says that code is running
        waiting = self._lines.silence(interview_id) if state == "your_turn" else 0.0
        return Scene(
            id=interview_id,
            interview=interview,
            state=state,
            chat=messages(
                held,
                line.text if line is not None and thinking and not quiet else None,
                room.statement if room else "",
            ),
            room=room,
            elapsed=(held.seconds if held else 0.0) + min(LONGEST_PAUSE, waiting),
            place=interview.place,
            answered=sum(t.speaker == "candidate" for r in interview.rounds for t in r.turns),
        )


def _state(interview: Interview, line: LiveLine | None) -> State:
    if line is not None:
        return "speaking"
    if interview.ended:
        return "over"
    if interview.current is None:
        return "between"
    return "your_turn" if interview.current.awaits_candidate else "stalled"
