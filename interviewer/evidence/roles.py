"""Who is said to do what: phrases of a claim tied to the side that a clause speaks of ("L2 gives exact zeros").

A phrase said of the right side states its claim, said of a rival side it contradicts it, and a negation turns it round
(`negation`, `subjects`). Reported misconceptions ("people say that ..."), conditions (`frames`) and what something is
compared with assert nothing.
Not covered: claims without phrases, which only meaning can tell (`claims`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from interviewer.domain.evidence import Finding
from interviewer.domain.question import Claim, Question
from interviewer.evidence.assertions import listing
from interviewer.evidence.frames import Frame, frames
from interviewer.evidence.negation import negated
from interviewer.evidence.phrases import find_phrase, words_of
from interviewer.evidence.stems import stem
from interviewer.evidence.subjects import Memory, Mention, mentions_in, side_of

Stand = Literal["states", "contradicts", "seems to contradict"]

_COMPARED = frozenset("a an the any one plain simple every".split())
_REPORTED = re.compile(
    r"\b(?:(?:people|some|many|candidates|others|folks|they|you|textbooks|colleagues|beginners|everyone) (?:\w+ )?"
    r"(?:say|think|claim|believe|assume|expect|confuse|would say|might say|might think)|myth|misconception|"
    r"mistake (?:is |would be )?to|mistake of|(?:common|classic|typical|usual|frequent|popular) mistake|"
    r"(?:be|is|it's) a mistake$|confusion|wrong (?:to|that)|wrongly|a trap|tempting|(?:it'?s|is) often said|the naive|"
    r"would be wrong|one might|you'd think|sounds like|contrary to)\b"
)
_HEDGED = re.compile(
    r"\b(?:may|might|could|sometimes|perhaps|maybe|otherwise|or else|"
    r"(?:not|\w+n't) (?:always|necessarily|automatically|by itself))\b"
)


def read_roles(text: str, question: Question) -> tuple[dict[str, Finding], dict[str, Finding]]:
    """The claims that the answer states and those that it contradicts, each with the clause that does so.

    A claim that is both stated and contradicted counts as stated: what is said twice is not simply swapped. What only
    seems to contradict, by a side carried over from another clause or by a negation, counts beside a plain
    contradiction and not alone: of 20 right answers that a first version reported, 13 had nothing but such a reading.
    """
    told = [c for c in question.claims if c.says or c.denies]
    if not told:
        return {}, {}
    stated: dict[str, Finding] = {}
    against: dict[str, Finding] = {}
    seeming: dict[str, Finding] = {}
    heard = {"states": stated, "contradicts": against, "seems to contradict": seeming}
    memory = Memory()
    lists = listing(text)
    for frame in frames(text):
        if _REPORTED.search(frame.clause.lower):
            continue
        mentions = mentions_in(frame.tokens, question, memory)
        if frame.clause.sentence in lists:
            memory.remember(mentions if frame.clause.text.endswith(":") else ())  # "LN: statistics over ..."
            continue
        for claim, stand in _stands(told, frame, mentions, question, memory):
            heard[stand].setdefault(claim.id, Finding(id=claim.id, spans=(frame.clause.span,), how="rule"))
        memory.remember([m for m in mentions if not frame.unreal or frame.in_condition(m.at)])
    plain = {k: v for k, v in against.items() if k not in stated}
    return stated, {**{k: v for k, v in seeming.items() if k not in stated}, **plain} if plain else {}


def _stands(
    claims: Iterable[Claim], frame: Frame, mentions: Sequence[Mention], question: Question, memory: Memory
) -> Iterator[tuple[Claim, Stand]]:
    stems = [stem(t) for t in frame.tokens]
    for claim in claims:
        own = _own(claim, mentions, question)
        for phrases, polarity in ((claim.says, 1), (claim.denies, -1)):
            for phrase in phrases:
                for places in find_phrase(stems, phrase):
                    turned = _turned(phrase, places, frame, own)
                    sign = polarity * turned * _said_of(claim, places, frame, mentions, question, memory)
                    if sign > 0 or (sign < 0 and _firm(claim, turned < 0 < polarity, frame)):
                        yield claim, "states" if sign > 0 else _contradicts(polarity, turned, own)
                        break


def _contradicts(polarity: int, turned: int, own: Sequence[Mention]) -> Stand:
    """Plainly: in words of denial, or of a rival side that the clause itself names; else only as it seems."""
    plain = turned > 0 and (polarity < 0 or bool(own))
    return "contradicts" if plain else "seems to contradict"


def _own(claim: Claim, mentions: Sequence[Mention], question: Question) -> Sequence[Mention]:
    """The sides named here between which the claim decides."""
    return [m for m in mentions if claim.whose in question.sides[m.group]]


def _turned(phrase: str, places: Sequence[int], frame: Frame, mentions: Sequence[Mention]) -> int:
    """-1 when a negation in the same part of the frame turns the phrase round, else 1."""
    start = frame.lead if places[0] >= frame.lead else 0
    named = max((m.at - start for m in mentions if start <= m.at < places[0]), default=-1)
    return -1 if negated(frame.tokens[start:], [p - start for p in places], words_of(phrase), named) else 1


def _firm(claim: Claim, denied: bool, frame: Frame) -> bool:
    """Whether a contradiction is said firmly: not hedged, and no mere denial of a point that has no rival side."""
    return not _HEDGED.search(frame.clause.lower) and not (denied and claim.whose is None)


def _said_of(
    claim: Claim,
    places: Sequence[int],
    frame: Frame,
    mentions: Sequence[Mention],
    question: Question,
    memory: Memory,
) -> int:
    """1 when the phrase is said of the side that the claim is true of, -1 of a rival side, 0 when of neither."""
    if _compared_with(frame.tokens, places[0]):
        return 0
    if claim.whose is None:
        return 0 if frame.supposed(places[0]) or frame.unreal else 1
    group = next(n for n, sides in enumerate(question.sides) if claim.whose in sides)
    if frame.unreal and any(m.group == group and frame.in_condition(m.at) for m in mentions):
        return 0
    side = side_of(frame, places, mentions, group, memory)
    return 0 if side is None else 1 if side == claim.whose else -1


def _compared_with(tokens: Sequence[str], first: int) -> bool:
    """Whether the phrase begins right behind "than" ("more realistic than a split by time")."""
    before = first - 1
    while before > 0 and tokens[before] in _COMPARED:
        before -= 1
    return before > 0 and tokens[before] == "than" and tokens[before - 1] != "rather"
