"""The words of the candidate that a verdict rests on."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from interviewer.domain.evidence import Finding, Reading, Span
from interviewer.domain.scorecard import Quote
from interviewer.grading.heard import Heard

MOST_QUOTES = 4


def quotes(heard: Sequence[Heard], signals: Sequence[str]) -> list[Quote]:
    """In the order in which they were said; of each signal its best before a second of any."""
    seen: set[str] = set()
    kept: list[Quote] = []
    for place, span in _by_worth(heard, signals):
        said = " ".join(span.quote.lower().split())
        if said not in seen and len(kept) < MOST_QUOTES:
            seen.add(said)
            kept.append(Quote(turn=place, start=span.start, end=span.end, quote=span.quote))
    return sorted(kept, key=lambda q: (q.turn, q.start))


def _by_worth(heard: Sequence[Heard], signals: Sequence[str]) -> Iterator[tuple[int, Span]]:
    """For each signal its best place first: where it was asked for, then where it is clear, then where it was said."""
    by_signal: dict[str, list[tuple[bool, bool, int, Sequence[Span]]]] = {}
    for h in heard:
        asked = {e.answered: e.target for e in h.thread.exchanges}
        for place, reading in h.ordered:
            for finding in _bearing(h, place, reading, signals):
                standing = [s for s in finding.spans if not h.withdrew(finding.id, place, s)]
                spans = standing if len(signals) == 1 else standing[:1]
                worth = (asked.get(place) != finding.id, not finding.clear, place, spans)
                by_signal.setdefault(finding.id, []).append(worth)
    ranked = [
        [(p, s) for _, _, p, spans in sorted(told, key=lambda w: w[:3]) for s in spans] for told in by_signal.values()
    ]
    for row in zip_longest(*ranked):
        yield from (found for found in row if found is not None)


def _bearing(heard: Heard, place: int, reading: Reading, signals: Sequence[str]) -> list[Finding]:
    steps = {s.id for s in heard.question.ladder} if heard.question and "depth" in signals else set()
    wanted = [f for f in reading.signals if f.id in signals or f.id in steps]
    asked_for = heard.question.choice_signal if heard.question else None
    if asked_for in signals and reading.choice is not None and not any(f.id == asked_for for f in wanted):
        wanted.append(Finding(id=asked_for or "", spans=(reading.choice.span,)))  # a poor choice is evidence too
    if "claims" not in signals:
        return wanted
    beside = heard.compared.findings.get(place) if heard.compared else None
    return [*wanted, *reading.claims, *reading.contradicted, *([beside] if beside else [])]
