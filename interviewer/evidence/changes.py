"""By how much something went up or down, as told: "transfers went down by 40 percent", "we cut the waiting by a third".

Two such changes contradict each other when the same words name the thing, in the same direction and measure, and
neither is said of a part, a time or a further step only ("in the first two queues", "last year", "by another 20
percent"). Not covered: changes told as two ends (`quantities.figures`).
"""

import re
from dataclasses import dataclass

from interviewer.evidence.clauses import Clause, clauses
from interviewer.evidence.lexicon import DENIAL, HYPOTHETICAL, STOPWORDS
from interviewer.evidence.quantities import Phrase, counts, lowered
from interviewer.evidence.stems import stem

_FELL = r"fell|dropped|shrank|decreased|declined|came down|went down|(?:was|were|got) (?:down|reduced|cut|lowered)"
_ROSE = r"rose|grew|increased|climbed|went up|improved|(?:was|were|got) (?:up|raised)"
_LOWERED = r"reduced|cut|lowered|decreased|brought down|shrank"
_RAISED = r"raised|increased|lifted|grew|improved|brought up"
_ABOUT = r"(?:by )?(?:about |around |roughly |some |nearly |almost |more than |over |just )*"
_HEAD = r"^(?:(?:and|but|so|then|overall|in total|all in all|in the end|altogether),? )*"
_ALL = r"(?:(?:the|our|their|these|those|its|total|overall|all) )*"
_SUBJECT = re.compile(
    rf"{_HEAD}{_ALL}(?P<what>[a-z]+(?: [a-z]+){{0,2}}?) (?:(?P<down>{_FELL})|(?P<up>{_ROSE})) (?=by ){_ABOUT}(?P<by>.+)"
)
_OBJECT = re.compile(
    rf"{_HEAD}(?:i|we) (?:(?P<down>{_LOWERED})|(?P<up>{_RAISED})) {_ALL}(?P<what>[a-z]+(?: [a-z]+){{0,2}}?) (?=by )"
    rf"{_ABOUT}(?P<by>.+)"
)
_PART = re.compile(
    r"\b(?:in|for|on|among|at|within|of|with|during|after|by (?:the|then)|per|each|first|again|another|further|"
    r"alone|only|more|extra|additional|pilot|target|goal|year|month|week|later|initially|before|since)\b"
)
_ROUNDED = 1.15  # the same figure, rounded
_LINK = re.compile(r"(?:and|but|so|then|because|overall,)\s+", re.IGNORECASE)
_TAIL = re.compile(r"(?:,?\s+(?:and|but|so|then|because))?[.,;:!?\s]*$", re.IGNORECASE)
_LONGEST_FIGURE = 6  # words from "by" to what the figure counts


@dataclass(frozen=True)
class Change:
    """`what` are the stems of all words for it; `value` is in the smallest unit of `measure`."""

    what: tuple[str, ...]
    down: bool
    value: float
    measure: str
    phrase: Phrase

    def contradicts(self, other: "Change") -> bool:
        same = (self.what, self.down, self.measure) == (other.what, other.down, other.measure)
        low, high = sorted((self.value, other.value))
        return same and high > low * _ROUNDED


def changes(text: str) -> list[Change]:
    """The changes that are told of a whole as having happened, in order."""
    return [change for clause in clauses(text) if (change := _told(clause)) is not None]


def _told(clause: Clause) -> Change | None:
    plain = lowered(clause.text)
    match = _OBJECT.search(plain) or _SUBJECT.search(plain)
    if match is None or HYPOTHETICAL.search(plain) or DENIAL.search(plain):
        return None
    what = match["what"].split()
    if not STOPWORDS.isdisjoint(what) or _PART.search(match["what"]):
        return None
    figure = next((c for c in counts(match["by"]) if c.measured), None)
    if figure is None or len(match["by"][: figure.at].split()) > _LONGEST_FIGURE or "?" in plain:
        return None
    if _PART.search(match["by"][figure.at :]) or re.search(r"\banother|further|more\b", match["by"][: figure.at]):
        return None
    return Change(tuple(map(stem, what)), match["down"] is not None, figure.value, figure.of[0], _said(clause))


def _said(clause: Clause) -> Phrase:
    """The clause without the words that link it to others."""
    link = _LINK.match(clause.text)
    start = link.end() if link else 0
    quote = _TAIL.sub("", clause.text[start:])
    return Phrase(clause.start + start, clause.start + start + len(quote), quote)
