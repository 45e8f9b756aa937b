"""Hints that an answer says the opposite of its reference: negation on one side only, another name, an opposite word.

Hints only, each weak by itself; they tell a contradiction from a miss and take no part in the score. Not covered:
opposites that only the subject knows.
"""

from interviewer.evidence.words import Words

_NOT = frozenset("no not never none cannot cant dont doesnt isnt arent wasnt without nothing neither nor unabl".split())
_OPPOSITES = """
    open/close open/shut more/less more/fewer increas/decreas rise/fall higher/lower high/low faster/slower
    fast/slow quick/slow larger/smaller large/small big/small bigger/smaller longer/shorter long/short
    posit/negat connect/disconnect connect/separ connect/gap same/differ same/opposit seri/parallel
    complet/incomplet on/off up/down hot/cold hotter/colder warmer/cooler heavi/light heavier/lighter
    before/after first/last always/never all/none true/fals yes/no good/bad better/wors start/stop add/remov
    push/pop input/output read/write static/dynam public/privat left/right top/bottom front/back over/under
    maximum/minimum most/least begin/end gain/lose with/without push/pull attract/repel loud/quiet hard/soft
    thick/thin wet/dry damag/intact work/broken forward/backward linear/nonlinear supervis/unsupervis
""".split()


def _table() -> dict[str, frozenset[str]]:
    pairs = [tuple(pair.split("/")) for pair in _OPPOSITES]
    words = {word for pair in pairs for word in pair}
    return {w: frozenset(b if a == w else a for a, b in pairs if w in (a, b)) for w in words}


_OPPOSITE = _table()


def contrasts(question: Words, reference: Words, answer: Words) -> dict[str, float]:
    wanted, said = set(reference.stems), set(answer.stems)
    return {
        "negated_alone": float(_negates(answer) and not _negates(reference)),
        "negation_missed": float(_negates(reference) and not _negates(answer)),
        "other_names": _other_names(wanted, said),
        "opposites": min(2.0, float(sum(bool(_OPPOSITE.get(s, frozenset()) & wanted) for s in said - wanted))),
    }


def _negates(words: Words) -> bool:
    return any(stem in _NOT or stem.endswith("n't") for stem in words.stems)


def _other_names(wanted: set[str], said: set[str]) -> float:
    """The share of the answer's numbers and single letters ("bulb B") that the reference has not."""
    names = {stem for stem in said if stem[0].isdigit() or (len(stem) == 1 and stem not in "ais")}
    return len(names - wanted) / len(names) if names else 0.0
