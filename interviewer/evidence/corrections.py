"""Where candidates correct themselves ("I said three weeks, it was five") or say what they may not tell.

Not covered: a correction that does not say that it is one.
"""

import re

from interviewer.evidence.clauses import sentences

_FIGURE = (
    r"(?:\d[\d.,]*%?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|(?:a )?hundred|(?:a )?thousand|(?:a )?million|half|a third|a quarter)"
)
_HEAD = r"^(?:(?:hm+|so|well|okay|ok|first|and|but|sorry|oh|ah|um|uh|just|actually|yes|yeah|wait|also|again)[,.]? )*"
_CORRECTS = re.compile(
    rf"{_HEAD}(?:a |one |quick |small |little |first )*correction(?:[,:.]|$)|"
    r"\b(?:let me|i (?:have|need|want) to|i (?:should|must)) correct "
    r"(?:myself|something|one thing|what i said|a (?:number|figure)|the (?:number|figure))\b|"
    r"\bi misspoke(?:[,.]|$| (?:before|earlier|just now|there)\b)|"
    r"\bi (?:have )?(?:mixed|muddled) (?:it|that|this|them|those) up[,.]?$|\bsorry,? (?:no,? )?i meant\b|"
    r"\bi(?:'ve| have)? (?:got|get|had) (?:that|it|this|the \w+) wrong (?:before|earlier|just now)\b|"
    rf"\bi said (?:it was |about |around )?{_FIGURE}(?: \w+){{0,2}}[,;.]? "
    r"(?:but |sorry,? |actually,? |no,? |well,? |i misspoke,? )*"
    rf"(?:it was|it's|it is|that was|i meant|they were|it must be|should be) (?:[\w%]+ ){{0,3}}?{_FIGURE}\b|"
    rf"\bnot (?:[\w%]+ ){{0,2}}?{_FIGURE}(?: [\w%]+){{0,2}},? (?:as|like) i (?:said|told|mentioned)\b|"
    r"\bwhat i said (?:before|earlier)(?: \w+){0,4} (?:was|is) wrong\b"
)
_TO_OTHERS = re.compile(r"\b(?:meeting|manager|director|boss|lead|team|him|her|them|stand-?up)\b")
_BARE = re.compile(
    rf"{_HEAD}(?:(?:a|one) (?:\w+ )?)?correction\W*$|"
    rf"{_HEAD}i (?:said|meant) (?:it was |about |around )?{_FIGURE}(?: \w+)?\W*$"
)
_SHORT = 6  # words
_SHOWN = r"(?:that|those|these|more|(?:the |any |exact |our )*(?:\w+ )?(?:numbers?|figures?|names?|details))"
_WITHHOLDS = re.compile(
    r"\b(?:numbers?|figures?|names?|that|those|they|these|it)(?:'s|'re| is| are) (?:\w+ ){0,2}?confidential\b|"
    r"\bthat's confidential\b|\b(?:under|signed) (?:an? )?nda\b|"
    r"\bi(?:'m| am)? (?:can't|cannot|can not|may not|mustn't|must not|not allowed to|not able to|not free to) "
    rf"(?:\w+ly )?(?:share|disclose|reveal|give out|give you|tell you|name) {_SHOWN}\b"
)
_LONG = 60  # words: who says more tells what they may


def corrects(text: str) -> bool:
    """Whether something is corrected that was said before in the interview."""
    said = (_plain(s.text) for s in sentences(text))
    return any(_CORRECTS.search(s) and not _TO_OTHERS.search(s) for s in said)


def only_takes_back(clause: str) -> bool:
    """Whether a clause tells nothing but that something was said: "I said three weeks"."""
    return len(clause.split()) <= _SHORT and _BARE.search(_plain(clause)) is not None


def withholds(reply: str) -> bool:
    """Whether a reply says that what was asked for is not for outsiders."""
    return len(reply.split()) <= _LONG and _WITHHOLDS.search(_plain(reply)) is not None


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").strip()
