"""An interview in the terminal. A line is an answer; several lines are sent with an empty line at their end."""

import sys
from collections.abc import Iterator

from interviewer.domain.interview import Interview
from interviewer.domain.loop import LoopPlan
from interviewer.errors import StorageUnavailable
from interviewer.report.markdown import kind_name, markdown
from interviewer.services import Services

_HELP = """Answer in your own words; end an answer with an empty line.
You may also say: can you repeat / let me think / skip / end the round. Ctrl-D leaves; the interview can be resumed.
"""


def converse(services: Services, plan: LoopPlan) -> int:
    """Talk until the loop ends or the candidate leaves, then print the scorecard."""
    services.warm()
    status = services.model.status
    if status.remote_host:
        print(f"Your answers are sent to the model at {status.remote_host}.\n")
    interview_id = services.start(plan)
    print(_HELP)
    try:
        return talk(services, interview_id)
    except EOFError:
        print(f"\nLeft. Your interview is kept as {interview_id}: interviewer sessions show {interview_id}")
        return 0


def talk(services: Services, interview_id: str) -> int:
    interviews = services.interviews
    interview = interviews.view(interview_id)
    while not interview.ended:
        if interview.current is None:
            _announce(interview)
            _say(interviews.start_round(interview_id))
        elif interview.current.awaits_interviewer:
            _say(interviews.respond(interview_id))
        else:
            _answer(services, interview_id, _read())
        interview = interviews.view(interview_id)
    print("\n" + markdown(services.scorecard(interview)))
    return 0


def _answer(services: Services, interview_id: str, text: str) -> None:
    """Send the answer; when it cannot be stored it is still here, and is sent again when the candidate says so."""
    while True:
        try:
            _say(services.interviews.answer(interview_id, text))
            return
        except StorageUnavailable as fault:
            print(f"\n{fault}\nPress Enter to try again.")
            input()


def _announce(interview: Interview) -> None:
    place = interview.next_round
    assert place is not None
    planned = interview.plan.rounds[place]
    print(
        f"--- Round {place + 1} of {len(interview.plan.rounds)}: {kind_name(planned.kind)}, {planned.minutes:g} minutes"
    )


def _say(pieces: Iterator[str]) -> None:
    sys.stdout.write("\nInterviewer: ")
    for piece in pieces:
        sys.stdout.write(piece)
        sys.stdout.flush()
    sys.stdout.write("\n\n")


def _read() -> str:
    """Lines up to an empty one; a fenced block may hold empty lines. Raises EOFError at the end of input."""
    lines = [input("You: ")]
    while lines[-1].strip() or sum(line.lstrip().startswith("```") for line in lines) % 2:
        lines.append(input("   | "))
    return "\n".join(lines).strip()
