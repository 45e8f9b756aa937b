"""A stored interview as the chat's messages: the one way a transcript reaches the screen.

What a candidate typed is text: it can become code on the screen when it is fenced, and nothing else. Only an opening
question, which comes from our own files as it stands, is Markdown.
"""

import re
from collections.abc import Iterator

from interviewer.domain.coding import examined, run_kind, was_left, was_run
from interviewer.domain.interview import Interview, RoundState
from interviewer.domain.transcript import Turn
from interviewer.evidence.code_blocks import only_code
from interviewer.interviewing.results import summary

Message = dict[str, str]

THINKING = '<span class="typing" role="status" aria-label="The interviewer is thinking"><i></i><i></i><i></i></span>'
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})([^\n`]*)\n(.*?)(?:^[ \t]*\1[ \t]*$|\Z)", re.S | re.M)
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LANGUAGES = frozenset({"bash", "c", "cpp", "go", "java", "javascript", "json", "python", "rust", "sql", "typescript"})
_BACKTICKS = re.compile(r"`+")
_ACTIVE = re.compile(r"[&<>*_\[\]`$\\~|@]|:(?=//)|(?<=www)\.", re.I)
_LINE_START = re.compile(r"^([ \t]*\d*)([#+=.)-])", re.M)
_INDENT = re.compile(r"^[ \t]+", re.M)


def messages(held: RoundState | None, speaking: str | None = None, beside: str = "") -> list[Message]:
    """The turns of a round, and the line being spoken ("" while it is only being thought of).

    What stands `beside` the conversation, a problem's statement, is not shown in it again.
    """
    shown = [_message(turn, beside) for turn in held.turns] if held else []
    if speaking is not None:
        shown.append({"role": "assistant", "content": as_text(speaking) if speaking.strip() else THINKING})
    return shown


def shown_round(interview: Interview) -> RoundState | None:
    """The round under way, or the last one when none is."""
    return interview.rounds[-1] if interview.rounds else None


def _message(turn: Turn, beside: str) -> Message:
    if turn.speaker == "candidate" and run_kind(turn) is not None and only_code(turn.text):
        return {"role": "user", "content": _handed_in(turn)}
    if turn.speaker == "candidate":
        return {"role": "user", "content": as_text(turn.text)}
    if turn.move != "ask":
        return {"role": "assistant", "content": as_text(turn.text)}
    return {"role": "assistant", "content": (turn.text.replace(beside, "") if beside else turn.text).strip()}


def _handed_in(turn: Turn) -> str:
    """Code from the editor: one line that says what came of it, with the code folded away in it."""
    return f"<details><summary>{inert(outcome(turn))}</summary>\n\n{as_text(turn.text)}\n\n</details>"


def outcome(turn: Turn) -> str:
    """What came of the code that was handed in with a turn, in a sentence."""
    if was_left(turn):
        return "The code as it stood in the editor."
    result, submitted = examined(turn), run_kind(turn) == "submit"
    if result is not None:
        return summary(result) if submitted else f"Ran the code: {summary(result)}"
    if was_run(turn):
        return (
            "Submitted the code, which was not run." if submitted else "Wanted to run the code, which is not possible."
        )
    return "Submitted the code." if submitted else "Ran the code."


def as_text(text: str) -> str:
    """Text for a Markdown renderer that shows it as it was typed; fenced parts become code blocks."""
    return "\n\n".join(_parts(text)) if text.strip() else "&nbsp;"


def _parts(text: str) -> Iterator[str]:
    place = 0
    for fence in _FENCE.finditer(text):
        if before := text[place : fence.start()].strip("\n"):
            yield _said(before)
        yield _code(fence.group(2), fence.group(3))
        place = fence.end()
    if rest := text[place:].strip("\n"):
        yield _said(rest)


def _code(language: str, body: str) -> str:
    """A block with a fence longer than any in its body. A language we do not know could be one that draws."""
    longest = max((len(run) for run in _BACKTICKS.findall(body)), default=0)
    fence = "`" * max(3, longest + 1)
    named = language.strip().lower()
    return f"{fence}{named if named in _LANGUAGES else 'text'}\n{body.rstrip()}\n{fence}"


def _said(text: str) -> str:
    pieces = _INLINE.split(text)
    return _at_line_starts("".join(f"`{p}`" if place % 2 else _within(p) for place, p in enumerate(pieces)))


def inert(text: str) -> str:
    """Text in which nothing is left that Markdown, HTML or an automatic link could act on.

    Only such characters are written as references: a screen reader is given the message as it stands here.
    """
    return _at_line_starts(_within(text))


def _within(text: str) -> str:
    return _ACTIVE.sub(lambda found: _reference(found.group()), text)


def _at_line_starts(text: str) -> str:
    text = _LINE_START.sub(lambda found: found.group(1) + _reference(found.group(2)), text)
    return _INDENT.sub(lambda found: "&nbsp;" * len(found.group().expandtabs(4)), text)


def _reference(char: str) -> str:
    return f"&#{ord(char)};"
