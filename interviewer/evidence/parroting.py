"""Sentences that say back what a rubric or a question says, blanked: knowing the words of the scale is no evidence.

Told by shared word stems; the interviewer's last line by runs of its words, so that a word or two taken up stay.
Not covered: a rubric or a question retold in other words; it tells no occasion, which the heads see.
"""

import re
from functools import lru_cache

from interviewer.domain.question import Principle
from interviewer.domain.rubric import Rubric
from interviewer.evidence.clauses import sentences
from interviewer.evidence.stems import stem

_FEWEST = 4  # words
_RUN = 5  # words of the last line in its order
_SHARED = 0.75  # of the sentence's stems stand in one sentence of the rubric
_WORD = re.compile(r"[A-Za-z][\w'’]*|\d[\d.,]*")
_SIDES = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "am": "are",
    "we": "you",
    "our": "your",
}
_SAID_BY_THEM = re.compile(
    r"“[^”]*”|\"[^\"]*\"|\b(?:you|i) (?:said|told|mentioned|say|heard|spoke|described|wrote|called)\b[^?:;.]*",
    re.IGNORECASE,
)


def without_parroting(text: str, rubric: Rubric) -> str:
    """The same length, blank where a sentence repeats one of the rubric's."""
    return without_echo(text, _texts(rubric))


def without_echo(text: str, texts: tuple[str, ...]) -> str:
    """The same length, blank where a sentence repeats one of `texts`: an option read out is no reason for it."""
    text = without_copies(text, texts)
    known = _known(texts)
    for sentence in sentences(text):
        said = _stems(sentence.text)
        if len(said) >= _FEWEST and any(len(said & k) >= _SHARED * len(said) for k in known):
            text = text[: sentence.start] + re.sub(r"\S", " ", sentence.text) + text[sentence.end :]
    return text


def without_question(text: str, asked: str) -> str:
    """The same length, blank where five words or more of the line before are said back in its order.

    The blank divides what stands on its two sides, as a pause would. What the line itself quotes of the candidate, or
    says that they said, stays theirs.
    """
    known = _runs(asked)
    if not known:
        return text
    words = [(m.span(), _turned(m.group())) for m in _WORD.finditer(text)]
    echoed: set[int] = set()
    for at in range(len(words) - _RUN + 1):
        if tuple(w for _, w in words[at : at + _RUN]) in known:
            echoed.update(range(at, at + _RUN))
    for at in sorted(echoed):
        (start, end), _ = words[at]
        end = words[at + 1][0][0] if at + 1 in echoed else end
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


@lru_cache(maxsize=256)
def _runs(asked: str) -> frozenset[tuple[str, ...]]:
    own = _SAID_BY_THEM.sub(" . ", asked)
    runs: set[tuple[str, ...]] = set()
    for part in re.split(r"[.?!:;]\s", own):
        words = [_turned(w) for w in _WORD.findall(part)]
        runs.update(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    return frozenset(runs)


def _turned(word: str) -> str:
    """A word as both sides of a conversation would say it: "your" and "my" are one."""
    plain = word.lower().replace("’", "'")
    return _SIDES.get(plain, plain)


def without_copies(text: str, texts: tuple[str, ...]) -> str:
    """The same length, blank wherever a sentence is copied word for word: speech without stops runs into it."""
    lowered = text.lower()
    for copy in _sentences(texts):
        at = lowered.find(copy) if len(lowered) == len(text) else -1
        while at >= 0:
            text = text[:at] + " " * len(copy) + text[at + len(copy) :]
            at = lowered.find(copy, at + 1)
    return text


@lru_cache(maxsize=64)
def _sentences(texts: tuple[str, ...]) -> tuple[str, ...]:
    found = (part.text.lower() for t in texts for part in sentences(t))
    return tuple(s for s in found if len(s.split()) >= _FEWEST)


def _texts(rubric: Rubric) -> tuple[str, ...]:
    anchors = [a for c in rubric.criteria for a in (*c.anchors.values(), *c.levels.values())]
    asked = [q.text for q in rubric.questions] if isinstance(rubric, Principle) else []
    return (rubric.summary, *anchors, *asked)


@lru_cache(maxsize=64)
def _known(texts: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(s for t in texts for part in sentences(t) if len(s := _stems(part.text)) >= _FEWEST)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in re.findall(r"[a-z']+", text.lower()))
