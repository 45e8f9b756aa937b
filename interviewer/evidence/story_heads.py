"""Trained heads: how much each clause, and then the whole answer, shows of each signal of a story.

A clause is seen as its word n-grams (1 to 3, tf-idf, with those of the clauses beside it at half weight) and its marks
(`marks`); one linear head a signal gives its logit. The answer is seen as the three best logits of every signal, what
the rules of `story` found, and capped counts of the marks; a second linear head a signal gives the final logit.
The weights come from `interviewer.evaluation.train_story`; their card is models/story_card.md. Linear throughout, so a
score can be taken apart word by word. Not covered: other languages than English.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from itertools import pairwise
from math import log
from typing import Any

import numpy as np

from interviewer.domain.rubric import STORY_SIGNALS
from interviewer.evidence.clauses import Clause
from interviewer.evidence.marks import COUNTED, Floats, marks

TRAINED = tuple(s for s in STORY_SIGNALS if s != "concise")
NEAREST = 3  # clauses of a signal that the answer is judged by
MARK_SCALE = 0.5
CONTEXT_SCALE = 0.5
_CLIP = 6.0
_MOST_COUNTED = 4
_TOKEN = re.compile(r"[a-z']+|0w?|%")
_NUMBER_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)\b"
)


def terms(text: str) -> list[str]:
    """The n-grams of a text; digits count as `0`, number words as `0w`."""
    plain = _NUMBER_WORDS.sub("0w", re.sub(r"\d[\d.,]*", "0", text.lower().replace("’", "'")))
    words = _TOKEN.findall(plain)
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    triples = [f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)]
    return words + pairs + triples


def beside(found: Sequence[Clause]) -> list[str]:
    """Each clause with its neighbours, as one text."""
    return [" ".join(c.text for c in found[max(0, n - 1) : n + 2]) for n in range(len(found))]


def answer_features(logits: Floats, shown: Collection[str], marked: Floats) -> Floats:
    """What the second heads see of an answer: `logits` are (clauses, signals), `marked` the clauses' marks."""
    padded = np.full((NEAREST, len(TRAINED)), -_CLIP)
    best = np.sort(logits, axis=0)[::-1][:NEAREST]
    padded[: len(best)] = np.clip(best, -_CLIP, _CLIP)
    ruled = [float(s in shown) for s in STORY_SIGNALS]
    counts = np.minimum(marked[:, : len(COUNTED)].sum(axis=0), _MOST_COUNTED) / _MOST_COUNTED
    return np.concatenate([padded.T.ravel() / 3, ruled, counts])


@dataclass(frozen=True)
class StoryHeads:
    """`words` has shape (2, terms, signals): a clause's own terms, and those of the clauses beside it."""

    index: dict[str, int]
    idf: Floats
    words: Floats
    marks: Floats
    bias: Floats
    answer: Floats
    answer_bias: Floats

    @classmethod
    def of(cls, arrays: Mapping[str, Any]) -> "StoryHeads":
        """From the arrays of a training."""
        index = {term: place for place, term in enumerate(str(arrays["terms"]).split("\n"))}
        wide = {name: np.asarray(value, dtype=np.float64) for name, value in arrays.items() if name != "terms"}
        return cls(index=index, **wide)

    def clause_logits(self, found: Sequence[Clause]) -> Floats:
        """An array of shape (clauses, signals); the columns are `TRAINED`."""
        logits = marks(found) @ self.marks * MARK_SCALE + self.bias
        for place, (clause, around) in enumerate(zip(found, beside(found), strict=True)):
            logits[place] += self._weighed(clause.text, 0) + CONTEXT_SCALE * self._weighed(around, 1)
        return np.asarray(logits)

    def answer_logits(self, logits: Floats, shown: Collection[str], marked: Floats) -> Floats:
        """One logit a signal for the whole answer; above 0 is more likely shown than not."""
        return np.asarray(answer_features(logits, shown, marked) @ self.answer + self.answer_bias)

    def met(self, word: str) -> bool:
        """Whether the stories that were learnt from had the word a few times."""
        return any(term in self.index for term in terms(word))

    @cached_property
    def _weighed(self) -> Callable[[str, int], Floats]:
        """`_weigh`, remembering: a clause is looked at in its sentence, in the whole answer and among what is told."""
        return lru_cache(maxsize=4096)(self._weigh)

    def _weigh(self, text: str, layer: int) -> Floats:
        counts: dict[int, int] = {}
        for term in terms(text):
            at = self.index.get(term)
            if at is not None:
                counts[at] = counts.get(at, 0) + 1
        if not counts:
            return np.zeros(len(TRAINED))
        places = list(counts)
        weights = np.asarray([1 + log(counts[p]) for p in places]) * self.idf[places]
        return np.asarray(weights @ self.words[layer, places] / np.sqrt(weights @ weights))


@lru_cache(maxsize=1)
def shipped_heads() -> StoryHeads:
    with resources.files("interviewer.evidence").joinpath("models/story.npz").open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        return StoryHeads.of({name: stored[name] for name in stored.files})
