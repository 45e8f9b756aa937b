"""What a rubric that covers a round hears in every answer of it, beside the rubric of each question.

Not covered: what follows from that, an ask (`interviewing`) or a level (`grading`).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from interviewer.domain.evidence import Reading
from interviewer.domain.rubric import RoundRubric
from interviewer.domain.thread import Thread
from interviewer.domain.transcript import Turn
from interviewer.evidence.readings import Subject


class Reads(Protocol):
    """Readings of a round's answers, by place."""

    def of(self, turns: Sequence[Turn], subject: Callable[[Thread], Subject | None]) -> dict[int, Reading]: ...


def read_round(
    readings: Reads,
    turns: Sequence[Turn],
    subject: Callable[[Thread], Subject | None],
    covering: Iterable[RoundRubric],
) -> dict[int, Reading]:
    """The readings of a round's answers, each with what the covering rubrics hear in it, or leave open, as well."""
    found = readings.of(turns, subject)
    for rubric in covering:
        heard = readings.of(turns, lambda thread, rubric=rubric: (rubric, None))  # type: ignore[misc]
        found = {place: _with(reading, heard.get(place)) for place, reading in found.items()}
    return found


def asked_for(rubric: RoundRubric, turn: Turn) -> str | None:
    """The signal that an interviewer's line asks for in the words of `rubric`; None for every other line."""
    if turn.speaker != "interviewer" or turn.move != "probe":
        return None
    said = turn.rubric_text or turn.text
    probes = (p for c in rubric.criteria for p in c.probes)
    return next((p.signal for p in probes if _pattern(p.text).fullmatch(said.strip())), None)


def _with(reading: Reading, heard: Reading | None) -> Reading:
    if heard is None:
        return reading
    both = {"signals": (*reading.signals, *heard.signals), "open": (*reading.open, *heard.open)}
    return reading.model_copy(update=both)


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text).replace(re.escape("{quote}"), ".+"), re.DOTALL)
