"""What a candidate's turn does: answers, or asks for something that a real interviewer would simply give.

Short turns only: a long answer that happens to contain "let me think" is an answer.
"""

import re
from functools import lru_cache
from typing import Literal

from interviewer.evidence.clauses import count_words, sentences
from interviewer.evidence.code_blocks import has_code, without_code
from interviewer.evidence.languages import foreign

Intent = Literal["answer", "empty", "repeat", "think", "skip", "end_round", "clarify", "foreign"]

_RULES: tuple[tuple[Intent, int, re.Pattern[str]], ...] = (
    (
        "end_round",
        14,
        re.compile(r"\b(?:end|finish|stop|quit|leave) (?:the|this) (?:round|interview|session)\b|\blet'?s (?:stop|end) here\b|^\s*(?:stop|end|quit)[.!]?\s*$"),
    ),
    (
        "repeat",
        22,
        re.compile(
            r"\b(?:repeat|rephrase)\b|\bsay (?:that|it) again\b|\bonce more please\b|\bcome again\b|"
            r"\b(?:didn't|did not|couldn't) (?:catch|hear|get) (?:that|it|you|the question)\b|\bwhat was the question\b"
        ),
    ),
    (
        "think",
        16,
        re.compile(
            r"\blet me (?:think|collect|have a think)\b|\b(?:give me|need|take|have) (?:a|one|another|just a|some) (?:moment|minute|second|sec|time)\b|"
            r"\bone (?:moment|minute|second)\b|\bbear with me\b|\bhold on\b"
        ),
    ),
    (
        "skip",
        16,
        re.compile(
            r"\bskip\b|\bpass on (?:this|that)\b|\bnext (?:question|one)\b|\bmove on\b|\bcan we (?:come back|go on)\b|^\s*pass[.!]?\s*$"
        ),
    ),
)  # fmt: skip
_QUESTION_START = re.compile(
    r"^(?:(?:so|and|but|okay|ok|right|sure|also|well|um|hm+|before i (?:start|begin|answer)|just to (?:clarify|check|be clear|make sure)|quick question|to clarify)[,:]?\s+)*"
    r"(?:can|could|may|should|shall|do|does|did|is|are|am|will|would|what|which|how|who|when|where|why|any|have|has)\b"
)
_MOST_CLARIFYING = 60


@lru_cache(maxsize=1024)
def intent(text: str) -> Intent:
    """The intent of one turn; everything that is not clearly something else is an answer. Asked of every turn again
    and again while a round goes on, so it is kept.
    """
    said = without_code(text)
    words = count_words(said)
    if foreign(said):
        return "foreign"
    if words == 0:
        return "answer" if has_code(text) else "empty"
    lowered = said.lower().replace("’", "'").strip()
    for name, most, pattern in _RULES:
        if words <= most and pattern.search(lowered):
            return name
    if words <= _MOST_CLARIFYING and not has_code(text) and _mostly_questions(lowered):
        return "clarify"
    return "answer"


_HINT = re.compile(
    r"\b(?:a|any|another|one|the|small|bigger|next|some) (?:\w+ )?(?:hints?|nudge|pointer|clue)\b|\bhints?,? please\b|^\W*hint\W*$|"
    r"\b(?:can|could|would|will) you (?:please )?(?:help me|give me a (?:hand|push))\b|\bgive me (?:some )?help\b"
)
_NO_HINT = re.compile(
    r"\b(?:no|not|without|don't|do not|before|took|taking|your) (?:\w+ ){0,4}(?:hints?|nudge|stuck)\b|\bthanks?\b"
)
_STUCK = re.compile(r"\bi(?:'m| am) (?:\w+ )?(?:stuck|lost)\b")
_MOST_ASKING_FOR_A_HINT = 40
_MOST_STUCK = 9  # words: who says more about being stuck is thinking aloud


def wants_hint(text: str) -> bool:
    """Whether a short turn asks for help with the problem."""
    said = without_code(text).lower().replace("’", "'")
    words = count_words(said)
    if words > _MOST_ASKING_FOR_A_HINT or _NO_HINT.search(said):
        return False
    return bool(_HINT.search(said) or (words <= _MOST_STUCK and _STUCK.search(said)))


def asks_something(text: str) -> bool:
    return any(s.text.endswith("?") for s in sentences(text))


def _mostly_questions(lowered: str) -> bool:
    said = sentences(lowered)
    asked = [s for s in said if s.text.endswith("?") and _QUESTION_START.match(s.text)]
    return bool(asked) and len(asked) * 2 >= len(said)
