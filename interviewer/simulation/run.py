"""Plays a scripted candidate through every round of an interview, to the last goodbye."""

from interviewer.domain.interview import Interview
from interviewer.errors import InterviewerError
from interviewer.interviewing.interviews import Interviews
from interviewer.simulation.candidate import ScriptedCandidate

_MOST_TURNS = 400  # of a whole loop; the clock and the caps end every round long before


def play(interviews: Interviews, interview_id: str, candidate: ScriptedCandidate) -> Interview:
    """Run the interview to its end. Raises InterviewerError should it not come to one."""
    for _ in range(_MOST_TURNS):
        interview = interviews.view(interview_id)
        if interview.ended:
            return interview
        current = interview.current
        if current is None:
            _listen(interviews.start_round(interview_id))
        elif current.awaits_candidate:
            said = candidate.reply(current.plan.kind, current.turns[-1])
            _listen(interviews.answer(interview_id, said))
        else:
            _listen(interviews.respond(interview_id))
    raise InterviewerError(f"the interview did not end within {_MOST_TURNS} turns; this is a fault of the conductor")


def _listen(line: object) -> None:
    for _ in line:  # type: ignore[attr-defined]
        pass
