"""What layers trained for the bank's claims make of an answer: which claims its remarks state or have turned round.

They know a claim in words that no phrase foresees, and are less sure than a phrase whether it is stated or turned
round: of pairs of remarks that differ in a few words they put nine in ten in order, at first sight. So a remark counts
only with a lead, and that something is turned round counts on their word alone only where the answer as a whole speaks
against its claims (`balance`).
Not covered: claims that were not trained; then `claims` compares meanings.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviewer.domain.evidence import Span
from interviewer.domain.question import Question
from interviewer.evidence.assertions import listing, notes
from interviewer.evidence.clauses import Clause, clauses, count_words
from interviewer.evidence.unasserted import manners

Logits = NDArray[np.float32]
WeighClaims = Callable[[Sequence[str], Sequence[str]], Logits]

HEARD = 0.5  # the logit from which a remark speaks of a claim at all
NEARLY = -1.5  # and from here it may
LEAD = 1.0  # of stating over turning round, in logits
TURNED = 1.5
MOST = 3.0  # one claim counts no more than this in the balance
_JOTTED = 1.5  # logits less for a note: it is built like a list of terms, and those assert nothing
_LONG = 22  # words of a sentence that is cut
_LEAST = 9  # words of a remark cut from one


@dataclass(frozen=True)
class Weighed:
    """Remarks and their logits, (remarks, claims, 2); `claims` are the ids of those that the layers know."""

    remarks: Sequence[Clause]
    claims: Sequence[str]
    logits: Logits

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self.claims)

    def stated(self) -> dict[str, Clause]:
        """The claims of which a remark speaks with a lead for them, and no remark with a greater one against."""
        return self._leading(1, LEAD)

    def turned(self) -> dict[str, Clause]:
        """The claims that have a remark with a lead against them, and none with a greater one for them."""
        return self._leading(-1, TURNED)

    def near(self) -> dict[str, list[Clause]]:
        """For each claim the remarks, two at most, that may state it and do not sooner turn it round."""
        found: dict[str, list[Clause]] = {}
        for place, claim in enumerate(self.claims if len(self.remarks) else ()):
            may = (self.logits[:, place, 0] > NEARLY) & (self._lead()[:, place] >= 0)
            best = [int(n) for n in np.argsort(-self.logits[:, place, 0], kind="stable") if may[n]][:2]
            if best:
                found[claim] = [self.remarks[n] for n in sorted(best)]
        return found

    def lead(self, claim: str, span: Span) -> float:
        """How far the remarks in `span` speak for a claim: the greatest lead, in logits.

        NaN where none is weighed, so that no comparison with it holds.
        """
        if claim not in self.claims:
            return float("nan")
        within = [n for n, r in enumerate(self.remarks) if r.start < span.end and span.start < r.end]
        leads = self._lead()[within, self.claims.index(claim)]
        return float(leads.max()) if within else float("nan")

    def balance(self, stated: Iterable[str]) -> float:
        """How much more of the answer speaks against its claims than for them; those in `stated` never against."""
        sure = set(stated)
        best, worst = self._best(1), self._best(-1)
        total = 0.0
        for place, claim in enumerate(self.claims):
            if best[place] >= worst[place]:
                total -= min(max(best[place], 0.0), MOST)
            elif claim not in sure:
                total += min(worst[place], MOST)
        return total

    def _lead(self) -> Logits:
        return np.asarray(self.logits[:, :, 0] - self.logits[:, :, 1])

    def _best(self, sign: int) -> Logits:
        """For each claim the greatest lead for it (1) or against it (-1) of a remark that speaks of it."""
        return np.asarray(self._speaking(sign).max(axis=0, initial=-np.inf))

    def _speaking(self, sign: int) -> Logits:
        """The leads for (1) or against (-1) the claims, (remarks, claims), of those remarks that speak of them."""
        speaks = self.logits[:, :, 0 if sign > 0 else 1] > HEARD
        return np.asarray(np.where(speaks, sign * self._lead(), -np.inf))

    def _leading(self, sign: int, least: float) -> dict[str, Clause]:
        speaking, other = self._speaking(sign), self._best(-sign)
        found: dict[str, Clause] = {}
        for place, claim in enumerate(self.claims if len(self.remarks) else ()):
            best = int(np.argmax(speaking[:, place]))
            if speaking[best, place] >= max(least, other[place]):
                found[claim] = self.remarks[best]
        return found


UNWEIGHED = Weighed((), (), np.zeros((0, 0, 2), dtype=np.float32))


def weigh_claims(weigh: WeighClaims, prose: str, question: Question) -> Weighed:
    """Weigh what an answer asserts, remark by remark, against the claims of its question."""
    said = remarks(prose)
    texts = [claim.text for claim in question.claims]
    logits = weigh(texts, [remark.text for remark in said])
    known = [n for n in range(len(texts)) if not len(said) or not np.isnan(logits[0, n, 0])]
    jotted = notes(prose)
    logits = logits - np.asarray([_JOTTED * (remark.sentence in jotted) for remark in said], np.float32)[:, None, None]
    return Weighed(said, [question.claims[n].id for n in known], logits[:, known])


def remarks(prose: str) -> list[Clause]:
    """What is asserted, in stretches of a sentence or of a part of a long one. Notes too, no lists of terms."""
    told, lists = clauses(prose), listing(prose) - notes(prose)
    by_sentence: dict[int, list[tuple[Clause, bool]]] = {}
    for clause, manner in zip(told, manners(prose, told), strict=True):
        if clause.sentence not in lists:
            by_sentence.setdefault(clause.sentence, []).append((clause, manner == "asserted"))
    return [remark for parts in by_sentence.values() for remark in _cut(prose, parts)]


def _cut(prose: str, parts: Sequence[tuple[Clause, bool]]) -> Iterable[Clause]:
    words = [count_words(clause.text) for clause, _ in parts]
    held: list[int] = []
    for place, (_, asserted) in enumerate(parts):
        if asserted:
            held.append(place)
        left = sum(words[place + 1 :])
        enough = sum(words) > _LONG and sum(words[p] for p in held) >= _LEAST and left >= _LEAST
        if held and (not asserted or enough or place + 1 == len(parts)):
            first, last = parts[held[0]][0], parts[held[-1]][0]
            yield Clause(prose[first.start : last.end], first.start, first.sentence)
            held = []
