"""A routine told like a story: "every Monday I compare the counts ...; since I do this, one in forty".

Its steps and even its outcome are concrete, and so the trained readers take it for an occasion. What speaks against
one is that a recurrence is named, no single time is, and hardly a word stands in the past. A story told in the present
tense names its time; a story whose last sentence says what is done every week since then has its past before that.
Not covered: a routine that is told in the past throughout ("in those years I would check ...").
"""

import re

from interviewer.evidence.clauses import WORD
from interviewer.evidence.lexicon import IRREGULAR_PAST, NOT_PAST

ROUTINE = 2.0  # logits against an occasion
REPEATED = 2.0
_EARLY = 0.6  # of the text: what recurs is told before the lesson
_FEW_PAST, _SOME_PAST = 0.04, 0.08  # of the words

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_SEASONS = "spring|summer|autumn|winter"
_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SPAN = f"day|night|morning|evening|afternoon|weekend|week|{_DAY}|{_MONTHS}|{_SEASONS}|year"
_LONG_SPAN = "day|week|month|quarter|year|term|season"
_SOME = r"two|three|four|five|six|seven|eight|several|a few|few|couple of|\d+"


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b", re.IGNORECASE)


_RECURS = _any(
    r"(?:every|each)(?: (?:other|second|third|single|new|alternate|two|three))? "
    rf"(?:(?P<when>{_SPAN})|month|quarter|shift|sprint|season|release|time|hour)s?",
    rf"alternate (?:{_DAY}|week|month)s?",
    rf"{_DAY}s",
    rf"(?:on|first|last|end) (?:the )?(?:day )?of (?:each|every|the) (?:{_LONG_SPAN})",
    rf"(?:once|twice) a (?:{_LONG_SPAN})",
    r"most (?:weeks|days|months|times|of the time|mornings|nights)",
    r"nine (?:times )?(?:out of|in) ten",
    r"my (?:routine|ritual|habit|rule)",
    r"as a (?:rule|practice|habit|routine)",
    r"whenever|usually|normally|generally|in general|typically|mostly|always|daily|weekly|monthly|tends? to|a ritual",
    r"years now",
)
_ONCE = _any(
    rf"last (?:{_SPAN}|month|fall|quarter|term|season)",
    rf"(?:{_SOME}) (?:years|months|weeks|days|(?:{_SEASONS})s) (?:ago|back|before)",
    r"(?:a|one) (?:year|month|week) (?:ago|back)",
    rf"(?:in|since|of|{_SEASONS}|fall|early|late|mid) (?:the year )?(?:19|20)\d\d",
    r"twenty (?:twenty|nineteen|eighteen|seventeen|sixteen)",
    rf"(?:one|that|this one|a certain|some) (?:{_SPAN}|time|case)",
    r"(?:in|it was|it's|this was|that was|was) (?:(?:early|late|mid|the (?:middle|end|start|beginning) of)[ -])?"
    rf"(?P<month>{_MONTHS}|{_SEASONS})",
    r"when i (?:was|joined|worked|started|came|took)",
    r"during (?:the|our|my|a)",
    r"once(?! a)|yesterday|at the time|back then|black friday|prime day|suddenly",
)


def against_occasion(text: str) -> float:
    """How far an opening answer's wording speaks for a routine and against one occasion, in logits, 0 or more."""
    text = text.replace("’", "'")
    recurs = list(_RECURS.finditer(text))
    yearly = {match["when"].lower() for match in recurs if match["when"]}
    once = [m for m in _ONCE.finditer(text) if not (m["month"] and m["month"].lower() in yearly)]
    if len(recurs) <= len(once):
        return 0.0
    past = _past_share(text)
    routine = recurs[0].start() < _EARLY * len(text) and past < _FEW_PAST
    repeated = len(recurs) > 1 and not once and past < _SOME_PAST
    return ROUTINE * routine + REPEATED * repeated


def _past_share(text: str) -> float:
    words = [word.lower() for word in WORD.findall(text)]
    past = sum(w in IRREGULAR_PAST or (w.endswith("ed") and len(w) > 4 and w not in NOT_PAST) for w in words)
    return past / max(1, len(words))
