"""The commands of the coding room in the terminal: editor, run, submit, hint. Not here: starting the editor (`editing`)
and telling what came of a run (`turns`)."""

import re
from collections.abc import Callable

from interviewer.cli.editing import edit
from interviewer.cli.turns import take, wait_to_try_again
from interviewer.domain.coding import RunKind
from interviewer.domain.question import Problem
from interviewer.errors import BadInput, StorageUnavailable
from interviewer.interviewing.interviews import Interviews

HELP = """While a coding problem is open, a line of its own may be:
  /code    open your draft in your editor ($VISUAL or $EDITOR); what you save there is kept
  /run     run the draft on the examples
  /submit  hand the draft in, which runs every test
  /hint    ask for a hint
  /show    print the draft
  /help    print this
Anything else is said to the interviewer.
"""
_HINT = "Could I have a hint, please?"
_NAMED = re.compile(r"/[A-Za-z]+(?=\s|$)")


def is_command(line: str) -> bool:
    """Whether a line is meant as a command, known or not; a path or a lone slash is speech."""
    return _NAMED.match(line) is not None


class Room:
    """One interview's coding problems, as long as one of them is open."""

    def __init__(self, interviews: Interviews, interview_id: str) -> None:
        self._interviews = interviews
        self._id = interview_id
        self._told = False
        self._commands: dict[str, Callable[[Problem], None]] = {
            "/code": self._code,
            "/run": lambda problem: self._hand_in(problem, "run"),
            "/submit": lambda problem: self._hand_in(problem, "submit"),
            "/hint": lambda problem: take(interviews, interview_id, lambda: interviews.answer(interview_id, _HINT)),
            "/show": lambda problem: print(f"\n{self._draft(problem)}\n"),
            "/help": lambda problem: print(HELP),
        }

    def introduce(self) -> None:
        """Tell the commands, the first time only."""
        if not self._told:
            print(HELP)
            self._told = True

    def obey(self, typed: str, problem: Problem) -> None:
        """Carry out what was typed; what cannot be done is told in one sentence."""
        command = self._commands.get(typed.rstrip())
        if command is None:
            print(
                f"There is no command {typed.rstrip()!r}: /help lists them, and a space before the / makes it speech.\n"
            )
            return
        try:
            command(problem)
        except BadInput as fault:
            print(f"Not done: {fault}\n")

    def _draft(self, problem: Problem) -> str:
        current = self._interviews.view(self._id).current
        return self._interviews.desk.draft(current, problem) if current else problem.signature

    def _hand_in(self, problem: Problem, kind: RunKind) -> None:
        draft = self._draft(problem)
        take(self._interviews, self._id, lambda: self._interviews.hand_in(self._id, draft, kind), draft)

    def _code(self, problem: Problem) -> None:
        text = self._draft(problem)
        while True:
            edited = edit(text, problem.id)
            if edited.fault:
                print(edited.fault)
            try:
                self._save(edited.text, told=not edited.fault)
                return
            except BadInput as fault:
                # What is too long to be kept would be gone with the file.
                print(f"{fault}\nPress Enter to open it again.")
                input()
                text = edited.text

    def _save(self, code: str, told: bool) -> None:
        while True:
            try:
                saved = self._interviews.save_code(self._id, code)
                break
            except StorageUnavailable as fault:
                wait_to_try_again(fault, code)
        if saved:
            print("Your draft is kept; /run tries the examples, /submit hands it in.\n")
        elif told:
            print("Nothing has changed. An editor with its own window must wait, as with EDITOR='code --wait'.\n")
