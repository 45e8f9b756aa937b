"""The messages that a model gets for its next line: a fixed prefix, then the round so far, append-only.

Each follow-up that was put is one assistant message; everything since the one before it is one user message that ends
with the move's instruction. So a turn adds the answer and the instruction and changes nothing before them. Candidate
text is fenced, the fence inside it neutralised, and a long answer is shown from its beginning and its end.
A round that outgrows the context starts again at its latest thread, with the earlier ones in one line each.
"""

import re
from collections.abc import Sequence

from interviewer.domain.transcript import Turn
from interviewer.interviewing.conductor import Move
from interviewer.interviewing.state import RoundSoFar
from interviewer.llm.prompt_file import Message, load_prompt

WORDS_SHOWN = (220, 100)  # of a long answer: from its beginning, from its end
_TOKENS_A_WORD = 1.45
_KEPT_FREE = 900  # tokens for the fixed prefix and the line to be written

_WANTED = {
    "situation": "where and when this was, and which system or project it was",
    "task": "what had to be achieved or what was at stake",
    "action": "the concrete steps, one after the other",
    "result": "what came of it in the end",
    "personal_ownership": "what the candidate did personally, as opposed to the team",
    "measured_result": "the outcome as a number, compared with before",
    "real_event": "one particular occasion instead of a habit or a plan",
    "trade_off": "which alternatives, costs or risks were weighed",
    "root_cause": "the cause beneath the symptom and how it was established",
    "reflection": "what the candidate learnt or would do differently",
    "concise": "the short version in two sentences",
}


def fenced(text: str) -> str:
    """Candidate text as data: shortened if long, and unable to close its own fence. Doing it twice changes nothing."""
    words = text.split()
    first, last = WORDS_SHOWN
    if len(words) > first + last + 10:
        text = " ".join(words[:first]) + " […] " + " ".join(words[-last:])
    # A zero-width mark cannot be typed around; a full-width bracket keeps the words readable and the tag dead.
    return re.sub(r"<(\s*/?\s*answer\b)", r"‹\1", text, flags=re.IGNORECASE)


def follow_up_messages(so_far: RoundSoFar, move: Move, context_tokens: int) -> list[Message]:
    """Everything for the line that `move` asks for."""
    messages, pending = _conversation(so_far, context_tokens)
    turn = Turn(
        speaker="interviewer",
        text=move.text,
        question_id=move.question_id,
        principle=move.principle,
        target=move.target,
    )
    return [*messages, ("user", _instructed(so_far, pending, turn))]


def prefix_messages(so_far: RoundSoFar, context_tokens: int) -> list[Message]:
    """What can be read in before the candidate has answered: all that the next line's messages will begin with."""
    messages, pending = _conversation(so_far, context_tokens)
    return [*messages, ("user", "\n".join([*pending, "<answer>"]))]


def _conversation(so_far: RoundSoFar, context_tokens: int) -> tuple[list[Message], list[str]]:
    """The messages up to the last follow-up, and what has been said since."""
    start, earlier = _start(so_far, context_tokens)
    messages: list[Message] = list(load_prompt("follow_up").prefix)
    pending: list[str] = [earlier] if earlier else []
    for turn in so_far.turns[start:]:
        if turn.speaker == "interviewer" and turn.move == "probe":
            messages += [("user", _instructed(so_far, pending, turn)), ("assistant", turn.text)]
            pending = []
        elif turn.speaker == "interviewer":
            pending.append(f"Question: {_asked(so_far, turn)}")
        else:
            pending.append(f"<answer>{fenced(turn.text)}</answer>")
    return messages, pending


def _instructed(so_far: RoundSoFar, pending: Sequence[str], turn: Turn) -> str:
    wanted = _wanted(turn.target or "", turn.rubric_text or turn.text)
    return load_prompt("follow_up").turn(dialogue="\n".join(pending), wanted=wanted)


def _start(so_far: RoundSoFar, context_tokens: int) -> tuple[int, str]:
    """Where the shown part of the round begins, and the earlier part in a line a thread.

    Decided turn by turn from the beginning, so that the place only moves when the context is really full.
    """
    budget = (context_tokens - _KEPT_FREE) / _TOKENS_A_WORD
    start, used = 0, 0
    for place, turn in enumerate(so_far.turns):
        used += min(len(turn.text.split()), sum(WORDS_SHOWN)) + 40
        if used > budget:
            opened = [t.opened for t in so_far.threads if start < t.opened <= place]
            start = opened[-1] if opened else place
            used = sum(min(len(t.text.split()), sum(WORDS_SHOWN)) + 40 for t in so_far.turns[start : place + 1])
    before = [t for t in so_far.threads if t.opened < start]
    lines = [f"Earlier in this interview: {_asked(so_far, so_far.turns[t.opened])}" for t in before]
    return start, "\n".join(lines)


def _asked(so_far: RoundSoFar, turn: Turn) -> str:
    question = so_far.bank.question(turn.question_id) if turn.question_id and turn.move == "ask" else None
    return question.text if question else turn.text


def _wanted(target: str, wording: str) -> str:
    """A story's signal by what it is; anything technical by the rubric's question, which gives no claim away."""
    return _WANTED.get(target) or f"this, in your own words: {wording}"
