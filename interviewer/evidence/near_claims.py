"""Expected claims that an answer comes near without clearly making them: only a judge can say whether it does.

Not covered: what is covered or contradicted for certain (`claims`).
"""

from collections.abc import Collection, Sequence

import numpy as np

from interviewer.domain.evidence import Finding
from interviewer.domain.question import Claim, Question
from interviewer.evidence.clauses import Clause
from interviewer.evidence.meaning import Meaning, Said, similarity
from interviewer.evidence.weighed_claims import UNWEIGHED, Weighed

NEAR = 0.5
_MOST_UNITS = 2


def near_claims(
    meaning: Meaning, said: Said, question: Question, settled: Collection[str], weighed: Weighed = UNWEIGHED
) -> list[Finding]:
    """The claims outside `settled` that some remark nearly states, and states no less than it turns them round.

    What the layers know they have weighed; of other claims it is some unit that means them nearly.
    """
    heard = weighed.near()
    unknown = [c for c in question.claims if c.id not in weighed.known and c.id not in settled]
    by_meaning = _meant(meaning, said, unknown) if unknown else {}
    found = {c: heard[c] for c in heard if c not in settled} | by_meaning
    return [
        Finding(id=c.id, spans=tuple(u.span for u in found[c.id]), how="meaning")
        for c in question.claims
        if c.id in found
    ]


def _meant(meaning: Meaning, said: Said, claims: Sequence[Claim]) -> dict[str, list[Clause]]:
    stated = [n for n, unit in enumerate(said.units) if not unit.text.endswith("?")]
    found: dict[str, list[Clause]] = {}
    for claim in claims if stated else ():
        right = similarity(said.vectors, meaning.known((claim.text, *claim.paraphrases))).max(axis=1)
        wrong = (
            similarity(said.vectors, meaning.known(claim.wrong)).max(axis=1) if claim.wrong else np.zeros_like(right)
        )
        near = [n for n in stated if right[n] >= max(NEAR, wrong[n])]
        if near:
            found[claim.id] = [said.units[n] for n in sorted(sorted(near, key=lambda n: -right[n])[:_MOST_UNITS])]
    return found
