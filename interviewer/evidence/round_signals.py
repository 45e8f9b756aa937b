"""Which signals of a round's rubric an answer shows: constraints, labels, a fallback, an own part.

Layers trained for the shipped rubrics (`HearSignals`) hear them in whatever words; a term of the rubric that is said
outright counts as well, unless they clearly do not hear it there. Signals that they do not know, of a user's own
rubric, go by terms and by the likeness to the rubric's cues (`claims.read_cues`).
Not covered: whether what is said is right; that is the claims' (`claims`).
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from interviewer.domain.evidence import Finding
from interviewer.domain.rubric import RoundRubric, Signal
from interviewer.evidence.assertions import listing
from interviewer.evidence.claims import MOST_PLACES, holders, read_cues
from interviewer.evidence.clauses import WORD, Clause, clauses, count_words, sentences
from interviewer.evidence.code_blocks import without_code
from interviewer.evidence.lexicon import DECLINES
from interviewer.evidence.meaning import Meaning, Said

Floats = NDArray[np.float32]
Spans = Sequence[tuple[int, int]]
# A text, the signals (rubric, id, name), the one asked for, and places: a logit a signal, and one a place and signal.
HearSignals = Callable[[str, Sequence[tuple[str, str, str]], str | None, Spans], tuple[Floats, Floats]]

TERM = -2.0  # logits below which even a term said outright shows nothing
_PLACE = 0.0  # the logit of a place that shows a signal by itself
_REPEATED = 3  # words of a clause that says nothing when it is said again


def read_signals(
    hear: HearSignals | None,
    meaning: Meaning,
    text: str,
    said: Said,
    rubric: RoundRubric,
    target: str | None = None,
) -> list[Finding]:
    """The signals of `rubric` that an answer shows, in its order, each with up to four places, the best one first."""
    if hear is None or not rubric.signals or not said.units:
        return read_cues(meaning, text, said, rubric.signals)
    prose = _told(text)
    told = [unit for unit in said.units if not DECLINES.search(unit.lower)]
    names = [(rubric.id, s.id, s.name) for s in rubric.signals]
    whole, places = hear(prose, names, target, [(u.start, u.end) for u in told])
    unknown = {s.id for s, logit in zip(rubric.signals, whole, strict=True) if np.isnan(logit)}
    others = {f.id: f for f in read_cues(meaning, text, said, [s for s in rubric.signals if s.id in unknown])}
    found = []
    for at, signal in enumerate(rubric.signals):
        heard = others.get(signal.id) if signal.id in unknown else _heard(prose, told, signal, whole[at], places[:, at])
        if heard is not None:
            found.append(heard)
    return found


def _heard(prose: str, told: Sequence[Clause], signal: Signal, logit: float, places: Floats) -> Finding | None:
    if not told:
        return None
    read = {unit.start for unit, place in zip(told, places, strict=True) if np.isfinite(place)}
    said = [u for u in holders(prose, told, signal) if logit > TERM or u.start not in read]
    order = [int(n) for n in np.argsort(-places, kind="stable")]
    best = [told[n] for n in order if places[n] > _PLACE] if logit > 0 else []
    if not best and not said:
        return None
    spans = [unit.span for unit in [*best, *(u for u in said if u not in best)][:MOST_PLACES]]
    return Finding(id=signal.id, spans=tuple(spans), how="rule" if said else "meaning")


def _told(text: str) -> str:
    """What is said, of the same length: no code, no lists of terms, and nothing twice."""
    prose = without_code(text)
    lists = listing(prose)
    blanked = [(s.start, s.end) for s in sentences(prose) if s.sentence in lists]
    for cut in (sentences(prose), clauses(prose)):
        seen: set[str] = set()
        for piece in cut:
            said = " ".join(WORD.findall(piece.lower))
            if said in seen and count_words(said) >= _REPEATED:
                blanked.append((piece.start, piece.end))
            seen.add(said)
    for start, end in blanked:
        prose = prose[:start] + " " * (end - start) + prose[end:]
    return prose
