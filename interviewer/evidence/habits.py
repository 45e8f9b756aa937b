"""A routine told like a story: "every Monday I compare the counts ...; since I do this, one in forty".

Its steps and even its outcome are concrete, and so the trained readers take it for an occasion. Two things speak
against one, in an answer that names more recurrences than single times: that a recurrence stands early and hardly a
word is in the past; and that there are several recurrences, no single time and little past. A month that is said to
recur ("each September ... in September") is no single time.
Not covered: a routine told in the past ("in those years I would check ..."), and present participles and adjectives
that look like a past ("the rejected ones"); a story told in the present that names no time looks like a routine, and
the readers must be sure of it.
"""

import re

from interviewer.evidence.clauses import WORD
from interviewer.evidence.lexicon import IRREGULAR_PAST, NOT_PAST

ROUTINE = 2.0  # logits against an occasion
REPEATED = 2.0
_EARLY = 0.6  # of the text: what recurs is told before the lesson
_FEW_PAST, _SOME_PAST = 0.04, 0.08  # of the words
_ALIKE = frozenset("put set cut read split shut let hit quit".split())  # in the present and in the past

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_SEASONS = "spring|summer|autumn|winter|fall"
_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_PART = f"night|morning|evening|afternoon|weekend|{_DAY}|{_SEASONS}"
_LONG_SPAN = "week|month|quarter|year|term|season"
_UNIT = rf"day|weekday|{_PART}|{_MONTHS}|{_LONG_SPAN}|shift|sprint|release|time|hour"
_SOME = r"two|three|four|five|six|seven|eight|several|a few|few|couple of|\d+"


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b", re.IGNORECASE)


_RECURS = _any(
    rf"(?:every|each)(?: (?:other|second|third|single|new|alternate|{_SOME}))? (?P<when>{_UNIT})s?",
    rf"alternate (?:{_DAY}|week|month)s?",
    rf"{_DAY}s",
    rf"(?:first|last|end) (?:day )?of (?:each|every|the) (?:{_LONG_SPAN})",
    rf"(?:once|twice) a (?:day|{_LONG_SPAN})",
    r"most (?:weeks|days|months|times|of the time|mornings|nights)",
    r"nine (?:times )?(?:out of|in) ten",
    r"my (?:routine|ritual|habit|rule)",
    r"as a (?:rule|practice|habit|routine)",
    r"whenever|usually|normally|generally|in general|typically|mostly|always|daily|weekly|monthly|tends? to|a ritual",
    r"years now",
)
_ONCE = _any(
    rf"last (?:day|{_PART}|{_MONTHS}|{_LONG_SPAN})(?! of (?:the|each|every))",
    rf"(?:{_SOME}) (?:years|months|weeks|days|(?:{_SEASONS})s) (?:ago|back|before)",
    r"(?:a|one) (?:year|month|week) (?:ago|back)",
    rf"(?:in|since|{_MONTHS}|{_SEASONS}|early|late|mid) (?:of )?(?:the year )?(?:19|20)\d\d",
    r"twenty[- ](?:twenty|nineteen|eighteen|seventeen|sixteen)",
    rf"(?<!takes )(?<!than )(?<!for )(?<!in )(?:one|that|this one|a certain|some) (?:day|week|{_PART})",
    r"(?:first|second|third|fourth|last|middle|end|start|beginning) "
    rf"(?:(?:week|day|{_PART}) )?(?:of|in) (?P<of>{_MONTHS})",
    rf"(?:in|it was|it's|this was|that was|was) (?:(?:early|late|mid)[ -])?(?P<month>{_MONTHS}|{_SEASONS})",
    r"when i (?:was|joined|worked|started|came|took)",
    r"that time|yesterday|at the time|back then|black friday|prime day|suddenly",
)


def against_occasion(text: str) -> float:
    """How far an opening answer's wording speaks for a routine and against one occasion, in logits, 0 or more."""
    text = " ".join(text.replace("’", "'").split())  # what is blanked is not counted
    recurs = list(_RECURS.finditer(text))
    recurring = {match["when"].lower() for match in recurs if match["when"]}
    once = [m for m in _ONCE.finditer(text) if (m["month"] or m["of"] or "").lower() not in recurring]
    if len(recurs) <= len(once):
        return 0.0
    past = _past_share(text)
    routine = recurs[0].start() < _EARLY * len(text) and past < _FEW_PAST
    repeated = len(recurs) > 1 and not once and past < _SOME_PAST
    return (ROUTINE if routine else 0.0) + (REPEATED if repeated else 0.0)


def _past_share(text: str) -> float:
    words = [word.lower() for word in WORD.findall(text)]
    past = IRREGULAR_PAST - _ALIKE
    told = [w for w in words if w in past or (w.endswith("ed") and len(w) > 4 and w not in NOT_PAST)]
    return len(told) / max(1, len(words))
