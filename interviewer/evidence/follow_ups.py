"""How likely a reply to a follow-up shows a signal: three witnesses weighed together.

What the rules find with the follow-up in mind, the clause that speaks most for the signal (`story_heads`), and the
layers' view of the reply as a whole; what was asked for starts higher. A logistic line over the three, trained by
`interviewer.evaluation.train_follow_ups` on labelled threads; without the layers there is a second line over two.
Not covered: what a reply takes back of what was told before.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from interviewer.evidence import lexicon as lex
from interviewer.evidence.clauses import Clause, count_words
from interviewer.evidence.corrections import only_takes_back

_MODEL = "models/follow_ups.json"
CLIP = 6.0  # logits of a witness beyond which it is not surer
_REMARK = 9  # words: a shorter clause in which the candidate says to have told it is nothing but that


@dataclass(frozen=True)
class Line:
    """Weights of the witnesses, and what each signal starts from: unasked, and more if it was asked for."""

    rule: float
    clause: float
    whole: float
    start: Mapping[str, float]
    asked: Mapping[str, float]

    def logit(self, signal: str, *, ruled: bool, clause: float, whole: float, asked: bool) -> float:
        """Above 0 it is more likely shown than not."""
        start = self.start[signal] + (self.asked[signal] if asked else 0.0)
        return start + self.rule * ruled + self.clause * bounded(clause) + self.whole * bounded(whole)


def may_tell(clause: Clause) -> bool:
    """Whether a clause of a reply may tell something: it asks nothing back, and is more than a word or two to us."""
    said = clause.lower.strip()
    if said.endswith("?") or only_takes_back(said) or lex.UNWEIGHED.search(said):
        return False
    return not (lex.TOLD_BEFORE.search(said) and count_words(said) < _REMARK)


def bounded(logit: float) -> float:
    return max(-CLIP, min(CLIP, logit))


@lru_cache(maxsize=1)
def _stored() -> dict[str, Any]:
    text = resources.files("interviewer.evidence").joinpath(_MODEL).read_text(encoding="utf-8")
    stored: dict[str, Any] = json.loads(text)
    return stored


@lru_cache(maxsize=2)
def line(layers: bool) -> Line:
    """The line for a reply that the layers have weighed as well, or for one that they have not."""
    return Line(**_stored()["with_layers" if layers else "without_layers"])
