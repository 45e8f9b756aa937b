"""Says a move: in a model's words where it may and can, otherwise in the rubric's own.

Text is shown clause by clause once the guard has passed it, and nothing shown is ever taken back. When the model
breaks the guard or breaks off, what is shown is closed as the question it already is, or completed with the rubric's
wording. Only follow-ups on a story are worded by a model: questions and technical follow-ups carry their premise in
their words, and greetings and courtesies are the persona's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from interviewer.domain.events import Wording
from interviewer.errors import ModelUnavailable
from interviewer.interviewing.guard import Guard
from interviewer.interviewing.moves import Move
from interviewer.interviewing.prompting import WANTED, follow_up_messages, may_be_reworded
from interviewer.interviewing.state import RoundSoFar
from interviewer.interviewing.wording import QUOTATION, grammar, offers
from interviewer.llm.prompt_file import Message

MOST_TOKENS = 60

_BOUNDARY = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)")


class Speaker(Protocol):
    """A model that can write a line; `ready` is false while it is loading or when there is none.

    `keeps_grammar` is false of a server that takes none: what it writes is held by the guard alone.
    """

    @property
    def ready(self) -> bool: ...

    @property
    def keeps_grammar(self) -> bool: ...

    def stream(self, messages: list[Message], *, grammar: str | None, max_tokens: int) -> Iterator[str]: ...


@dataclass
class Line:
    """What is being said: grows while `Voice.say` is iterated; complete when that ends or `close` is called."""

    rubric_text: str
    text: str = ""
    wording: Wording = "rubric"
    fault: str | None = None
    done: bool = False

    def close(self, guard: Guard | None) -> str:
        """Complete what is shown without the model; returns the part that was added."""
        if self.done:
            return ""
        rest = _completion(self.text, self.rubric_text, guard)
        self.text += rest
        self.done = True
        return rest


@dataclass
class Voice:
    """`fallbacks` counts why lines had to be said in the rubric's words, for the log and the benchmarks."""

    speaker: Speaker | None = None
    context_tokens: int = 8192
    fallbacks: list[str] = field(default_factory=list)

    def say(self, so_far: RoundSoFar, move: Move, line: Line) -> Iterator[str]:
        """Yield the pieces of the line as they may be shown; `line` holds all that was yielded."""
        if not self.may_speak(move):
            yield line.close(None)
            return
        guard = self.guard(so_far, move)
        try:
            yield from self._worded(so_far, move, line, guard)
        except ModelUnavailable as fault:
            line.fault = f"model: {fault}"
        finally:
            if not line.done:
                if line.fault is None:
                    line.fault = "stopped"
                self.fallbacks.append(line.fault)
        if not line.done:
            yield line.close(guard)

    def may_speak(self, move: Move) -> bool:
        """Whether the model will be asked for this move's words."""
        ready = self.speaker is not None and self.speaker.ready
        return ready and move.kind == "probe" and not move.exact and may_be_reworded(move.target)

    def guard(self, so_far: RoundSoFar, move: Move) -> Guard:
        return Guard.for_line(move.target, _sources(so_far, move), so_far.said, _opening(so_far), _answers(so_far))

    def _worded(self, so_far: RoundSoFar, move: Move, line: Line, guard: Guard) -> Iterator[str]:
        assert self.speaker is not None
        offered = None
        if self.speaker.keeps_grammar:
            offered = offers(move.target, move.text, _answers(so_far), guard)
            if not offered:
                line.fault = "nothing in the answer can be taken up"
                return
        messages = follow_up_messages(so_far, move, self.context_tokens)
        bounds = grammar(offered) if offered else None
        buffer = ""
        for delta in self.speaker.stream(messages, grammar=bounds, max_tokens=MOST_TOKENS):  # closed when dropped
            buffer += delta
            while boundary := _BOUNDARY.search(buffer, 1):
                clause, buffer = buffer[: boundary.start()], buffer[boundary.start() :]
                line.fault = guard.clause_fault(line.text, clause)
                if line.fault:
                    return
                shown = clause if line.text else clause.lstrip()
                line.text += shown
                line.wording = "model"
                yield shown
        last = buffer.rstrip() if line.text else buffer.strip()
        line.fault = guard.line_fault(line.text + last)
        if line.fault:
            return
        line.text += last
        line.wording = "model"
        line.done = True
        yield last


def _answers(so_far: RoundSoFar) -> list[str]:
    thread = so_far.thread
    turns = so_far.turns[thread.opened :] if thread else so_far.turns
    return [t.text for t in turns if t.speaker == "candidate"]


def _sources(so_far: RoundSoFar, move: Move) -> list[str]:
    """What a line may take its words from, beside the opening question."""
    return [*_answers(so_far), move.text, WANTED.get(move.target or "", "")]


def _opening(so_far: RoundSoFar) -> str:
    thread, question = so_far.thread, so_far.question
    return question.text if question else so_far.turns[thread.opened].text if thread else ""


def _completion(shown: str, rubric_text: str, guard: Guard | None) -> str:
    if not shown:
        return rubric_text
    if guard is not None and guard.line_fault(shown + "?") is None:
        return "?"
    asked = QUOTATION.sub("", rubric_text)  # the candidate's words are quoted already
    first = asked[0] if asked.startswith("I ") else asked[0].lower()
    return f": {first}{asked[1:]}"
