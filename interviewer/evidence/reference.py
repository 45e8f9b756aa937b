"""A free-text answer scored against a reference text, 0 to 1, for questions that the bank does not hold.

Two witnesses: a line of a few dozen weights learnt from public graded answers, on features that a person can read, and
where the embedder has vectors trained on marked exams (`marked`), what matches in them (`matching`).
`models/reference_card.md` says what both learnt from and how well they do. One answer at a time, the same score every
time. Not covered: whether the reference is right, and claims of the bank, which `claims` reads with more care. The
label is a weaker hint than the score, and the line's alone.
"""

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, FiniteFloat, ValidationError

from interviewer.domain.base import Value
from interviewer.errors import ContentError
from interviewer.evidence.alignment import Features, features, nearness
from interviewer.evidence.clauses import sentences
from interviewer.evidence.contrast import contrasts
from interviewer.evidence.matching import load_head
from interviewer.evidence.words import TokenEmbedder, Words, read_words

Label = Literal["correct", "contradictory", "incorrect"]
WEIGHTS = Path(__file__).parent / "models" / "reference.json"
MATCHED = 0.4  # what the match counts beside the line
_BLANK = re.compile(
    r"""[\W_]*(?:(?:(?:no|empty|blank|missing|null|not)\s+)?(?:submission|response|answer|answered|attempted|submitted|given)
    |(?:the\s+)?(?:student\s+)?did\s+not\s+answer|n\W?a|none|nan|nil|null|empty|blank|missing)?[\W_]*""",
    re.IGNORECASE | re.VERBOSE,
)
_KNOWS_NOT = re.compile(
    r"""\W*(?:sorry\W+)?(?:(?:i\s)?(?:really\s|honestly\s)?(?:do\s?n.?t|do\snot)\s(?:know|remember|understand)(?:\s(?:it|this|that|the\sanswer))?
    |(?:i\s(?:have\s|.ve\s)?)?no\s(?:idea|clue)|idk|i\sam\snot\ssure|i.?m\snot\ssure|not\ssure|i\sgive\sup|pass|\?+)(?:\W+sorry)?\W*""",
    re.IGNORECASE | re.VERBOSE,
)


class Judgement(Value):
    """`score` is the share of full marks to expect; `label` as in SemEval-2013's three-way task."""

    score: Annotated[float, Field(ge=0, le=1)]
    label: Label


class Linear(Value):
    """One weight for each feature, after each was centred and scaled."""

    weights: tuple[FiniteFloat, ...]
    intercept: FiniteFloat


class Weights(Value):
    """What training leaves behind. `features` names the columns, in order."""

    trained_on: str
    features: tuple[str, ...]
    centre: tuple[FiniteFloat, ...]
    scale: tuple[Annotated[float, Field(gt=0)], ...]
    score: Linear
    labels: dict[Label, Linear]

    def columns(self, found: Features) -> NDArray[np.float64]:
        row = np.array([found[name] for name in self.features])
        return np.asarray((row - np.array(self.centre)) / np.array(self.scale), dtype=np.float64)


def is_blank(answer: str) -> bool:
    """Nothing at all, or only a platform's words for it ("No submission.")."""
    return _BLANK.fullmatch(answer.strip()) is not None


def says_nothing(answer: str) -> bool:
    """Blank, or only an admission that the writer does not know."""
    return is_blank(answer) or _KNOWS_NOT.fullmatch(answer.strip()) is not None


@lru_cache(maxsize=4)
def load_weights(path: Path = WEIGHTS) -> Weights:
    try:
        return Weights.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as fault:
        raise ContentError(f"{path}: the weights cannot be read ({fault}); train them again or reinstall") from fault


@dataclass(frozen=True, eq=False)
class ReferenceScorer:
    """Scores answers one by one; what belongs to the question is read once and kept."""

    embedder: TokenEmbedder
    weights_file: Path = WEIGHTS

    def judge(self, question: str, references: Sequence[str], answer: str) -> Judgement:
        """The answer beside the nearest of several references, each a full answer by itself."""
        if says_nothing(answer):
            return Judgement(score=0.0, label="incorrect")
        weights, said = load_weights(self.weights_file), _once(answer)
        nearest, found = self._nearest(question, references, said)
        columns = weights.columns(found)
        value = _weighed(weights.score, columns)
        if self._marked is not None:
            texts = self._known_marked(question), self._known_marked(nearest), read_words(self._marked, said)
            value += MATCHED * (load_head().value(*texts, columns, value) - value)
        label = max(weights.labels, key=lambda name: _weighed(weights.labels[name], columns))
        return Judgement(score=round(_between(value), 4), label=label)

    def features(self, question: str, references: Sequence[str], answer: str) -> Features:
        return self._nearest(question, references, answer)[1]

    def _nearest(self, question: str, references: Sequence[str], answer: str) -> tuple[str, Features]:
        asked, said = self._known(question), read_words(self.embedder, answer)
        found = [(text, features(asked, self._known(text), said)) for text in references]
        text, nearest = max(found, key=lambda each: nearness(each[1]))
        return text, nearest | contrasts(asked, self._known(text), said)

    @cached_property
    def _known(self) -> Callable[[str], Words]:
        return lru_cache(maxsize=256)(lambda text: read_words(self.embedder, text))

    @cached_property
    def _marked(self) -> TokenEmbedder | None:
        marked: TokenEmbedder | None = getattr(self.embedder, "marked", None)
        return marked

    @cached_property
    def _known_marked(self) -> Callable[[str], Words]:
        marked = self._marked or self.embedder
        return lru_cache(maxsize=256)(lambda text: read_words(marked, text))


def _once(answer: str) -> str:
    """Without sentences that were said before, which say nothing new."""
    said = {" ".join(s.lower.split()): s.text for s in reversed(sentences(answer))}
    return " ".join(reversed(said.values())) or answer


def _weighed(line: Linear, columns: NDArray[np.float64]) -> float:
    return float(columns @ np.array(line.weights)) + line.intercept


def _between(value: float) -> float:
    """A straight line in the middle, bent towards 0 and 1 at its ends, so that order is kept."""
    return 1 / (1 + math.exp(-4 * (value - 0.5)))
