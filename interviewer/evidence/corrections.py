"""Where candidates correct themselves ("I said three weeks, it was five") or say what they may not tell.

Not covered: a correction that does not say that it is one.
"""

import re

from interviewer.evidence.clauses import sentences

_FIGURE = (
    r"(?:\d[\d.,]*%?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|thousand|million|half|a third|a quarter)"
)
_HEAD = r"^(?:(?:hm+|so|well|okay|ok|first|and|but|sorry|oh|ah|um|uh|just|actually|yes|yeah|wait|also|again)[,.]? )*"
_CORRECTS = re.compile(
    rf"{_HEAD}(?:a |one |quick |small |little |first )*correction\b|\blet me correct\b|\bi misspoke\b|"
    r"\bi (?:have|need|want|ought|should|must)(?: to)? correct (?:myself|that|this|something|one|it|what)\b|"
    r"\bi (?:have )?(?:mixed|muddled) (?:it|that|this|them|those) up\b|\bsorry,? (?:no,? )?i meant\b|"
    r"\bi meant to say\b|"
    r"\bi(?:'ve| have)? (?:got|get|had) (?:that|it|this|the \w+) wrong (?:before|earlier|just now)\b|"
    rf"\bi said (?:[\w.%]+ ){{0,4}}?{_FIGURE}\b[^.?!]{{0,30}}?\b(?:it was|it's|it is|that was|i meant|they were|"
    rf"it must be|should be) (?:[\w%]+ ){{0,3}}?{_FIGURE}\b|"
    rf"\bnot (?:[\w%]+ ){{0,2}}?{_FIGURE}(?: [\w%]+){{0,2}},? (?:as|like) i (?:said|told|mentioned)\b|"
    r"\bwhat i said (?:before|earlier)(?: \w+){0,4} (?:was|is) wrong\b"
)
_BARE = re.compile(rf"{_HEAD}(?:(?:a|one) (?:\w+ )?)?correction\b|{_HEAD}i (?:said|meant)\b[^.?!]*\b{_FIGURE}\b")
_SHORT = 6  # words
_WITHHOLDS = re.compile(
    r"\b(?:is|are|was|were|that's|it's|they're) (?:\w+ ){0,2}?confidential\b|\b(?:under|signed) (?:an? )?nda\b|"
    r"\bnon-disclosure\b|\bnot (?:allowed|at liberty|free|supposed) to (?:share|say|tell|disclose|give)\b|"
    r"\bi(?:'m| am)? ?(?:can't|cannot|can not|may not|mustn't|must not|not able to|unable to) (?:\w+ly )?"
    r"(?:share|disclose|reveal|give out)\b"
)
_LONG = 60  # words: who says more tells what they may


def corrects(text: str) -> bool:
    """Whether something is corrected that was said before in the interview."""
    return any(_CORRECTS.search(_plain(s.text)) for s in sentences(text))


def only_takes_back(clause: str) -> bool:
    """Whether a clause tells nothing but that something was said: "I said three weeks"."""
    return len(clause.split()) <= _SHORT and _BARE.search(_plain(clause)) is not None


def withholds(reply: str) -> bool:
    """Whether a reply says that what was asked for is not for outsiders."""
    return len(reply.split()) <= _LONG and _WITHHOLDS.search(_plain(reply)) is not None


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").strip()
