"""An interview in the terminal. A line is an answer; several lines are sent with an empty line at their end."""

from interviewer.cli.coding import Room, is_command
from interviewer.cli.turns import take
from interviewer.domain.interview import Interview
from interviewer.domain.loop import LoopPlan
from interviewer.interviewing.interviews import Interviews
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
    room = Room(interviews, interview_id)
    interview = interviews.view(interview_id)
    while not interview.ended:
        if interview.current is None:
            _announce(interview)
            take(interviews, interview_id, lambda: interviews.start_round(interview_id))
        elif interview.current.awaits_interviewer:
            take(interviews, interview_id, lambda: interviews.respond(interview_id))
        else:
            _turn(interviews, interview_id, room)
        interview = interviews.view(interview_id)
    print("\n" + markdown(services.scorecard(interview)))
    return 0


def _turn(interviews: Interviews, interview_id: str, room: Room) -> None:
    """What the candidate types next: an answer or, while a coding problem is open, a command."""
    problem = interviews.desk.problem(interviews.view(interview_id).current)
    if problem is not None:
        room.introduce()
    text = _read(commands=problem is not None)
    if problem is not None and is_command(text):
        room.obey(text, problem)
        return
    spoken = text.strip()
    # Enter after a command is a habit, not an answer.
    if spoken or problem is None:
        take(interviews, interview_id, lambda: interviews.answer(interview_id, spoken), spoken)


def _announce(interview: Interview) -> None:
    place = interview.next_round
    assert place is not None
    planned = interview.plan.rounds[place]
    print(f"--- Round {place + 1} of {len(interview.plan.rounds)}: {kind_name(planned.kind)}, {planned.length}")


def _read(commands: bool) -> str:
    """Lines up to an empty one; a fenced block may hold empty lines, and a command is a line by itself.

    Raises EOFError at the end of input.
    """
    lines = [input("You: ")]
    if commands and is_command(lines[0]):
        return lines[0]
    while lines[-1].strip() or sum(line.lstrip().startswith("```") for line in lines) % 2:
        lines.append(input("   | "))
    return "\n".join(lines).rstrip()
