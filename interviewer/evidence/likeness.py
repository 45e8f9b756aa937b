"""Whether two answers tell one event: a few measures of the pair and two linear heads over them.

Sentences are compared by meaning after what all stories have in common is taken out of their vectors; beyond the
openings, because company, system and colleagues may be common to all of a candidate's stories. Words count by their
rarity, equal or near in meaning. The heads come from `interviewer.evaluation.train_retold`. Not covered: a telling
that says itself that it was another time (`retold`), and other languages than English.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import log

import numpy as np
from numpy.typing import NDArray

from interviewer.evidence.clauses import clauses
from interviewer.evidence.lexicon import STOPWORDS
from interviewer.evidence.meaning import Meaning, Vectors
from interviewer.evidence.quantities import NUMBER_WORDS
from interviewer.evidence.stems import stem
from interviewer.evidence.story_heads import shipped_heads

Floats = NDArray[np.float64]
MEASURES = ("late", "rest", "length", "words", "again", "near_words", "close_words")
_OPENING = 0.3  # of a telling: where it was and what it was about
_COMMON = 2.0  # the idf of a word that every other story has
_CLOSE = 0.6  # the cosine of two words that may stand for each other
_MOST_NEAR_WORDS = (
    0.8,
    0.0,
)  # the two costly measures where they speak most for one event; the second speaks against it
_ONCE_MORE = re.compile(r"\bagain\b|\b(?:months|weeks|years) on,")
DENIED = re.compile(r"\b(?:not|never|no|nobody|without|didn't|don't|hasn't|wasn't|haven't)\b")


@dataclass(frozen=True)
class LikenessModel:
    """`directions` (k, d) are the strongest of stories' sentences; of each a vector keeps the share in `kept`.

    `weights` (measures, 2) and `bias` are two heads: one knows other stories of the same candidate, one other people's.
    """

    mean: Floats
    directions: Floats
    kept: Floats
    weights: Floats
    bias: Floats

    def bent(self, vectors: Vectors) -> Vectors:
        """Unit vectors without what stories have in common; those of another embedder as they are."""
        if vectors.shape[1] != self.mean.size:
            return vectors
        centred = vectors - self.mean
        centred = centred - ((centred @ self.directions.T) * (1 - self.kept)) @ self.directions
        return np.asarray(centred / np.maximum(1e-9, np.linalg.norm(centred, axis=1, keepdims=True)), np.float32)


@lru_cache(maxsize=1)
def shipped_model() -> LikenessModel:
    with resources.files("interviewer.evidence").joinpath("models/retold.npz").open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        wide = {name: np.asarray(stored[name], dtype=np.float64) for name in stored.files}
    return LikenessModel(wide["mean"], wide["directions"], wide["kept"], wide["weights"], wide["bias"])


@dataclass(frozen=True, eq=False)
class _Account:
    """What is compared of one answer."""

    vectors: Vectors
    late: list[int]
    places: dict[str, float]
    rare: float
    words: tuple[str, ...]
    late_words: list[int]
    rarities: Floats
    again: bool


class Likeness:
    """Compares answers in pairs; each is read once and kept."""

    def __init__(self, meaning: Meaning, model: LikenessModel | None = None) -> None:
        self._meaning = meaning
        self._model = model or shipped_model()
        self._account = lru_cache(maxsize=256)(self._read)

    def score(self, first: str, second: str) -> float:
        """Above 0 it is one event. Single words are compared by meaning only where that can decide."""
        measures = self.measures(first, second, near_words=False)
        if measures is None:
            return -np.inf
        highest = self._weigh(np.append(measures, _MOST_NEAR_WORDS))
        if highest < 0:
            return highest
        return self._weigh(np.append(measures, self._near_words(self._account(first), self._account(second))))

    def _weigh(self, measures: Floats) -> float:
        """Both heads have to agree."""
        return float((measures @ self._model.weights + self._model.bias).min())

    def measures(self, first: str, second: str, near_words: bool = True) -> Floats | None:
        """One value for each of `MEASURES`, the last one only if asked for; None if there is nothing to compare."""
        a, b = self._account(first), self._account(second)
        if not a.late or not b.late:
            return None
        near = a.vectors @ b.vectors.T
        both = sorted(w for w in a.places if w in b.places)
        found = [
            _matched(near[np.ix_(a.late, b.late)]),
            _matched(_rest(a.vectors, b.vectors)),
            log(near.size),
            sum(map(_rarity, both)) / max(1e-6, min(a.rare, b.rare)),
            float(a.again or b.again),
        ]
        return np.array([*found, *self._near_words(a, b)] if near_words else found)

    def _near_words(self, a: _Account, b: _Account) -> tuple[float, float]:
        """How near words come to any of the other's, by rarity, both ways: those beyond the openings, and all."""
        if not a.late_words or not b.late_words:
            return 0.0, 0.0
        near = self._meaning.known(a.words) @ self._meaning.known(b.words).T
        rows, columns = near.max(axis=1), near.max(axis=0)
        late = [float(n[t.late_words] @ t.rarities[t.late_words]) for t, n in ((a, rows), (b, columns))]
        least = [max(0.1, float(t.rarities[t.late_words].sum())) for t in (a, b)]
        close = [float(np.maximum(0, n - _CLOSE) @ t.rarities) for t, n in ((a, rows), (b, columns))]
        whole = max(0.1, float(a.rarities.sum() + b.rarities.sum()))
        return (late[0] / least[0] + late[1] / least[1]) / 2, sum(close) / whole

    def _read(self, text: str) -> _Account:
        units, vectors = self._meaning.units(text)
        places, words = _places(text)
        late = [n for n, u in enumerate(units) if u.start > _OPENING * len(text)]
        late_words = [n for n, w in enumerate(words) if words[w] > _OPENING]
        again = any(
            c.start < _OPENING * len(text) and _ONCE_MORE.search(c.lower) and not DENIED.search(c.lower)
            for c in clauses(text)
        )
        rare = sum(map(_rarity, sorted(places)))
        rarities = np.array([_rarity(stem(w)) for w in words])
        return _Account(self._model.bent(vectors), late, places, rare, tuple(words), late_words, rarities, again)


