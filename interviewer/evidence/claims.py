"""Expected claims that an answer covers or contradicts, and rubric signals recognised by cues and terms.

A clause covers a claim when it is close in meaning to one of its wordings and not closer to what somebody says who
has it wrong; it contradicts the claim when the wrong wording is clearly the closer one.
Not covered yet: who does what within a clause, beyond what the misconceptions of a claim spell out.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from interviewer.domain.evidence import Finding
from interviewer.domain.question import Claim
from interviewer.domain.rubric import Signal
from interviewer.evidence.clauses import Clause, without_code
from interviewer.evidence.meaning import Meaning, Vectors, similarity

COVERED = 0.60
CONTRADICTED = 0.66
MARGIN = 0.05
CUE = 0.58


def read_claims(
    meaning: Meaning, units: Sequence[Clause], vectors: Vectors, claims: Iterable[Claim]
) -> tuple[list[Finding], list[Finding]]:
    """The claims covered and the claims contradicted by an answer whose units have these vectors."""
    covered: list[Finding] = []
    contradicted: list[Finding] = []
    if not units:
        return covered, contradicted
    for claim in claims:
        right = similarity(vectors, meaning.known((claim.text, *claim.paraphrases))).max(axis=1)
        wrong = (
            similarity(vectors, meaning.known(claim.wrong)).max(axis=1) if claim.wrong else np.full_like(right, -1.0)
        )
        lead = right - wrong
        worst = int(np.argmin(np.where(wrong >= CONTRADICTED, lead, 1.0)))
        best = int(np.argmax(np.where(lead >= 0, right, -1.0)))
        if wrong[worst] >= CONTRADICTED and lead[worst] <= -MARGIN:
            contradicted.append(_found(claim.id, units[worst]))
        elif right[best] >= COVERED and lead[best] >= 0:
            covered.append(_found(claim.id, units[best]))
    return covered, contradicted


def read_cues(
    meaning: Meaning, text: str, units: Sequence[Clause], vectors: Vectors, signals: Iterable[Signal]
) -> list[Finding]:
    """The rubric signals that an answer shows: a term said outright, or a unit that means what a cue means."""
    found: list[Finding] = []
    prose = without_code(text)
    for signal in signals:
        match = _terms(signal.terms).search(prose) if signal.terms else None
        if match:
            holder = next((u for u in units if u.start <= match.start() and match.end() <= u.end), None)
            if holder:
                found.append(Finding(id=signal.id, spans=(holder.span,), how="rule"))
                continue
        if signal.cues and units:
            near = similarity(vectors, meaning.known(signal.cues)).max(axis=1)
            best = int(np.argmax(near))
            if near[best] >= CUE:
                found.append(_found(signal.id, units[best]))
    return found


@lru_cache(maxsize=1024)
def _terms(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(t) for t in terms) + r")(?!\w)", re.IGNORECASE)


def _found(identifier: str, unit: Clause) -> Finding:
    return Finding(id=identifier, spans=(unit.span,), how="meaning")
