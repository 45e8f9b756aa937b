"""When a story happened and who did what in it, for comparing two tellings of the story.

Dates are months, seasons, years, feasts and "three years ago"; deadlines ("by March") and durations are none.
Who did it is read only where it is said outright: "I wrote the fix", "it was Ana who wrote the fix", "my idea".
Not covered: days of the week, and pronouns ("he wrote it").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.evidence.lexicon import STOPWORDS
from interviewer.evidence.quantities import Phrase, counts, lowered, phrase
from interviewer.evidence.stems import stem

_MONTHS = "january february march april may june july august september october november december".split()
# A season's edges are soft, and a feast's week may lie in the next month.
_SEASONS = {
    "spring": {2, 3, 4, 5, 6}, "summer": {5, 6, 7, 8, 9}, "autumn": {8, 9, 10, 11, 12}, "fall": {8, 9, 10, 11, 12},
    "winter": {11, 12, 1, 2, 3}, "black friday": {11}, "cyber monday": {11, 12}, "thanksgiving": {11},
    "christmas": {12, 1}, "new year": {12, 1}, "easter": {3, 4}, "prime day": {6, 7, 10},
}  # fmt: skip
_EARLY = r"(?:early|late|mid|mid-|the (?:middle|end|beginning|start) of|the)"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"\b(?P<lead>in|during|over|around|at|on|of|last|before|that|this|it was|was)\s+(?:{_EARLY}\s+)*(?:last\s+)?"
    rf"(?:(?P<name>{'|'.join([*_MONTHS, *_SEASONS])})\b(?:(?: (?:holidays?|season|break))?,?(?: of| in)? (?P<of>{_YEAR})\b)?|(?P<year>{_YEAR})\b)"
    r"|\b(?P<ago>\w+) years? ago\b"
)
_NO_EVENT = re.compile(
    r"\b(?:until|till|by|since|next|for|following|every|each|ready|deadline|(?:months?|weeks|days?) (?:before|after)|(?<!week )(?<!day )before)"
    r"(?: the| (?:first|last|end|start|beginning|middle)| of| early| late| mid)*\s*$"
)
_NAMED = re.compile(r"\b(?:it|this|that|which|all) (?:was|happened|began|started)\b|\bremember\b")
_LAST = 0.75  # years since "last autumn"
_OPENING = 0.45  # of the text: later dates are usually of what came after


@dataclass(frozen=True)
class Occasion:
    """What is None was not said."""

    months: frozenset[int] | None
    year: int | None
    ago: float | None
    phrase: Phrase

    def excludes(self, other: "Occasion") -> bool:
        """Whether both cannot be the same time."""
        if self.year and other.year and self.year != other.year:
            return True
        if self.months and other.months and not self.months & other.months:
            return True
        return bool(self.ago and other.ago and abs(self.ago - other.ago) >= 1)


def occasion(text: str) -> Occasion | None:
    """When the event was; None where nothing says so, or where more than one time is named."""
    found = list(_occasions(text))
    return found[0] if len({(o.months, o.year, o.ago) for o in found}) == 1 else None


def dates(text: str) -> list[Occasion]:
    """Every time that is named, of the event or of what came after it."""
    return list(_occasions(text, of_event=False))


def _occasions(text: str, of_event: bool = True) -> Iterator[Occasion]:
    plain = lowered(text)
    for match in _DATE.finditer(plain):
        before = plain[max(0, match.start() - 40) : match.end("lead") if match["lead"] == "before" else match.start()]
        sentence = plain[max(0, match.start() - 30) : match.end()]
        if _NO_EVENT.search(before):
            continue
        if of_event and match.start() >= _OPENING * len(plain) and not _NAMED.search(sentence):
            continue
        year = match["of"] or match["year"]
        ago = counts(match["ago"])[0].value if match["ago"] and counts(match["ago"]) else None
        if ago is None and "last" in match.group().split()[:-1]:
            ago = _LAST
        if not (match["name"] or year or ago):
            continue
        yield Occasion(_months(match["name"]), int(year) if year else None, ago, phrase(text, *match.span()))


def _months(name: str | None) -> frozenset[int] | None:
    if name is None:
        return None
    return frozenset({_MONTHS.index(name) + 1}) if name in _MONTHS else frozenset(_SEASONS[name])


_DEEDS: dict[str, str] = {
    "make": r"wrote|built|coded|implemented|developed|created|designed|drew|drafted|programmed|rewrote|rebuilt|set up|written",
    "find": r"found|discovered|spotted|noticed|traced|caught|identified|diagnosed|figured out|worked out",
    "mend": r"fixed|repaired|solved|patched|corrected|debugged",
    "decide": r"decided|(?:made|took) the (?:final )?(?:call|decision|choice)",
    "idea": r"suggested|proposed|came up with|had the idea|thought of|invented|dreamt up",
    "lead": r"led|ran|headed|chaired|coordinated|organised|organized|managed|negotiated|presented|took it to|was in charge of",
    "call": r"rang|phoned|called|told|persuaded|convinced",
}
_BASES = {
    "make": r"write|build|code|implement|develop|create|design|do the design|draft|program|make",
    "find": r"find|spot|trace|diagnose",
    "mend": r"fix|repair|solve|patch",
    "decide": r"decide|make the (?:call|decision)|choose",
    "lead": r"lead|run|chair|organise|organize|manage|negotiate|present",
}
_ANY_DEED = "|".join(_DEEDS.values())
_ANY_BASE = "|".join(_BASES.values())
_NAME = r"(?-i:[A-Z][a-z]+(?:-[A-Z][a-z]+)?)"
_WHO = (
    r"(?:my|our|the|a|another|one of (?:my|our|the))(?: [a-z-]+){0,2} (?:managers?|boss|leads?|leaders?|colleagues?|coworkers?|"
    r"teammates?|architects?|interns?|directors?|cto|ceo|vp|juniors?|contractors?|suppliers?|consultants?|engineers?|developers?|"
    r"analysts?|mentor|predecessor|partner|scientists?|graduates?|designers?|testers?|nurses?|doctors?|students?|supervisor|"
    rf"foreman|professor|principal|chef|owner|head of [a-z]+)(?:,? {_NAME})?"
)
_AGENT = rf"(?:{_WHO}|{_NAME}(?:,? (?:a|my|our|the) [a-z -]{{3,30}})?)"
_WHAT = r"(?P<what>[^.;:!?]{2,60})"
_ADVERBS = r"(?:(?:then|also|finally|myself|personally|quickly|simply|alone|actually|really|had) )*"
_MINE = re.compile(
    rf"\b(?:I|I was the one who|(?:it was )?me who) {_ADVERBS}(?P<deed>{_ANY_DEED})\b {_WHAT}",
    re.IGNORECASE,
)
_OTHERS = (
    re.compile(
        rf"\b(?:it was|was) (?!me\b|I\b|we\b)(?P<who>{_AGENT})\b[^.;!?]{{0,40}}?\bwho {_ADVERBS}(?P<deed>{_ANY_DEED})\b {_WHAT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:^|[.;,:!?] |\b(?:and|but|so|because|then|as|that) )(?P<who>{_AGENT})(?:, [^,.;]{{3,30}},|,)? {_ADVERBS}"
        rf"(?P<deed>{_ANY_DEED})\b {_WHAT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<what>\b[^.;:!?]{{3,60}}?) (?:was|were|had been|been) (?P<deed>{_ANY_DEED}) by (?!me\b|us\b)(?P<who>{_AGENT})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bI (?:asked|let|had|got) (?P<who>{_AGENT})(?:, [^,.;]{{3,30}},|,)? (?:to )?(?P<deed>{_ANY_BASE})\b(?: {_WHAT})?",
        re.IGNORECASE,
    ),
)
_MY_IDEA = re.compile(
    r"\bmy (?:own |very own )?idea\b|\bidea was (?:my own|mine)\b",
    re.IGNORECASE,
)
_THEIR_IDEA = re.compile(
    rf"\b{_AGENT}['’]s? (?:own )?idea\b|\bidea (?:came from|was from|belonged to|of|was) (?!my\b|mine\b|me\b){_AGENT}\b",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    "it that this there then and but so which what who he she they we i nobody everybody everyone after before when while "
    "because if since as at in on for from with by to of now later once until".split()
)


@dataclass(frozen=True)
class Deed:
    """Something that one person did; `by_self` says whether it was the candidate."""

    kind: str
    by_self: bool
    what: frozenset[str]
    phrase: Phrase

    def about_what(self, other: "Deed") -> bool:
        """About one thing; "my idea" may be about anything, and "found it" twice is about the same."""
        return bool(self.what & other.what) or _BARE_IDEA in (self.what, other.what) or not (self.what or other.what)


ONCE = frozenset({"idea", "decide", "lead"})  # a story has one of these worth naming, whatever the words
_BARE_IDEA = frozenset({"idea"})


def deeds(text: str) -> list[Deed]:
    """Who is said outright to have done what, in order."""
    found = [_deed(text, m, True) for m in _MINE.finditer(text)]
    for pattern in _OTHERS:
        found += [
            _deed(text, m, False)
            for m in pattern.finditer(text)
            if m["who"].lower().split()[0].strip(",") not in _NO_NAMES
        ]
    for pattern, own in ((_MY_IDEA, True), (_THEIR_IDEA, False)):
        for match in pattern.finditer(text):
            if match.group().split("'")[0].split(" ")[0].lower() not in _NO_NAMES - {"i", "the"}:
                found.append(Deed("idea", own, _BARE_IDEA, phrase(text, *match.span())))
    return sorted(found, key=lambda d: (d.phrase.start, d.kind, d.by_self))


def _deed(text: str, match: re.Match[str], own: bool) -> Deed:
    forms = [*_DEEDS.items(), *_BASES.items()]
    kind = next(k for k, verbs in forms if re.fullmatch(verbs, match["deed"].lower()))
    after = re.split(r",|\b(?:and|but|so|because|while|which|that)\b", match["what"] or "")[0]
    words = re.findall(r"[a-z]+", after.lower())[:6]
    what = frozenset(stem(w) for w in words if w not in STOPWORDS and len(w) > 2)
    lead = len(match.group()) - len(match.group().lstrip(" .,;:!?"))
    end = max(match.end("deed"), match.start("what") + len(after.rstrip()))
    return Deed(kind, own, what, phrase(text, match.start() + lead, end))
