"""Whether a stretch of an answer asserts something, or only lists terms.

Told by its share of function words: prose of any kind needs them, a list of terms does not.
Not covered: empty sentences in good grammar, which assert nothing that a claim would match.
"""

import re
from functools import lru_cache

from interviewer.evidence.clauses import WORD, sentences

_FUNCTION = frozenset(
    """
    a an the and or but so because then which that this these those it its it's we i you he she they them us our my
    your his her their me of in on at to from by for with as into over under about after before during than is are
    was were be been being am do does did don't doesn't didn't have has had will would could should can can't cannot
    may might must not no if when while where how why what who until all any some each every both more most less
    only just also too there here very really much many i'd i'm i'll i've you're we'd we're that's there's whereas
    without within across between instead rather up down out off again once one let get gets got make makes use uses
    used per against what's who's where's
    """.split()
)
# Verbs that no list of terms holds; others are known by the word behind them ("shares the weight").
_VERB = frozenset(
    """
    needs need makes gives gets takes keeps goes shares handles learns wants reduces lowers raises increases decreases
    shrinks drives pushes pulls picks selects works uses treats depends follows overfits falls rises stays becomes
    leaks means tells says lets helps hurts adds removes drops divides normalises averages grows breaks ignores
    converges chases looks adapts stores remains happens changes find finds look see sees bring brings move moves
    """.split()
)
_BEING = frozenset("is are was were isn't aren't wasn't weren't has have can can't cannot must should will".split())
_OBJECT = re.compile(r"\b\w{3,}(?:s|ed) (?:the|a|an|all|each|every|its|their|it|them|both|this|that)\b")
_PERSON = re.compile(
    r"(?:(?:so|well|first|then|and|okay|ok),? )*(?:i|we|you)(?:'d|'ll| would| will| should| can|)\b", re.IGNORECASE
)
_LINKING = frozenset({"and", "or", "so", "like", "also", "then"})
_KEPT = 256  # texts
_LEAST = 0.2
_MOSTLY_PHRASES = 0.7  # of the words of what somebody says that they would do
_ONE_STATEMENT = 14  # words, of which one is a form of "be", "have" or the like
_LEAST_CROWDED = 0.32
_NOTE = (5, 16)  # words
_NOTE_PIECES = 4
_LIST_SEPARATORS = re.compile(r"[,;/•|]|\band\b|\n")


def asserts(text: str) -> bool:
    """True when `text` has the build of a statement rather than of a list of terms."""
    words = WORD.findall(text)
    if not words:
        return False
    share = function_share(text)
    pieces = len(_LIST_SEPARATORS.findall(text)) + 1
    crowded = (pieces >= 4 and len(words) / pieces < 3.5) or (pieces >= 8 and len(words) / pieces < 4.5)
    if _PERSON.match(text) and _phrases(text) >= _MOSTLY_PHRASES:
        return True
    brief = len(words) <= 7 and pieces <= 3 and len(words) / pieces >= 1.6
    if pieces <= 4 and any(_states(piece) for piece in _LIST_SEPARATORS.split(text)):
        return True
    if pieces <= 2 and len(words) <= _ONE_STATEMENT and _BEING & {w.lower() for w in words[1:-1]}:
        return True
    return brief or share >= (_LEAST_CROWDED if crowded else _LEAST)


def function_share(text: str) -> float:
    """The share of English function words among the words of a text, 0 to 1; what only links a list counts for none."""
    words = [w for w in (m.lower().replace("’", "'") for m in WORD.findall(text)) if w not in _LINKING]
    return sum(w in _FUNCTION for w in words) / len(words) if words else 0.0


def _phrases(text: str) -> float:
    """The share of the words that stand in phrases ("train a forest on the last weeks") and not in mere terms."""
    pieces = [WORD.findall(p.lower().replace("’", "'")) for p in _LIST_SEPARATORS.split(text)]
    held = sum(len(words) for words in pieces if len(words) >= 3 and _FUNCTION.intersection(words))
    return held / max(1, sum(map(len, pieces)))


def _states(piece: str) -> bool:
    """Whether one piece of what may be a list holds a finite verb behind a first word."""
    words = piece.lower().split()
    return len(words) >= 3 and (any(w in _VERB for w in words[1:]) or _OBJECT.search(" ".join(words)) is not None)


@lru_cache(maxsize=_KEPT)
def listing(text: str) -> frozenset[int]:
    """The numbers of the sentences that only list terms."""
    return frozenset(s.sentence for s in sentences(text) if not asserts(s.text))


def notes(text: str) -> frozenset[int]:
    """The numbers of the sentences that have the build of a list and may be a note.

    As in "nightly incremental updates, frozen embeddings, small ranking head".
    """
    return frozenset(
        s.sentence
        for s in sentences(text)
        if _NOTE[0] <= len(WORD.findall(s.text)) <= _NOTE[1]
        and len(_LIST_SEPARATORS.findall(s.text)) < _NOTE_PIECES
        and not asserts(s.text)
    )


def mostly_lists(text: str) -> bool:
    """Whether at least half of the words of an answer stand in sentences that only list terms."""
    listed = [(len(WORD.findall(s.text)), not asserts(s.text)) for s in sentences(text)]
    return 2 * sum(words for words, lists in listed if lists) >= sum(words for words, _ in listed) > 0
