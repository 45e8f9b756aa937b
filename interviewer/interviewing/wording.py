"""The lines among which a model chooses when it words a follow-up: what the candidate said, and a question hung on it.

A small model left to itself asks for something else than was wanted, or adds a fact. So a line is made here of two
parts, "You said you moved them to ten" and "what spoke against that", every pair of them is read by the guard
beforehand, and the model's grammar is what is left. Which remark to take up and which question fits it is the model's
to decide. A server that takes no grammar is given the same by example, and the guard alone stands between.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.evidence.actors import is_past
from interviewer.interviewing.asks import ALONE, ASKS, Asks
from interviewer.interviewing.guard import Guard
from interviewer.interviewing.remarks import Remark, remarks

_MOST_REMARKS = 4
_MOST_ASKS = 3
_LEAST_WEIGHT = 2  # "you made it" is not worth taking up
_LONGEST_ASK = 20  # words of the rubric's own question, to be hung on a remark
_OPENERS = (
    ("You said ", ": "),
    ("So ", ": "),
    ("You mentioned that ", ": "),
    ("When ", ", "),
    ("You told me that ", ": "),
)
_QUOTES = (("You said ", ": "),)
_DEEDS = frozenset({"own", "group", "passive", "finding"})
_PAST_DEED = re.compile(r"^you (?:\w+ly )?(\w+)")
_ASKED = re.compile(
    r"(?:What|Which|How|When (?:did|was|were|do)|Where|Who|Whose|Why|Was|Were|Did|Do|Is|Are|"
    r"Can|Could|Would|If|At which|In which|By how)\b"
)

QUOTATION = re.compile(r"^You said “[^”]*”[.:] ")


@dataclass(frozen=True)
class Offer:
    """A remark as the beginning of a line, and the questions that may follow it."""

    lead: str
    asks: tuple[str, ...]


def offers(target: str | None, rubric_text: str, answers: Sequence[str], guard: Guard) -> list[Offer]:
    """Every line that may be said for `target`. `answers`: those of the thread, in order."""
    chance = zlib.crc32(answers[-1].encode()) if answers else 0  # the same line again when it is asked for again
    own = _own_question(rubric_text)
    found: list[Offer] = []
    for remark, asks in _hung(ASKS.get(target or "", ()), answers):
        if guard.has_heard(remark.text) or (remark.weight < _LEAST_WEIGHT and remark.kinds & _DEEDS):
            continue
        opener, joint = _opener(remark, chance, target)
        lead = f"{opener}{remark.text}{joint}"
        if guard.clause_fault("", lead.rstrip()) is None:
            tried = [ask for ask in (*own, *_turned(asks, chance)) if _fits(ask, opener)]
            passing = [ask for ask in tried if guard.line_fault(f"{lead}{ask}?") is None]
            found += [Offer(lead, tuple(passing[:_MOST_ASKS]))] if passing else []
        if len(found) == _MOST_REMARKS:
            break
    return found or _alone(target, chance, guard)


def _alone(target: str | None, chance: int, guard: Guard) -> list[Offer]:
    """Questions that take nothing up: for an answer in which there is nothing to take."""
    asks = ALONE.get(target or "", ())
    offered = [ask[0].upper() + ask[1:] for ask in (_turned(asks, chance) if asks else ())]
    passing = tuple(ask for ask in offered if guard.line_fault(f"{ask}?") is None)
    return [Offer("", passing[:_MOST_ASKS])] if passing else []


def _hung(table: Asks, answers: Sequence[str]) -> Iterator[tuple[Remark, tuple[str, ...]]]:
    """Remarks with what may be asked of them: of the latest answer before earlier ones, what says most first
    and of equals what came later: an end rather than a beginning.

    A less wanted kind is a way out and offered only where there is nothing better.
    """
    told = [remarks(answer) for answer in reversed(answers)]
    for kinds, asks in table:
        fitting = [sorted((r for r in rs[::-1] if kinds & r.kinds), key=lambda r: -r.weight) for rs in told]
        if any(fitting):
            yield from ((r, asks) for rs in fitting for r in rs)
            return


def _opener(remark: Remark, chance: int, target: str | None) -> tuple[str, str]:
    if remark.quoted:
        return _QUOTES[0]
    if remark.text.startswith(("you said ", "you told ")):
        return _OPENERS[1]
    opener = _OPENERS[chance % len(_OPENERS)]
    deed = _PAST_DEED.match(remark.text)
    if opener[0] == "When " and (target == "situation" or not deed or not is_past(deed.group(1))):
        return _OPENERS[0]
    return opener


def _fits(ask: str, opener: str) -> bool:
    """Behind "When you cut it," stands a plain question about the past, not another condition."""
    return opener != "When " or (ask.startswith(("what ", "which ", "how ", "why ")) and "would" not in ask)


def _turned(asks: tuple[str, ...], chance: int) -> tuple[str, ...]:
    """Another beginning for another answer, so that no question becomes a habit."""
    place = (chance // 7) % len(asks)
    return asks[place:] + asks[:place]


def _own_question(rubric_text: str) -> tuple[str, ...]:
    """The rubric's wording, where it can stand behind a remark: a single sentence that asks, and quotes nothing yet."""
    asked = QUOTATION.sub("", rubric_text).strip()
    single = asked.endswith("?") and not re.search(r"[.?!:“”\"]", asked[:-1])
    single = single and not re.search(r"\b(?:it|they|them|these|those|there)\b", asked)  # would mean the remark
    if not single or not _ASKED.match(asked) or len(asked.split()) > _LONGEST_ASK:
        return ()
    return (asked[0].lower() + asked[1:-1],)


def grammar(offered: Sequence[Offer]) -> str:
    """GBNF of exactly the offered lines."""
    lines = [f"{_literal(o.lead) if o.lead else ''} ({' | '.join(_literal(a + '?') for a in o.asks)})" for o in offered]
    return "root ::= " + " | ".join(lines) + "\n"


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
