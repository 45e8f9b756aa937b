"""Expected claims that an answer comes near without clearly making them: only a judge can say whether it does.

Not covered: what is covered or contradicted for certain (`claims`).
"""

from collections.abc import Collection, Sequence

import numpy as np

from interviewer.domain.evidence import Finding
from interviewer.domain.question import Question
from interviewer.evidence.clauses import Clause
from interviewer.evidence.meaning import Meaning, Vectors, similarity

NEAR = 0.5
_MOST_UNITS = 2


def near_claims(
    meaning: Meaning, units: Sequence[Clause], vectors: Vectors, question: Question, settled: Collection[str]
) -> list[Finding]:
    """The claims outside `settled` that some unit means nearly, and no less than it means a misconception."""
    stated = [n for n, unit in enumerate(units) if not unit.text.endswith("?")]
    found: list[Finding] = []
    for claim in question.claims if stated else ():
        if claim.id in settled:
            continue
        right = similarity(vectors, meaning.known((claim.text, *claim.paraphrases))).max(axis=1)
        wrong = similarity(vectors, meaning.known(claim.wrong)).max(axis=1) if claim.wrong else np.zeros_like(right)
        near = [n for n in stated if right[n] >= max(NEAR, wrong[n])]
        if near:
            nearest = sorted(sorted(near, key=lambda n: -right[n])[:_MOST_UNITS])
            found.append(Finding(id=claim.id, spans=tuple(units[n].span for n in nearest), how="meaning"))
    return found
