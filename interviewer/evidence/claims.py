"""Expected claims that an answer covers or contradicts, and rubric signals recognised by cues and terms.

Phrases tied to a side (`roles`) say who does what. Layers trained for the claim (`weighed_claims`) hear it in other
words, take back what a phrase credits where they hear the opposite, and where the whole answer speaks against its
claims, name those that it has the wrong way round. A claim that they do not know is compared by meaning with its
wordings and with what somebody says who has it wrong; only where it has no phrases either may meaning alone say that it
is contradicted. A list of terms asserts nothing; an answer that is mostly one gets no benefit of the doubt: then only
phrases cover.
Not covered: numbers worked out wrongly, and errors that neither a phrase nor a misconception of the question names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

import numpy as np

from interviewer.domain.evidence import Finding
from interviewer.domain.question import Claim, Question
from interviewer.domain.rubric import Signal
from interviewer.evidence.assertions import mostly_lists
from interviewer.evidence.clauses import Clause, count_words
from interviewer.evidence.code_blocks import without_code
from interviewer.evidence.lexicon import DECLINES
from interviewer.evidence.meaning import Meaning, Said, Vectors, similarity
from interviewer.evidence.roles import read_roles
from interviewer.evidence.unasserted import asked, only_asks
from interviewer.evidence.weighed_claims import UNWEIGHED, Weighed

COVERED = 0.60
COVERED_BESIDE_PHRASES = 0.65  # where phrases tell as well: texts on one subject are near whatever they say
CONTRADICTED = 0.72
MARGIN = 0.08
OUTWEIGHED = 2.0  # logits against what a phrase credits
VETOED = 2.0  # logits for what a phrase calls the wrong way round
BALANCE = 6.0  # logits against the claims of an answer, beyond those for them
CUE = 0.58
MOST_PLACES = 4
_DOUBTFUL = 1  # point the wrong way round
_STATEMENT = 5  # words that a statement in the midst of a list of terms must have


def read_claims(
    meaning: Meaning,
    text: str,
    said: Said,
    question: Question,
    weighed: Weighed = UNWEIGHED,
) -> tuple[list[Finding], list[Finding]]:
    """The claims covered and the claims contradicted by an answer with these units, and so weighed by the layers."""
    prose = without_code(text)
    others = [c for c in question.claims if c.id not in weighed.known]
    close, opposite = _by_meaning(meaning, *_asserted(prose, said), others) if others else ({}, {})
    stated, against = read_roles(prose, question)
    stated = {k: f for k, f in stated.items() if not weighed.lead(k, f.spans[0]) < -OUTWEIGHED}
    against = {k: f for k, f in against.items() if not all(weighed.lead(k, span) > VETOED for span in f.spans)}
    wrong = {**{k: f for k, f in opposite.items() if k not in stated}, **against}
    if weighed.balance(stated) > BALANCE:
        wrong = {k: _found(k, remark) for k, remark in weighed.turned().items() if k not in stated} | wrong
    if len(wrong) >= _DOUBTFUL:
        close = {}
    close |= {k: _found(k, remark) for k, remark in weighed.stated().items()}
    if mostly_lists(text):
        close, stated = {}, {k: f for k, f in stated.items() if _words_of(f) >= _STATEMENT}
    right = {**close, **stated}
    order = [c.id for c in question.claims]
    return (
        [right[c] for c in order if c in right and c not in wrong],
        [wrong[c] for c in order if c in wrong],
    )


def _asserted(prose: str, said: Said) -> tuple[list[Clause], Vectors]:
    stretches = asked(prose)
    kept = [n for n, unit in enumerate(said.units) if not only_asks(unit, stretches)]
    return [said.units[n] for n in kept], said.vectors[kept]


def _words_of(finding: Finding) -> int:
    return count_words(finding.spans[0].quote)


def _by_meaning(
    meaning: Meaning, units: Sequence[Clause], vectors: Vectors, claims: Iterable[Claim]
) -> tuple[dict[str, Finding], dict[str, Finding]]:
    close: dict[str, Finding] = {}
    opposite: dict[str, Finding] = {}
    if not units:
        return close, opposite
    for claim in claims:
        right = similarity(vectors, meaning.known((claim.text, *claim.paraphrases))).max(axis=1)
        wrong = (
            similarity(vectors, meaning.known(claim.wrong)).max(axis=1) if claim.wrong else np.full_like(right, -1.0)
        )
        lead = right - wrong
        worst = int(np.argmin(np.where(wrong >= CONTRADICTED, lead, 1.0)))
        best = int(np.argmax(np.where(lead >= 0, right, -1.0)))
        if not claim.says and not claim.denies and wrong[worst] >= CONTRADICTED and lead[worst] <= -MARGIN:
            opposite[claim.id] = _found(claim.id, units[worst])
        elif right[best] >= (COVERED_BESIDE_PHRASES if claim.says else COVERED) and lead[best] >= 0:
            close[claim.id] = _found(claim.id, units[best])
    return close, opposite


def read_cues(meaning: Meaning, text: str, said: Said, signals: Iterable[Signal]) -> list[Finding]:
    """The rubric signals that an answer shows: a term said outright, or a unit that means what a cue means.

    Each with up to four places: the first is the one to quote, the others say that it was more than one remark. Words
    that decline to answer ("I would rather say so than guess") show nothing.
    """
    found: list[Finding] = []
    prose = without_code(text)
    tells = [n for n, unit in enumerate(said.units) if not DECLINES.search(unit.lower)]
    units = [said.units[n] for n in tells]
    for signal in signals:
        held = list(holders(prose, units, signal))
        how: Literal["rule", "meaning"] = "rule" if held else "meaning"
        if signal.cues and units:
            near = similarity(said.vectors[tells], meaning.known(signal.cues)).max(axis=1)
            close = [units[n] for n in np.argsort(-near, kind="stable") if near[n] >= CUE]
            held += [unit for unit in close if unit not in held]
        if held:
            found.append(Finding(id=signal.id, spans=tuple(u.span for u in held[:MOST_PLACES]), how=how))
    return found


def holders(prose: str, units: Sequence[Clause], signal: Signal) -> Iterator[Clause]:
    """The units in which one of the signal's terms is said, each once."""
    seen: set[int] = set()
    for match in _terms(signal.terms).finditer(prose) if signal.terms else ():
        for unit in units:
            if unit.start <= match.start() and match.end() <= unit.end:
                if unit.start not in seen:
                    seen.add(unit.start)
                    yield unit
                break


@lru_cache(maxsize=1024)
def _terms(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(t) for t in terms) + r")(?!\w)", re.IGNORECASE)


def _found(identifier: str, unit: Clause) -> Finding:
    return Finding(id=identifier, spans=(unit.span,), how="meaning")