def _matched(near: Vectors) -> float:
    """The mean of the best matches, both ways."""
    return float(near.max(axis=1).mean() + near.max(axis=0).mean()) / 2


def _rest(first: Vectors, second: Vectors) -> Vectors:
    """The cosines that are left when what both tellings are about on the whole is taken out."""
    about = first.mean(axis=0) + second.mean(axis=0)
    about = about / max(1e-9, float(np.linalg.norm(about)))
    a, b = (v - np.outer(v @ about, about) for v in (first, second))
    lengths = np.outer(np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1))
    return np.asarray(a @ b.T / np.maximum(1e-9, lengths), np.float32)


def _places(text: str) -> tuple[dict[str, float], dict[str, float]]:
    """As shares of the text: where each stem that is no function word stands first, and where each word stands last."""
    stems: dict[str, float] = {}
    words: dict[str, float] = {}
    for match in re.finditer(r"[a-zà-ÿ']{3,}", text.lower().replace("’", "'")):
        word = match.group().removesuffix("'s")
        if "'" not in word and word not in STOPWORDS and word not in NUMBER_WORDS:
            stems.setdefault(stem(word), match.start() / len(text))
            words[word] = match.start() / len(text)
    return stems, words


@lru_cache(maxsize=1)
def _rarities() -> tuple[dict[str, float], float]:
    """How rare each stem is among stories, and what a stem counts that no story of ours has."""
    heads = shipped_heads()
    found: dict[str, float] = {}
    for term, place in heads.index.items():
        if re.fullmatch(r"[a-z']+", term):
            found[stem(term)] = min(found.get(stem(term), np.inf), float(heads.idf[place]))
    return found, float(heads.idf.max())


def _rarity(word: str) -> float:
    known, highest = _rarities()
    return max(0.0, known.get(word, highest) - _COMMON)
