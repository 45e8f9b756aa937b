"""Who is said to do what: phrases of a claim tied to the side that a clause speaks of ("L2 gives exact zeros").

A phrase said of the right side states its claim, said of a rival side it contradicts it, and a negation turns it round.
The side of a phrase is the nearest one named before it in its clause, otherwise the one that a pronoun or an unnamed
subject carries over. Reported misconceptions ("people say that ...") and conditions assert nothing.
Not covered: sides told apart only by context, and negations more than a few words away.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from interviewer.domain.evidence import Finding
from interviewer.domain.question import Claim, Question
from interviewer.evidence.assertions import listing
from interviewer.evidence.clauses import Clause, clauses
from interviewer.evidence.stems import stem

Stand = Literal["states", "contradicts"]

_GAP = 3  # words that may stand between two words of a phrase
_NEGATION_REACH = 4
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?\d*|\d+(?:\.\d+)?")
_NEGATIONS = frozenset(
    """
    not no never n't none nothing neither nor without hardly rarely seldom barely cannot can't don't doesn't didn't
    isn't aren't wasn't weren't won't wouldn't shouldn't couldn't avoid avoids avoiding stop stops prevents prevent
    wrong myth instead isnt doesnt dont wont cant fails fail unlike
    """.split()
)
_COMPLEMENT = frozenset({"than", "unlike", "like", "over", "versus", "vs", "not", "without", "except"})
_COMPLEMENT_PAIRS = frozenset(
    {("compared", "to"), ("compared", "with"), ("opposed", "to"), ("instead", "of"), ("contrast", "to"),
     ("rather", "than"), ("relative", "to"), ("contrary", "to")}
)  # fmt: skip
_PRONOUN = frozenset({"it", "it's", "its", "this", "that", "which", "they", "these", "those", "he", "she"})
_BOTH = frozenset({"both", "either", "neither"})
_AFTER_OTHER = frozenset({"", "one", "is", "does", "has", "only", "just", "method", "way"})
_REPORTED = re.compile(
    r"\b(?:(?:people|some|many|candidates|others|folks|they|you|textbooks|colleagues|beginners|everyone) (?:\w+ )?"
    r"(?:say|think|claim|believe|assume|expect|confuse|would say|might say|might think)|myth|misconception|mistake|"
    r"confusion|wrong to|wrongly|a trap|tempting|(?:it'?s|is) often said|the naive|would be wrong|one might|"
    r"you'd think|sounds like|it is not true|not true that|contrary to)\b"
)


@dataclass(frozen=True)
class _Mention:
    side: str
    group: int
    at: int
    complement: bool


@dataclass
class _Memory:
    """Per group the side last spoken of, which a pronoun takes up, and the last two in order of mention."""

    subject: dict[int, str]
    order: dict[int, list[str]]


def read_roles(text: str, question: Question) -> tuple[dict[str, Finding], dict[str, Finding]]:
    """The claims that the answer states and those that it contradicts, each with the clause that does so.

    A claim that is both stated and contradicted counts as stated: what is said twice is not simply swapped.
    """
    told = [c for c in question.claims if c.says or c.denies]
    if not told:
        return {}, {}
    stated: dict[str, Finding] = {}
    against: dict[str, Finding] = {}
    memory = _Memory({}, {})
    lists = listing(text)
    for clause in clauses(text):
        if clause.sentence in lists:
            continue
        tokens = tokens_of(clause.lower)
        mentions = _mentions(tokens, question, memory)
        for claim, stand in _stands(told, tokens, mentions, question, memory, clause):
            (stated if stand == "states" else against).setdefault(
                claim.id, Finding(id=claim.id, spans=(clause.span,), how="rule")
            )
        _remember(memory, mentions)
    return stated, {k: v for k, v in against.items() if k not in stated}


def tokens_of(lowered: str) -> list[str]:
    """Words and numbers of lower-case text, in order, hyphens cut."""
    return _TOKEN.findall(lowered.replace("-", " "))


def _stands(
    claims: Iterable[Claim],
    tokens: Sequence[str],
    mentions: Sequence[_Mention],
    question: Question,
    memory: _Memory,
    clause: Clause,
) -> Iterator[tuple[Claim, Stand]]:
    if _REPORTED.search(clause.lower):
        return
    stems = [stem(t) for t in tokens]
    for claim in claims:
        for phrases, polarity in ((claim.says, 1), (claim.denies, -1)):
            for phrase in phrases:
                match = find_phrase(stems, phrase)
                if match is None:
                    continue
                sign = polarity * (-1 if _negated(tokens, match[0]) else 1)
                if claim.whose is not None:
                    side = _side(tokens, match, mentions, _group(question, claim.whose), memory)
                    if side is None:
                        continue
                    sign = sign if side == claim.whose else -sign
                yield claim, "states" if sign > 0 else "contradicts"


def find_phrase(stems: Sequence[str], phrase: str) -> tuple[int, int] | None:
    """The first and last place of the phrase's words, in order and at most three words apart; None when absent."""
    wanted = _phrase(phrase)
    for start, word in enumerate(stems):
        if word in wanted[0]:
            place = start
            for options in wanted[1:]:
                place = next(
                    (p for p in range(place + 1, min(len(stems), place + _GAP + 2)) if stems[p] in options), -1
                )
                if place < 0:
                    break
            if place >= 0:
                return start, place
    return None


