"""What a candidate's turn does: answers, or asks for something that a real interviewer would simply give.

Short turns only: a long answer that happens to contain "let me think" is an answer.
"""

import re
from functools import lru_cache
from typing import Literal

from interviewer.evidence.clauses import count_words, sentences
from interviewer.evidence.code_blocks import has_code, without_code
from interviewer.evidence.languages import foreign

Intent = Literal[
    "answer", "empty", "repeat", "unclear", "think", "skip", "end_round", "clarify", "ask_leave", "foreign"
]

_RULES: tuple[tuple[Intent, int, re.Pattern[str]], ...] = (
    (
        "end_round",
        14,
        re.compile(
            r"\b(?:end|finish|stop|quit|leave) (?:the|this) (?:round|interview|session)\b|\blet'?s (?:stop|end) here\b|^\s*(?:stop|end|quit)[.!]?\s*$|"
            r"^(?!.*\b(?:asked|said|told|wrote|wanted)\b).*(?:\b(?:can|could|may) we (?:please )?(?:finish|stop|end)(?: (?:here|now|it|this))?(?: please)?(?=\s*[.?!]*$| i am\b| i'm\b)|"
            r"\bplease (?:stop|finish|end)(?: (?:here|now|it|this))?\s*[.!]*$|\bgood ?bye\s*[.!]*$|"
            r"\bi(?:'d| would)? (?:want|like) to (?:stop|finish)(?: (?:here|now))?\s*[.!]*$)",
            re.DOTALL,
        ),
    ),
    (
        "repeat",
        22,
        re.compile(
            r"\b(?:repeat|rephrase)(?: (?:it|that|this|the|your|please|once)\b|\s*(?:,? please)?[?.!]*$)|\bsay (?:that|it) again\b|\bonce more please\b|\bcome again\b|"
            r"\b(?:didn't|did not|couldn't) (?:catch|hear|get) (?:that|it|you|the question)\b|\bwhat was the question\b"
        ),
    ),
    (
        "unclear",
        22,
        re.compile(
            r"\b(?:i|sorry,?) (?:don'?t|do not|didn'?t|did not) (?:\w+ )?(?:understand|follow|get)(?: (?:you|it|this|that|(?:the|this|that|your) question|what you (?:mean|are asking|want)))?\s*[.?!]*$|"
            r"\bdon'?t (?:\w+ )?understand (?:the|this|that|your) question\b|\bdo not (?:\w+ )?understand (?:the|this|that|your) question\b|"
            r"\bnot sure (?:what|i understand|i get|i follow)(?: exactly)? ?(?:you(?:'re| are)? (?:asking|mean|want|after)|that means|the question)?\s*[.?!]*$|"
            r"\bwhat (?:exactly )?(?:do|did) you mean\b|\bwhat (?:exactly )?(?:is|was) meant\b|\bhow do you mean\b|"
            r"\b(?:ask|put|say|phrase|word) (?:me )?(?:that|it|the question) (?:in )?(?:another|a different|other) (?:way|words)\b|\b(?:ask|put|say|phrase) (?:that|it) differently\b"
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
            r"\bskip\b|\bpass on (?:this|that)\b|\bnext (?:question|one)\b|\bmove on\b|\bcan we (?:come back|go on)\b|^\s*pass[.!]?\s*$|"
            r"\b(?:i have|i've|i've got|i got|there is|there's) no (?:such |other |more |better )?(?:story|stories|example|examples)(?: like (?:that|this)| of that| for (?:that|this|it)| of it)?\s*[.!]*$|"
            r"\bi (?:don'?t|do not) (?:really )?have (?:such |a |an |any |another |other |more |one )*(?:story|stories|example|examples)(?: like (?:that|this)| of that| for (?:that|this|it)| of it)?\s*[.!]*$|"
            r"\bsuch (?:a )?(?:story|example) i (?:don'?t|do not) have\b|\b(?:can'?t|cannot) think of (?:one|any|anything|an example|a story)\b|\b(?:nothing|no example|no story) comes to mind\b"
        ),
    ),
)  # fmt: skip
_NO_EXAMPLE = re.compile(
    r"\bi (?:don'?t|do not) (?:really |actually |think i )?have (?:such |a |an |any |another |other |more |one |good |real )*(?:story|stories|example|examples|case)\b|"
    r"\bi(?:'ve| have)?(?: got)? no (?:such |other |more |good |real )*(?:story|stories|example|examples)\b|\bthere (?:was|is) no (?:such )?(?:case|example|story)\b|"
    r"\b(?:can'?t|cannot) think of (?:one|any|anything|an example|a story|a case)\b"
)
_OR_ELSE = re.compile(
    r"\b(?:but|instead|closest|nearest|although|though|however|except|maybe|perhaps|what i (?:can|do) have)\b"
)
_MOST_WITHOUT_EXAMPLE = 45
_MOVING_ON = re.compile(
    r"\b(?:can|could|may|shall|should) we (?:please |maybe )?(?:go on|move on|go|take|have|do|switch|skip|try|continue|change)\b.{0,25}\b(?:another|next|different|else|other)\b|"
    r"\b(?:can|could|may|shall) we (?:please )?(?:move|go) on\b|\bi(?:'d| would) (?:really |rather )?(?:like|prefer|want)? ?(?:to )?move on\b|"
    r"\blet'?s (?:please )?(?:move on|take another|go to the next|go on to)\b|\bi(?:'ve| have) nothing (?:more )?to add\b"
)
_UNCLEAR = next(pattern for name, _, pattern in _RULES if name == "unclear")
_QUESTION_START = re.compile(
    r"^(?:(?:so|and|but|okay|ok|right|sure|also|well|um|hm+|before i (?:start|begin|answer)|just to (?:clarify|check|be clear|make sure)|quick question|to clarify)[,:]?\s+)*"
    r"(?:can|could|may|should|shall|do|does|did|is|are|am|will|would|what|which|how|who|when|where|why|any|have|has)\b"
)
_MOST_CLARIFYING = 120
_ASKING = 0.4  # of the words of a turn that asks and does not answer
_LEAVE = re.compile(
    r"\b(?:may|can|could|shall|should|might) i (?:\w+ )?(?:tell|use|take|say|add|give|start|begin|practi[sc]e|do|go|come|talk|continue|finish|repeat|speak|pick|choose|try|share|mention)\b|"
    r"\b(?:is|would) (?:it|that) (?:be )?(?:ok|okay|alright|all right|fine|possible|cheating) (?:if|when|to)\b|\bdo you mind if i\b|\bis that (?:ok|okay|alright|all right|fine|allowed|cheating)\b|"
    r"\b(?:if|in case) you (?:want|would like|'d like|care) to hear\b|\bdo you want to hear\b"
)
_MEANT = re.compile(
    r"^(?:sorry,? |hm+,? |okay,? |so,? )*(?:(?:do )?you mean|are you asking|you(?:'re| are) asking)\b|\bdo you mean (?:like|that|by|how|what|when|the|as)\b"
)
_MOST_LEAVE = 45
_BESIDE = 20  # words beside what is asked back: more of them tell something


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
    if has_code(text):
        return "answer"
    if words <= _MOST_WITHOUT_EXAMPLE and _without_example(lowered):
        return "skip"
    if words <= _MOST_LEAVE and _mostly(_LEAVE, lowered):
        return "ask_leave"
    if words <= _MOST_LEAVE and (_mostly(_UNCLEAR, lowered) or _mostly(_MEANT, lowered)):
        return "unclear"
    if words <= _MOST_CLARIFYING and _mostly_questions(lowered):
        return "clarify"
    return "answer"


