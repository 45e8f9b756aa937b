"""Which side a phrase is said of: the sides that a clause names, and those that a pronoun or an order takes up.

The side is the nearest one named before the phrase, otherwise the one that a pronoun or an unnamed subject carries
over. Not covered: sides told apart only by context.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from interviewer.domain.question import Question
from interviewer.evidence.frames import Frame
from interviewer.evidence.phrases import begins, find_name
from interviewer.evidence.stems import stem

_COMPLEMENT = frozenset({"than", "unlike", "like", "over", "versus", "vs", "not", "without", "except"})
_COMPLEMENT_PAIRS = frozenset(
    {("compared", "to"), ("compared", "with"), ("opposed", "to"), ("instead", "of"), ("contrast", "to"),
     ("rather", "than"), ("relative", "to"), ("contrary", "to")}
)  # fmt: skip
_ARTICLES = frozenset({"the", "a", "an", "with", "in", "using", "for", "plain", "of", "to"})
_PRONOUN = frozenset({"it", "it's", "its", "this", "that", "which", "they", "these", "those", "he", "she"})
_DUMMY = frozenset({"a", "an", "the", "about", "for"})  # "it's a language model": the pronoun stands for no side
_BOTH = frozenset({"both", "either", "neither"})
_DETERMINERS = frozenset({"the", "a", "an", "plain", "just", "only", "pure", "your", "my", "our"})
_LINKS = frozenset(
    """
    by with from of in for using via to under through is want choose take use prefer pick use need give me be means
    was get got go goes chose picked used at on something hurt hurts harm harms
    """.split()
)
_STALE = 4  # clauses
_PERSONS = frozenset({"i", "you", "we", "one"})
_WHENEVER = frozenset({"when", "whenever", "if", "once", "as"})
_STARTS_ANEW = frozenset("you we i they he she each every needs makes gives does starts".split())
_BOTH_OF = frozenset("way side sides places classes columns features kinds ends directions copies numbers".split())
_NOT_SUBJECT = frozenset({"in", "on", "at", "for", "from", "to", "needs", "need", "uses", "use"})
_AFTER_OTHER = frozenset({"", "one", "is", "does", "has", "only", "just", "method", "way"})
_AFTER_ORDINAL = _AFTER_OTHER | frozenset("gives makes needs keeps takes can will never penalty uses".split())
_ORDER = {"former": 0, "latter": 1, "first": 0, "second": 1}


@dataclass(frozen=True)
class Mention:
    side: str
    group: int
    at: int
    complement: bool
    taken_up: bool = False  # by "the former", "the other one"


@dataclass
class Memory:
    """Per group the side last spoken of, which a pronoun takes up, and the last two in order of mention."""

    subject: dict[int, str] = field(default_factory=dict)
    order: dict[int, list[str]] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)
    sentence: int = -1
    named: dict[int, set[str]] = field(default_factory=dict)
    here: dict[int, list[str]] = field(default_factory=dict)

    def fresh(self, group: int) -> bool:
        """Whether a side of the group was named within the last few clauses."""
        return self.since.get(group, _STALE) < _STALE

    def sole(self, group: int, sentence: int) -> bool:
        """Whether this sentence has named one side of the group and no other, not long ago."""
        return self.sentence == sentence and len(self.named.get(group, ())) == 1 and self.fresh(group)

    def remember(self, mentions: Sequence[Mention], sentence: int = -1, ordered: bool = True) -> None:
        """Take note of the sides named in a clause; `ordered`: "the former" may go by them."""
        if sentence != self.sentence:
            self.sentence, self.named, self.here = sentence, {}, {}
        for mention in mentions:
            self.named.setdefault(mention.group, set()).add(mention.side)
        self.since = {group: age + 1 for group, age in self.since.items()} | {m.group: 0 for m in mentions}
        for mention in mentions:
            if ordered:
                self._put_in_order(mention)
            if not mention.complement:
                self.subject[mention.group] = mention.side

    def forget(self, mentions: Sequence[Mention]) -> None:
        """After a word taken back nobody knows which side is spoken of."""
        for mention in mentions:
            self.subject.pop(mention.group, None)

    def _put_in_order(self, mention: Mention) -> None:
        """The two sides that one sentence names last stand in its order; else each where it was first named."""
        if mention.taken_up or mention.complement:
            return
        here = self.here.setdefault(mention.group, [])
        if mention.side not in here:
            here.append(mention.side)
        order = self.order.setdefault(mention.group, [])
        if len(here) > 1:
            self.order[mention.group] = here[-2:]
        elif mention.side not in order:
            self.order[mention.group] = [*order, mention.side][-2:]


def mentions_in(tokens: Sequence[str], question: Question, memory: Memory) -> list[Mention]:
    stems = [stem(t) for t in tokens]
    present = frozenset(stems)
    found: list[Mention] = []
    for number, group in enumerate(question.sides):
        for side, names in group.items():
            for name in names:
                if begins(name).isdisjoint(present):
                    continue
                found += [Mention(side, number, at, _is_complement(tokens, at)) for at in find_name(stems, name)]
        found += _relative(tokens, number, tuple(group), memory)
    return sorted(found, key=lambda m: m.at)


def _relative(tokens: Sequence[str], group: int, sides: Sequence[str], memory: Memory) -> Iterator[Mention]:
    """ "The former", "the second", "the other one": sides named by what was named before."""
    order = memory.order.get(group, [])
    for at, word in enumerate(tokens):
        ordinal = word in ("former", "latter") or _stands_alone(tokens, at, _AFTER_ORDINAL)
        if word in _ORDER and ordinal and len(order) == 2:
            yield Mention(order[_ORDER[word]], group, at, False, taken_up=True)
        elif word == "other" and len(sides) == 2 and _stands_alone(tokens, at, _AFTER_OTHER):
            rival = next((s for s in sides if s != memory.subject.get(group, s)), None)
            if rival is not None:
                yield Mention(rival, group, at, _is_complement(tokens, at - 1), taken_up=True)


def _stands_alone(tokens: Sequence[str], at: int, after: frozenset[str]) -> bool:
    """Whether the word at this place stands for a side itself ("the other one", "the first is cheaper")."""
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    return bool(at) and tokens[at - 1] == "the" and following in after


def _is_complement(tokens: Sequence[str], at: int) -> bool:
    """Whether the name stands where a comparison puts what it compares with ("than L2", "instead of the ridge")."""
    before = list(tokens[max(0, at - 3) : at])
    while before and before[-1] in _ARTICLES:
        last = before.pop()
        if before and (before[-1], last) in _COMPLEMENT_PAIRS:
            return True
    return bool(before) and before[-1] in _COMPLEMENT


def side_of(frame: Frame, places: Sequence[int], mentions: Sequence[Mention], group: int, memory: Memory) -> str | None:
    """The side that a phrase is said of, or None when that cannot be told."""
    tokens, first = frame.tokens, places[0]
    ours = [m for m in mentions if m.group == group]
    named = [m for m in ours if not m.complement]
    if any(m.at < first and _cleft(tokens, m.at) for m in ours) or _speaks_of_both(tokens, named):
        return None
    if frame.in_condition(first) and (frame.supposed(first) or not any(frame.in_condition(m.at) for m in named)):
        return _side_of_condition(frame, first, named, memory.subject.get(group))
    inside = {m.side for m in named if first < m.at < places[-1] and m.at not in places}
    if len(inside) == 1:
        return inside.pop()
    before = [m for m in named if m.at < first]
    if before:
        return before[-1].side
    later = [m for m in named if m.at >= first and (m.at <= places[-1] or _belongs(tokens, m.at))]
    if len({m.side for m in later}) == 1 and not _has_pronoun(tokens[:first]):
        return later[0].side
    return None if any(m.at >= first for m in named) else memory.subject.get(group)


def _belongs(tokens: Sequence[str], at: int) -> bool:
    """Whether a side named behind a phrase still belongs to it: "zeros come from L1", not "zeros L1 gives"."""
    before = [t for t in tokens[max(0, at - 3) : at] if t not in _DETERMINERS]
    if len(before) > 1 and before[-1] in _PERSONS and before[-2] in _WHENEVER:
        return True
    return bool(before) and before[-1] in _LINKS and not set(tokens[at + 1 : at + 3]) & _STARTS_ANEW


def _side_of_condition(frame: Frame, first: int, named: Sequence[Mention], carried: str | None) -> str | None:
    """A condition says something of the one side that its main clause names ("if few features matter I take L1")."""
    if any(frame.in_condition(m.at) for m in named):
        return None
    if first >= frame.tail and set(frame.tokens[frame.tail + 1 : frame.tail + 2]) & (_PRONOUN - {"it's"}):
        return None
    sides = {m.side for m in named}
    if len(sides) == 1:
        return sides.pop()
    return None if sides or frame.purpose or frame.supposed(first) else carried


def _has_pronoun(tokens: Sequence[str]) -> bool:
    return any(
        t in _PRONOUN and not (t == "it's" and n + 1 < len(tokens) and tokens[n + 1] in _DUMMY)
        for n, t in enumerate(tokens)
    )


def _cleft(tokens: Sequence[str], at: int) -> bool:
    """ "It is not L2 that ...": what follows is denied of the name, and nothing more can be told from it."""
    return bool(at) and (tokens[at - 1] == "not" or tokens[at - 1].endswith("n't")) and tokens[at + 1 : at + 2] != []


def _speaks_of_both(tokens: Sequence[str], named: Sequence[Mention]) -> bool:
    """ "Both shrink", "neither of them", "L1 and L2": said of both, or of either."""
    bare = any(
        t in _BOTH
        and tokens[n + 1 : n + 2]
        and tokens[n + 1] not in _BOTH_OF
        and (n == 0 or tokens[n - 1] not in _NOT_SUBJECT)
        for n, t in enumerate(tokens[:6])
    )
    return bare or any(
        a.side != b.side and 1 <= b.at - a.at <= 4 and set(tokens[a.at + 1 : b.at]) & {"and", "or", "nor"}
        for a, b in pairwise(named)
    )
