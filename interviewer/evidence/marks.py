"""Marks of a clause that bear on the signals of a story: which words of the lexicon it has, who acts, where it stands.

They are the readable half of what the trained heads (`story_heads`) see; the other half are the clause's own words.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from interviewer.evidence import lexicon as lex
from interviewer.evidence.actors import acts
from interviewer.evidence.clauses import Clause

Floats = NDArray[np.float64]

_PATTERNS: dict[str, re.Pattern[str]] = {
    "hypothetical": lex.HYPOTHETICAL,
    "habit": lex.HABIT,
    "time": lex.TIME_ANCHOR,
    "system": lex.SYSTEM,
    "goal": lex.GOAL,
    "outcome": lex.OUTCOME,
    "empty_outcome": lex.EMPTY_OUTCOME,
    "change": lex.CHANGE,
    "quantity": lex.QUANTITY,
    "size": lex.SIZE_ONLY,
    "strong_change": lex.STRONG_CHANGE,
    "alternative": lex.ALTERNATIVE,
    "cause": lex.CAUSE,
    "finding": lex.FINDING,
    "reflection": lex.REFLECTION,
    "denial": lex.DENIAL,
    "decision": lex.DECISION,
    "first_person": lex.FIRST_PERSON,
    "group": re.compile(r"\b(?:we|us|our|team|everyone|everybody|group)\b"),
    "second_person": re.compile(r"\byou\b"),
    "passive": re.compile(r"\b(?:was|were|been|got|being)\s+\w+(?:ed|en|n|t)\b"),
    "digit": re.compile(r"\d"),
}
_ACTORS = ("i", "we", "other", "nobody")
COUNTED = (*_PATTERNS, *(f"acts_{a}" for a in _ACTORS), "concrete_act")
PLACES = ("place", "first", "last", "length")
MARKS = (*COUNTED, *PLACES)
_LONG = 30  # words


def marks(found: Sequence[Clause]) -> Floats:
    """An array of shape (clauses, marks), every value between 0 and 1; the columns are `MARKS`."""
    acting = {a.clause.start: a for a in acts(list(found))}
    rows = np.zeros((len(found), len(MARKS)))
    for place, clause in enumerate(found):
        lowered = clause.lower
        act = acting.get(clause.start)
        rows[place, : len(_PATTERNS)] = _worded(lowered)
        if act is not None:
            rows[place, len(_PATTERNS) + _ACTORS.index(act.actor)] = 1
            rows[place, len(_PATTERNS) + len(_ACTORS)] = act.concrete
        rows[place, len(COUNTED) :] = (
            place / max(1, len(found) - 1),
            place == 0,
            place == len(found) - 1,
            min(len(lowered.split()), _LONG) / _LONG,
        )
    return rows


@lru_cache(maxsize=4096)
def _worded(lowered: str) -> tuple[bool, ...]:
    """Which patterns a clause has. Kept, because an answer's clauses are looked at several times while it is read."""
    return tuple(p.search(lowered) is not None for p in _PATTERNS.values())