def _without_example(lowered: str) -> bool:
    """Whether a turn begins by saying that there is no story, and offers no other."""
    first = sentences(lowered)[:2]
    return any(_NO_EXAMPLE.search(s.text) for s in first) and not _OR_ELSE.search(lowered)


def moves_on(text: str) -> bool:
    """Whether an answer ends by asking for another question, or by saying that there is nothing to add."""
    last = sentences(without_code(text).lower().replace("’", "'"))[-1:]
    return any(_MOVING_ON.search(s.text) for s in last)


def _mostly(pattern: re.Pattern[str], lowered: str) -> bool:
    """Whether a turn says little beside the sentences that have the pattern and what else is asked in it."""
    said = sentences(lowered)
    having = [s for s in said if pattern.search(s.text)]
    beside = [s for s in said if s not in having and not s.text.endswith("?")]
    return bool(having) and sum(count_words(s.text) for s in beside) < _BESIDE


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


def asks_leave(text: str) -> bool:
    """Whether a turn asks whether the candidate may do something."""
    return intent(text) == "ask_leave"


def asks_something(text: str) -> bool:
    return any(s.text.endswith("?") for s in sentences(text))


def _mostly_questions(lowered: str) -> bool:
    said = sentences(lowered)
    asked = [s for s in said if s.text.endswith("?") and _QUESTION_START.match(s.text)]
    words = sum(count_words(s.text) for s in asked)
    return bool(asked) and len(asked) * 2 >= len(said) and words >= _ASKING * count_words(lowered)
