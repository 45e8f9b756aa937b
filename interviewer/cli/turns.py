"""One turn in the terminal: what came of the code, then the interviewer's line; and another try where nothing could be
stored. Not here: reading what the candidate types (`chat`, `coding`)."""

import sys
from collections.abc import Callable, Iterator

from interviewer.domain.coding import Examined, examined, run_kind, was_left, was_run
from interviewer.domain.transcript import Turn
from interviewer.errors import StorageUnavailable
from interviewer.interviewing.interviews import Interviews
from interviewer.interviewing.results import ResultLine, result_lines, summary

_MOST_LINES = 12  # of what the code printed
_MOST_CHARACTERS = 1000


def take(interviews: Interviews, interview_id: str, turn: Callable[[], Iterator[str]], typed: str = "") -> None:
    """Make a turn and say what comes of it; while it cannot be stored, `typed` is kept here and may be sent again."""
    before: int | None = None
    while True:
        try:
            place = interviews.view(interview_id).place
            before = place if before is None else before
            # What was stored before the fault must not be sent twice: the talk goes on from there.
            if place == before:
                _say(interviews, interview_id, turn())
            return
        except StorageUnavailable as fault:
            wait_to_try_again(fault, typed)


def wait_to_try_again(fault: StorageUnavailable, typed: str) -> None:
    """Raises EOFError when the candidate leaves instead; what was typed is then on the screen."""
    print(f"\n{fault}\nPress Enter to try again.")
    try:
        input()
    except EOFError:
        if typed:
            print(f"\nThis may not have been stored; copy it if you need it:\n{typed}")
        raise


def _say(interviews: Interviews, interview_id: str, pieces: Iterator[str]) -> None:
    """The line in pieces as they come; nothing at all where the interviewer keeps silent."""
    first = next(pieces, None)
    current = interviews.view(interview_id).current
    if current is not None and current.turns and (told := came_of(current.turns[-1])):
        print(f"\n{told}")
    if first is None:
        return
    sys.stdout.write(f"\nInterviewer: {first}")
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.write(piece)
        sys.stdout.flush()
    sys.stdout.write("\n\n")


def came_of(turn: Turn) -> str:
    """What is told of the code in a candidate's turn; "" where there is none, or it has not been settled yet."""
    kind = run_kind(turn)
    if kind is None or not was_run(turn):
        return ""
    ran = examined(turn)
    if ran is not None:
        return _told(ran)
    fault = next((a["fault"] for a in turn.artifacts if a.get("fault")), "the reason was not kept")
    if was_left(turn):
        return f"Your code was handed in: {fault}"
    begin = "Your code was handed in, but it was not run" if kind == "submit" else "Your code was not run"
    return f"{begin}: {fault}"


def _told(ran: Examined) -> str:
    lines = [text for line in result_lines(ran) for text in _lines(line)]
    if ran.printed:
        lines += ["  Your code printed:", *(f"    {line}" for line in _shortened(ran.printed))]
    return "\n".join([summary(ran), *([ran.note] if ran.note else []), *lines])


def _lines(line: ResultLine) -> list[str]:
    told = [f"  {line.name}: {_plain(line.outcome)}"]
    if line.verdict not in ("passed", "skipped"):
        told += [f"    {name:<9} {_plain(value)}" for name, value in line.detail]
    return told


def _shortened(printed: str) -> list[str]:
    lines = [_plain(line) for line in printed[:_MOST_CHARACTERS].splitlines()]
    cut = len(printed) > _MOST_CHARACTERS or len(lines) > _MOST_LINES
    return [*lines[:_MOST_LINES], "..."] if cut else lines


def _plain(text: str) -> str:
    """Without what a terminal would act on: colours, cursor movements, bells."""
    return "".join(c if c.isprintable() or c in "\t\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