@lru_cache(maxsize=8192)
def _phrase(phrase: str) -> tuple[frozenset[str], ...]:
    words = phrase.lower().replace("-", " ").split()
    return tuple(frozenset(stem(t) for option in word.split("|") for t in tokens_of(option)[:1]) for word in words)


def _negated(tokens: Sequence[str], start: int) -> bool:
    """An odd number of negations shortly before the phrase; "not only" negates nothing."""
    first = 0 if tokens and tokens[0] == "what" else max(0, start - _NEGATION_REACH)
    reach = range(first, start)
    found = [p for p in reach if tokens[p] in _NEGATIONS or tokens[p].endswith("n't")]
    real = [p for p in found if not (tokens[p] == "not" and p + 1 < len(tokens) and tokens[p + 1] in ("only", "just"))]
    return len(real) % 2 == 1


def _group(question: Question, side: str) -> int:
    return next(n for n, group in enumerate(question.sides) if side in group)


def _mentions(tokens: Sequence[str], question: Question, memory: _Memory) -> list[_Mention]:
    stems = [stem(t) for t in tokens]
    found: list[_Mention] = []
    for number, group in enumerate(question.sides):
        for side, names in group.items():
            for name in names:
                found += [_Mention(side, number, at, _is_complement(tokens, at)) for at in _places(stems, name)]
        found += _relative(tokens, number, tuple(group), memory)
    return sorted(found, key=lambda m: m.at)


def _places(stems: Sequence[str], name: str) -> Iterator[int]:
    wanted = _phrase(name)
    for at in range(len(stems) - len(wanted) + 1):
        if all(stems[at + n] in options for n, options in enumerate(wanted)):
            yield at


def _relative(tokens: Sequence[str], group: int, sides: Sequence[str], memory: _Memory) -> Iterator[_Mention]:
    """ "The former", "the latter", "the other one": sides named by what was named before."""
    order = memory.order.get(group, [])
    for at, word in enumerate(tokens):
        if word == "former" and len(order) == 2:
            yield _Mention(order[0], group, at, False)
        elif word == "latter" and len(order) == 2:
            yield _Mention(order[1], group, at, False)
        elif word == "other" and _names_rival(tokens, at) and len(sides) == 2 and group in memory.subject:
            rival = next(s for s in sides if s != memory.subject[group])
            yield _Mention(rival, group, at, _is_complement(tokens, at - 1))


def _names_rival(tokens: Sequence[str], at: int) -> bool:
    """Whether "other" at this place stands for the rival itself ("the other one", "the other is cheaper")."""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    return bool(at) and tokens[at - 1] == "the" and after in _AFTER_OTHER


def _is_complement(tokens: Sequence[str], at: int) -> bool:
    """Whether the name stands where a comparison puts what it compares with ("than L2", "instead of the ridge")."""
    before = list(tokens[max(0, at - 3) : at])
    while before and before[-1] in {"the", "a", "an", "with", "in", "using", "for", "plain", "of", "to"}:
        last = before.pop()
        if before and (before[-1], last) in _COMPLEMENT_PAIRS:
            return True
    return bool(before) and before[-1] in _COMPLEMENT


def _side(
    tokens: Sequence[str], match: tuple[int, int], mentions: Sequence[_Mention], group: int, memory: _Memory
) -> str | None:
    """The side that a phrase is said of, or None when that cannot be told."""
    if any(m.group == group and m.at < match[0] and _cleft(tokens, m.at) for m in mentions):
        return None
    named = [m for m in mentions if m.group == group and not m.complement]
    if any(t in _BOTH for t in tokens[:6]) or _coordinated(tokens, named):
        return None
    before = [m for m in named if m.at < match[0]]
    if before:
        return before[-1].side
    inside = [m for m in named if match[0] <= m.at <= match[1]]
    after = [m for m in named if m.at > match[1]]
    if len({m.side for m in inside + after}) == 1 and not set(tokens[: match[0]]) & _PRONOUN:
        return (inside + after)[0].side
    if inside or after:
        return None
    return memory.subject.get(group)


def _cleft(tokens: Sequence[str], at: int) -> bool:
    """ "It is not L2 that ...": what follows is denied of the name, and nothing more can be told from it."""
    return bool(at) and (tokens[at - 1] == "not" or tokens[at - 1].endswith("n't")) and tokens[at + 1 : at + 2] != []


def _coordinated(tokens: Sequence[str], named: Sequence[_Mention]) -> bool:
    """ "L1 and L2": said of both, or of either."""
    return any(
        a.side != b.side and 1 <= b.at - a.at <= 4 and set(tokens[a.at + 1 : b.at]) & {"and", "or", "nor"}
        for a, b in pairwise(named)
    )


def _remember(memory: _Memory, mentions: Sequence[_Mention]) -> None:
    for mention in mentions:
        order = memory.order.setdefault(mention.group, [])
        if mention.side in order:
            order.remove(mention.side)
        memory.order[mention.group] = [*order, mention.side][-2:]
    for mention in mentions:
        if not mention.complement:
            memory.subject[mention.group] = mention.side
