"""The messages that a model gets for its next line: a fixed prefix, then the current thread, append-only.

Each follow-up that was put is one assistant message; everything since the one before it is one user message that ends
with the move's instruction. So a turn adds the answer and the instruction and changes nothing before them. Candidate
text is fenced, the fence inside it neutralised, and a long answer is shown from its beginning and its end.
Earlier threads are left out: what matters of them (what was said, what was shown) is the conductor's to remember, and a
small model that sees its earlier lines repeats them.
"""

import re
from collections.abc import Sequence

from interviewer.domain.transcript import Turn
from interviewer.interviewing.moves import Move
from interviewer.interviewing.state import RoundSoFar
from interviewer.llm.prompt_file import Message, load_prompt

WORDS_SHOWN = (220, 100)  # of a long answer: from its beginning, from its end
_TOKENS_A_WORD = 1.45
_KEPT_FREE = 1300  # tokens for the fixed prefix and the line to be written

WANTED = {
    "situation": "where and when this was, or which project it was part of; nothing else",
    "task": "what was at stake, or what had to be achieved; nothing else",
    "action": "the steps that the candidate took, one after the other; not the reasons",
    "result": "what came of it in the end; not the steps",
    "personal_ownership": "what the candidate did personally, as opposed to the team",
    "measured_result": "the size of the effect as a number, compared with before",
    "real_event": "one particular occasion that did happen, instead of a habit or a plan",
    "trade_off": "what spoke against it: which options, costs or risks were weighed",
    "root_cause": "why the problem had come about, and how that was found out; not why the candidate acted",
    "reflection": "what the candidate learnt, or would do differently now",
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
    opened, start = _start(so_far, context_tokens)
    messages: list[Message] = list(load_prompt("follow_up").prefix)
    pending = [f"Question: {_asked(so_far, so_far.turns[opened])}"] if start > opened else []
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
    wanted = WANTED.get(turn.target or "", turn.rubric_text or turn.text)
    return load_prompt("follow_up").turn(dialogue="\n".join(pending), wanted=wanted)


def _start(so_far: RoundSoFar, context_tokens: int) -> tuple[int, int]:
    """Where the current thread opened, and where the shown part of it begins: later only when the context is full.

    Decided turn by turn from the opening, so that the beginning moves seldom and the cache holds in between.
    """
    budget = (context_tokens - _KEPT_FREE) / _TOKENS_A_WORD
    opened = so_far.thread.opened if so_far.thread else 0
    start, used = opened, 0
    for place, turn in enumerate(so_far.turns[opened:], opened):
        words = min(len(turn.text.split()), sum(WORDS_SHOWN)) + 40
        used += words
        if used > budget and turn.speaker == "candidate":
            start, used = place, words
    return opened, start


def _asked(so_far: RoundSoFar, turn: Turn) -> str:
    question = so_far.bank.question(turn.question_id) if turn.question_id and turn.move == "ask" else None
    return question.text if question else turn.text


def may_be_reworded(target: str | None) -> bool:
    """Only what a story lacks. A technical follow-up carries its premise in its words, and the short version is asked
    for in the same few words however it is put: these are said as they stand."""
    return target in WANTED
