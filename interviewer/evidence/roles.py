"""Who is said to do what: phrases of a claim tied to the side that a clause speaks of ("L2 gives exact zeros").

A phrase said of the right side states its claim, said of a rival side it contradicts it, and a negation turns it round
(`negation`, `subjects`). What is reported, asked or taken back (`unasserted`), conditions (`frames`) and what something
is compared with assert nothing.
Not covered: claims without phrases, which only meaning can tell (`claims`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

from interviewer.domain.evidence import Finding
from interviewer.domain.question import Claim, Question
from interviewer.evidence.assertions import listing
from interviewer.evidence.clauses import Clause
from interviewer.evidence.frames import Frame, frames
from interviewer.evidence.negation import negated
from interviewer.evidence.phrases import by_beginning, find_phrase, words_of
from interviewer.evidence.stems import stem
from interviewer.evidence.subjects import Memory, Mention, mentions_in, side_of
from interviewer.evidence.unasserted import manners

Stand = Literal["states", "contradicts", "contradicts by a carried side", "seems to contradict"]

_NOT = frozenset({"not", "never", "cannot"})
_COMPARED = frozenset("a an the any one plain simple every".split())
_DIRECTIONS = frozenset("lower higher less more lowering raising raise reduce increase decrease".split())
_WITHIN = frozenset({"when", "if", "while", "whereas", "because"})
_ILL = re.compile(
    r"(?:\w+ ){0,4}?(?:leaks?|hides?|misleads?|spoils?|harms?|"
    r"(?:is|are|be|was|were) (?:\w+ )?(?:a waste|useless|harmful|misleading|dangerous|pointless|unnecessary|needless|"
    r"biased|overkill|nonsense|a misreading|a misunderstanding|a mistake|an error|wrong)|"
    r"makes? (?:\w+ ){0,4}(?:worse|too (?:optimistic|pessimistic|high|low)|unreliable|unstable))\b"
)
MOST_PLACES = 4
_MUCH_MORE = 2  # phrases
_HEDGED = re.compile(
    r"\b(?:may|might|could|sometimes|perhaps|maybe|otherwise|or else|"
    r"(?:not|\w+n't) (?:always|necessarily|automatically|by itself))\b"
)


def read_roles(text: str, question: Question) -> tuple[dict[str, Finding], dict[str, Finding]]:
    """The claims that the answer states and those that it contradicts, each with the clause that does so.

    A claim that is both stated and contradicted counts as stated, unless more of the answer contradicts it: what is
    said twice is not simply swapped. What only seems to contradict, by a side carried over from another clause or by a
    negation, counts beside a plain contradiction and not alone: of 20 right answers that a first version reported, 13
    had nothing but such a reading. Two claims whose side stands in the same sentence, with no rival beside it, are as
    good as one said plainly.
    """
    told = [c for c in question.claims if c.says or c.denies]
    if not told:
        return {}, {}
    heard: dict[Stand, dict[str, list[Clause]]] = {stand: {} for stand in get_args(Stand)}
    memory = Memory()
    for frame in _asserting(text, question, memory):
        mentions = mentions_in(frame.tokens, question, memory)
        for claim, stand in _stands(told, frame, mentions, question, memory):
            heard[stand].setdefault(claim.id, []).append(frame.clause)
        real = [m for m in mentions if not frame.unreal or frame.in_condition(m.at)]
        memory.remember(real, frame.clause.sentence)
    against = heard["contradicts"]
    stated = {k: said for k, said in heard["states"].items() if not _outvoted(said, against.get(k, []))}
    plain, carried, seeming = (
        {k: said for k, said in heard[stand].items() if k not in stated}
        for stand in ("contradicts", "contradicts by a carried side", "seems to contradict")
    )
    firm = bool(plain) or len(carried) > 1
    return _findings(stated), _findings({**seeming, **carried, **plain}) if firm else {}


def _outvoted(said: Sequence[Clause], against: Sequence[Clause]) -> bool:
    """Whether more clauses contradict a claim than state it, or as many with two phrases more.

    Of 70 claims that right answers had both ways none was like that, of 226 in answers with the sides swapped 78 were.
    """
    clauses, stating = ({c.start for c in found} for found in (against, said))
    return len(clauses) > len(stating) or len(against) - len(said) >= _MUCH_MORE


def _findings(heard: Mapping[str, Sequence[Clause]]) -> dict[str, Finding]:
    return {
        claim: Finding(id=claim, spans=tuple(dict.fromkeys(c.span for c in said))[:MOST_PLACES], how="rule")
        for claim, said in heard.items()
    }


def _asserting(text: str, question: Question, memory: Memory) -> Iterator[Frame]:
    """The frames that assert something; of the others only the sides that they name are remembered."""
    lists, told = listing(text), list(frames(text))
    for frame, manner in zip(told, manners(text, [f.clause for f in told]), strict=True):
        if manner != "asserted":
            named = mentions_in(frame.tokens, question, memory)
            memory.remember(named, ordered=manner != "taken back")
            if manner == "taken back":
                memory.forget(named)
        elif frame.clause.sentence in lists:
            named = mentions_in(frame.tokens, question, memory)
            memory.remember(named if frame.clause.text.endswith(":") else ())  # "LN: statistics over ..."
        else:
            yield frame


def _stands(
    claims: Iterable[Claim], frame: Frame, mentions: Sequence[Mention], question: Question, memory: Memory
) -> Iterator[tuple[Claim, Stand]]:
    stems = [stem(t) for t in frame.tokens]
    present = frozenset(stems)
    for claim in claims:
        heard: list[tuple[Stand, frozenset[int]]] = []
        for phrases, polarity in ((claim.says, 1), (claim.denies, -1)):
            for phrase in _may_be_said(phrases, present):
                for places in find_phrase(stems, phrase):
                    stand = _stand(claim, phrase, polarity, places, frame, mentions, question, memory)
                    heard += [(stand, frozenset(places))] if stand else []
        yield from ((claim, stand) for stand, places in heard if stand != "states" or not _outweighed(places, heard))


def _may_be_said(phrases: tuple[str, ...], present: Iterable[str]) -> list[str]:
    """The phrases that can begin with one of the stems of a clause, in their order."""
    opening = by_beginning(phrases)
    places = {place for word in present for place in opening.get(word, ())}
    return [phrases[place] for place in sorted(places)]


def _outweighed(places: frozenset[int], heard: Sequence[tuple[Stand, frozenset[int]]]) -> bool:
    """Whether the clause has a longer phrase to the contrary, "time split leaks" beside "time split".

    What runs on beyond it stands: the judgement comes last ("fitting it on the same rows flatters the result").
    """
    return any(
        s != "states"
        and (other > places or (other & places and len(other) > len(places) + 1 and max(other) >= max(places)))
        for s, other in heard
    )


def _stand(
    claim: Claim,
    phrase: str,
    polarity: int,
    places: Sequence[int],
    frame: Frame,
    mentions: Sequence[Mention],
    question: Question,
    memory: Memory,
) -> Stand | None:
    own = _own(claim, mentions, question)
    turned = _turned(phrase, places, frame, own)
    sign = polarity * turned * _said_of(claim, places, frame, mentions, question, memory)
    if sign == 0 or _spoiled(phrase, places, frame):
        return None
    if sign > 0:
        return "states"
    if _left_open(phrase, places, frame.tokens) or not _firm(claim, turned < 0 < polarity, frame):
        return None
    if turned < 0:
        return "seems to contradict"
    if _denies_something(frame, places):
        return "seems to contradict"
    if own or (polarity < 0 and (claim.whose is None or memory.fresh(_group(claim, question)))):
        return "contradicts"  # in words of denial, or of a rival side that the clause itself names
    alone = claim.whose is not None and memory.sole(_group(claim, question), frame.clause.sentence)
    return "contradicts by a carried side" if alone else "seems to contradict"


def _spoiled(phrase: str, places: Sequence[int], frame: Frame) -> bool:
    """Whether the clause goes on to speak ill of what the phrase says ("a split by date would leak the future")."""
    found = _ILL.match(" ".join(frame.tokens[places[-1] + 1 :]))
    return found is not None and words_of(phrase).isdisjoint(stem(word) for word in found.group().split())


def _left_open(phrase: str, places: Sequence[int], tokens: Sequence[str]) -> bool:
    """Whether a "whether" stands before the phrase, or another clause within it ("recall, when that goes up, ...")."""
    own = words_of(phrase)
    within = (t for n, t in enumerate(tokens[places[0] : places[-1]]) if n + places[0] not in places)
    return "whether" in tokens[: places[0]] or any(t in _WITHIN and stem(t) not in own for t in within)


def _denies_something(frame: Frame, places: Sequence[int]) -> bool:
    """Whether a negation stands before the phrase's last word, whatever it may bear on."""
    start = frame.lead if places[0] >= frame.lead else 0
    ahead = (t for n, t in enumerate(frame.tokens[: places[-1]]) if n >= start and n not in places)
    return any(t in _NOT or t.endswith("n't") for t in ahead)


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
    if _compared_with(frame.tokens, places[0]) or any(_moves(frame.tokens, m.at) and m.at in places for m in mentions):
        return 0  # the "lower" of "a lower threshold" is not said of recall
    if claim.whose is None:
        return 0 if frame.unreal or _only_supposed(frame, places) else 1
    group = _group(claim, question)
    if frame.unreal and any(m.group == group and frame.in_condition(m.at) for m in mentions):
        return 0
    side = side_of(frame, places, mentions, group, memory)
    return 0 if side is None else 1 if side == claim.whose else -1


def _group(claim: Claim, question: Question) -> int:
    return next(n for n, sides in enumerate(question.sides) if claim.whose in sides)


def _moves(tokens: Sequence[str], at: int) -> bool:
    return tokens[at] in _DIRECTIONS


def _only_supposed(frame: Frame, places: Sequence[int]) -> bool:
    """Whether a condition holds the phrase; one that runs on into the main clause says what follows from it."""
    return frame.supposed(places[0]) and (frame.guessed or frame.supposed(places[-1]))


def _compared_with(tokens: Sequence[str], first: int) -> bool:
    """Whether the phrase begins right behind "than" or "unlike" ("more realistic than a split by time")."""
    before = first - 1
    while before > 0 and tokens[before] in _COMPARED:
        before -= 1
    if "unlike" in tokens[max(0, first - 2) : first]:
        return True
    return before > 0 and tokens[before] == "than" and tokens[before - 1] != "rather"
