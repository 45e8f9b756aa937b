"""What a rubric that covers the whole round asks for: once a round each, beneath what the candidate has just told.

Such a rubric belongs to the Bar Raiser's round or to a phone screen. A signal that deepens one of a story's is asked
for once that has been heard, and only on a story; the others only on technical questions, before any code is typed,
where the last answer is more than a few words and does not show it unasked.
"""

import re
from collections.abc import Iterator, Sequence

from interviewer.domain.evidence import Reading, Span
from interviewer.domain.rubric import Criterion, RoundRubric, Signal
from interviewer.domain.thread import Thread
from interviewer.evidence.clauses import Clause
from interviewer.evidence.covering import asked_for
from interviewer.evidence.lexicon import DECLINES
from interviewer.evidence.story_rules import quotable
from interviewer.interviewing.state import RoundSoFar
from interviewer.interviewing.wordings import SAID, Ask, wordings

_FIGURE = re.compile(r"\d")


def layer_ask(so_far: RoundSoFar, thread: Thread, readings: Sequence[Reading]) -> Ask | None:
    """The next thing to ask on this thread for a rubric that covers the round; None when it has nothing to ask here."""
    for rubric in so_far.covering:
        for criterion, signal in _open(so_far, rubric):
            if not _fits(signal, thread, readings, so_far.turns[-1].text):
                continue
            for text in wordings(so_far, criterion, signal.id, _hook(signal, readings)):
                if so_far.is_new(text):
                    reason = f"{rubric.name}: {signal.id} has not been asked for"
                    return Ask(signal.deepens or signal.id, text, reason, exact=True)
    return None


def _open(so_far: RoundSoFar, rubric: RoundRubric) -> Iterator[tuple[Criterion, Signal]]:
    """What has not been asked for in this round: new criteria first, then the heavier."""
    done = {s for t in so_far.turns if (s := asked_for(rubric, t)) is not None}
    for criterion in sorted(rubric.criteria, key=lambda c: (bool(done & set(c.signals)), -c.weight)):
        for name in criterion.signals:
            signal = rubric.signal(name)
            if signal is not None and name not in done:
                yield criterion, signal


def _fits(signal: Signal, thread: Thread, readings: Sequence[Reading], text: str) -> bool:
    if signal.deepens is not None:
        return any(signal.deepens in r.shown for r in readings)
    last = readings[-1]
    said = last.words >= SAID and signal.id not in last.shown and not DECLINES.search(text.lower())
    return said and thread.principle is None and not any(r.code for r in readings)


def _hook(signal: Signal, readings: Sequence[Reading]) -> Span | None:
    """The candidate's latest words that show what the signal deepens; of a measured result those with a figure."""
    for reading in reversed(readings):
        finding = reading.finding(signal.deepens) if signal.deepens else None
        for span in finding.spans if finding else ():
            quoted = quotable(Clause(span.quote, span.start, 0))
            if quoted is not None and (signal.deepens != "measured_result" or _FIGURE.search(quoted.quote)):
                return quoted
    return None
