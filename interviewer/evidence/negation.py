"""Whether what a phrase says is turned round by a negation before it, between its words or after it.

Each negating word has a reach: "less" only the next word, "without" two, "doesn't" most of its clause, "I don't think"
all of it. A negation that is a word of the phrase itself counts for nothing, and two of them cancel out.
Not covered: irony, and negations in a neighbouring sentence.
"""

import re
from collections.abc import Collection, Sequence

_WIDE = frozenset("not never cannot can't doesnt dont wont cant isnt".split())
_REACH = dict.fromkeys("no none nothing neither nor hardly rarely seldom barely nobody n't".split(), 4)
_REACH |= dict.fromkeys("fails fail stop stops".split(), 4)
_REACH |= dict.fromkeys("avoid avoids avoiding prevent prevents".split(), 4)
_REACH |= {"without": 2, "less": 1, "instead": 4, "rather": 4}
_NEEDS_NEXT = {"instead": "of", "rather": "than"}
_REACH_WIDE = 7
_SCORN = frozenset("silly bad stupid useless worthless terrible pointless dumb waste".split())
_OPENING = frozenset({"nor", "neither"})  # "nor is it the test that ...": all of the clause
_EMPHASIS = frozenset({"only", "just", "merely"})
_MEANS = frozenset({"it", "this", "that", "them"})  # "you can avoid it with ...": nothing of what follows is avoided
_BARRIER = frozenset({"because", "since", "when", "whenever", "if", "unless", "where", "i", "we", "you", "but"})
_TO_SOMEBODY = frozenset("give gives tell tells show shows let leave help allow get cost buy".split())
_WHOLE = frozenset(
    """
    think believe say agree expect claim recommend assume use take pick choose want reach go deploy ship train
    prefer select true case run rely recommend bother
    """.split()
)
_AFTER = re.compile(
    r"(?:\w+ ){0,3}?(?:(?:is|are|was|be|would|should) (?:never|not)|isn't|aren't|wasn't|wouldn't be|won't be) "
    r"(?:\w+ )??(?:something|harmless|ideal|fine|safe|okay|ok|right|correct|true|allowed|a good|good|how|what|enough|"
    r"possible|worth|an option|needed|necessary|the way|acceptable|sufficient|advisable|wise|the case)\b"
)


def negated(tokens: Sequence[str], places: Sequence[int], own: Collection[str] = (), named: int = -1) -> bool:
    """Whether an odd number of negations bears on the phrase whose words stand at `places`.

    `own` are words that the phrase may itself contain; `named` is where the side is named that the phrase is said of:
    what is negated before that is another statement, unless the whole clause is.
    """
    before = [at for at in range(places[-1]) if at not in places and not (at > places[0] and tokens[at] in own)]
    bearing = [at for at in before if _bears(tokens, at, places, named)]
    negating = sorted({*bearing, *(p for p in places if tokens[p] in _WIDE or tokens[p].endswith("n't"))})
    scorned = bool(negating) and any(tokens[p] in _SCORN for p in range(negating[0], places[-1]) if p not in places)
    after = _AFTER.match(" ".join(tokens[places[-1] + 1 :]))
    return (len(bearing) + scorned + bool(after)) % 2 == 1


def _bears(tokens: Sequence[str], at: int, places: Sequence[int], named: int) -> bool:
    following = next(p for p in places if p > at)
    if tokens[at] == "not" and tokens[at + 1] in _EMPHASIS and following > at + 1:
        return False
    reach = _reach(tokens, at)
    return at < following <= reach and (at >= named - 2 or reach >= len(tokens))


def _reach(tokens: Sequence[str], at: int) -> int:
    """The last place that the word at `at` negates; `at` itself when it negates nothing."""
    word, after = tokens[at], tokens[at + 1 : at + 3]
    first = after[0] if after else ""
    if at == 0 and word in _OPENING:
        return len(tokens)
    if word in _WIDE or word.endswith("n't"):
        return _wide(tokens, at, after)
    reach = _REACH.get(word, 0) if tokens[0] != "what" or word not in _REACH else len(tokens)
    if not reach or (first in _MEANS and word.startswith(("avoid", "prevent"))):
        return at
    if word in _NEEDS_NEXT and first != _NEEDS_NEXT[word]:
        return at
    return _before_barrier(tokens, at, at + reach)


def _wide(tokens: Sequence[str], at: int, after: Sequence[str]) -> int:
    if tokens[0] == "what" or _WHOLE & set(after):
        return len(tokens)
    return _before_barrier(tokens, at, at + _REACH_WIDE)


def _before_barrier(tokens: Sequence[str], at: int, last: int) -> int:
    """A clause within the clause, a new subject or another negated verb ends what is negated."""
    ahead = range(at + 2, len(tokens))
    barrier = next((p for p in ahead if _bars(tokens, p)), len(tokens))
    return min(last, barrier - 1)


def _bars(tokens: Sequence[str], at: int) -> bool:
    addressed = tokens[at] == "you" and tokens[at - 1] in _TO_SOMEBODY
    return tokens[at].endswith("n't") or (tokens[at] in _BARRIER and not addressed)
