"""The words of the candidate that a verdict rests on: which, and with how much of the sentence they stand in."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from interviewer.domain.evidence import Finding, Reading, Span
from interviewer.domain.scorecard import Quote, Verdict
from interviewer.domain.transcript import Turn
from interviewer.evidence.clauses import Clause, clauses, count_words, sentences
from interviewer.grading.heard import Heard

MOST_QUOTES = 4
_ENOUGH = 10  # words: a shorter quote is shown with what stands around it
_MOST_WORDS = 30  # of a sentence that is shown whole


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


def in_context(verdict: Verdict, turns: Sequence[Turn]) -> Verdict:
    """The same verdict, its short quotes widened to the sentence around them; those that then overlap are one.

    Not of a running time: what was taken back often stands in the same sentence.
    """
    if verdict.id.endswith(".complexity"):
        return verdict
    kept: list[Quote] = []
    for quote in (_widened(q, turns[q.turn].text) for q in verdict.evidence):
        touching = [k for k in kept if k.turn == quote.turn and k.start < quote.end and quote.start < k.end]
        start, end = min(q.start for q in (quote, *touching)), max(q.end for q in (quote, *touching))
        whole = Quote(turn=quote.turn, start=start, end=end, quote=turns[quote.turn].text[start:end])
        kept = [*(k for k in kept if k not in touching), whole]
    return verdict.model_copy(update={"evidence": tuple(kept)})


def _widened(quote: Quote, text: str) -> Quote:
    """To the whole sentence, or in a long one to the clauses next to the quote until there are words enough."""
    around = _sentence(quote, text)
    if around is None or count_words(quote.quote) >= _ENOUGH:
        return quote
    start, end = around
    if count_words(text[start:end]) > _MOST_WORDS:
        inside = [c for c in clauses(text) if start <= c.start and c.end <= end]
        start, end = _grown(quote, inside)
    return quote.model_copy(update={"start": start, "end": end, "quote": text[start:end]})


def _sentence(quote: Quote, text: str) -> tuple[int, int] | None:
    """Where the sentence begins and ends that holds the quote; with the next one if it only announces something."""
    every = sentences(text)
    at = next((n for n, s in enumerate(every) if s.start <= quote.start and quote.end <= s.end), None)
    if at is None:
        return None
    start, end = every[at].start, every[at].end
    if every[at].text.endswith(":") and at + 1 < len(every) and "\n" not in text[end : every[at + 1].start]:
        end = every[at + 1].end
    return start, end


def _grown(quote: Quote, inside: Sequence[Clause]) -> tuple[int, int]:
    start, end = quote.start, quote.end
    said = count_words(quote.quote)
    after = [c for c in inside if c.start >= end]
    before = [c for c in inside if c.end <= start]
    for clause in (*after, *reversed(before)):
        more = count_words(clause.text)
        if said >= _ENOUGH or said + more > _MOST_WORDS:
            break
        start, end, said = min(start, clause.start), max(end, clause.end), said + more
    return start, end
