"""What the rules leave open, settled by a capable model: one point at a time, yes or no, with a quote.

A yes counts only where a signal or claim is open, and only if its quote stands word for word in the passage that was
shown, says something and does not speak to a machine. The model sees the nominated clauses and nothing else of the
answer, and it sets no number. What it does not answer stays open and is not counted as shown.
Not covered: what is open (`evidence`), and the wire (`llm`).
"""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from interviewer.domain.evidence import Finding, Reading, Span
from interviewer.domain.question import Question
from interviewer.domain.rubric import RoundRubric
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.thread import Thread, threads
from interviewer.domain.transcript import Turn
from interviewer.errors import ModelUnavailable
from interviewer.evidence.addressed import speaks_to_machine
from interviewer.evidence.clauses import count_words
from interviewer.evidence.covering import Reads
from interviewer.evidence.readings import Subject, is_answer
from interviewer.evidence.story import may_show
from interviewer.llm.yes_no import Opinion, dead

log = logging.getLogger(__name__)

POINTS = {
    "real_event": "one particular past occasion is told. A habit (\"I always\"), advice, or what somebody would do is "
    "none; a closing remark on what they would do differently takes nothing away.",
    "situation": "the occasion is placed: which system, project or process it was, together with when or where it was "
    "or what had happened to it. \"We had a model and it got worse\" places nothing.",
    "task": "what had to be achieved, what was at stake, or what was the candidate's to answer for. A loss that would "
    "have followed counts; a deadline by itself does not.",
    "action": "at least two concrete steps that a colleague could repeat. Working hard, communicating or giving good "
    "feedback are no steps.",
    "result": "what came of the actions. That it was a success, or that everybody was happy, only claims a result.",
    "personal_ownership": "the candidate did at least two of the steps in person, or took the decision: \"I\" acts. A "
    "team that acts, or a passive in which nobody does, is not enough.",
    "measured_result": "an outcome with a quantity, in digits or words, that the actions brought about. The size of a "
    "team, a budget or a data set is no outcome, and \"a lot\" is no quantity.",
    "trade_off": "an alternative, a cost or a risk was weighed against something. Merely naming a difficulty weighs "
    "nothing.",
    "root_cause": "a cause beneath the symptom is named, and how it was found. A guess, or the symptom in other words, "
    "is none.",
    "reflection": "what the candidate learnt, or would change another time. Being glad or proud of it is neither.",
}  # fmt: skip
AT_ONCE = 8
_PATIENCE = 8  # questions without an answer, one after the other, after which no more are put
_FEWEST_WORDS = 3
_MOST_REMEMBERED = 20_000
_TOUCHING = re.compile(r"[\s,–—-]*")
_SKIPPED = " […] "
_QUOTATION_MARKS = "\"'“”‘’ "
_STRAIGHT = str.maketrans("’‘“”", "''\"\"")


class Judge(Protocol):
    """A capable model, or whatever stands for one. `ask` raises ModelUnavailable and is called from several threads."""

    def ask(self, point: str, passage: str) -> Opinion: ...


@dataclass(frozen=True)
class Doubt:
    """An open signal or claim, with the pieces of the answer that speak most for it."""

    id: str
    point: str
    pieces: tuple[Span, ...]

    @property
    def passage(self) -> str:
        return _SKIPPED.join(piece.quote for piece in self.pieces)


class Remembering:
    """A judge that is asked the same thing once; what stayed unanswered is asked again."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._kept: dict[tuple[str, str], Opinion] = {}

    def ask(self, point: str, passage: str) -> Opinion:
        key = (point, passage)
        if key not in self._kept:
            if len(self._kept) >= _MOST_REMEMBERED:
                self._kept.clear()
            self._kept[key] = self._judge.ask(point, passage)
        return self._kept[key]


class JudgedReadings:
    """Readings of one transcript, with what was open in them put to a judge; counts what was put and not answered."""

    def __init__(self, readings: Reads, judge: Judge) -> None:
        self._readings = readings
        self._judge = judge
        self._failed_in_a_row = 0
        self.asked = 0
        self.unanswered = 0

    def of(self, turns: Sequence[Turn], subject: Callable[[Thread], Subject | None]) -> dict[int, Reading]:
        found = self._readings.of(turns, subject)
        about = _about(turns, subject)
        named = _names(turns, subject)
        put = [
            (place, d)
            for place, r in found.items()
            for d in doubts(turns[place].text, r, about[place][0], named.get(place, {}))
        ]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            opinions = list(pool.map(self._opinion, [doubt for _, doubt in put]))
        self.asked += len(put)
        self.unanswered += opinions.count(None)
        for place in {place for place, _ in put}:
            said = {d.id: (d, o) for (p, d), o in zip(put, opinions, strict=True) if p == place}
            found[place] = settled(found[place], said, turns[place].text, *about[place])
        return found

    def noted(self, card: Scorecard) -> Scorecard:
        """The scorecard with what the judge was asked and what it left unanswered."""
        told = f"Where the rules could not tell, a language model was asked {self.asked} yes-or-no questions; a yes "
        told += "counted only with the candidate's own words beside it."
        if self.unanswered:
            told += f" {self.unanswered} of them stayed unanswered, and what they asked for counts as not shown."
        counted = {"judge_asked": str(self.asked), "judge_unanswered": str(self.unanswered)}
        return card.model_copy(update={"trust": f"{card.trust} {told}", "made_with": card.made_with | counted})

    def _opinion(self, doubt: Doubt) -> Opinion | None:
        if self._failed_in_a_row >= _PATIENCE:
            return None
        try:
            opinion = self._judge.ask(doubt.point, doubt.passage)
        except ModelUnavailable as fault:
            self._failed_in_a_row += 1
            log.warning("%s stays open: %s", doubt.id, fault)
            return None
        self._failed_in_a_row = 0
        return opinion


def doubts(
    text: str, reading: Reading, question: Question | None, named: Mapping[str, str] = MappingProxyType({})
) -> list[Doubt]:
    """What is to be asked about an answer: its open signals and claims, each with a passage that may be shown.

    `named` says what signals mean that belong to a rubric over the whole round.
    """
    known = {c.id: f"it is said that: {c.text}" for c in question.claims} if question else dict(named)
    certain = reading.shown | reading.covered_claims | reading.contradicted_claims
    found = []
    for finding in reading.open:
        point, pieces = known.get(finding.id) or POINTS.get(finding.id), _pieces(text, finding)
        if point and pieces and finding.id not in certain:
            found.append(Doubt(finding.id, point, pieces))
    return found


def settled(
    reading: Reading,
    said: Mapping[str, tuple[Doubt, Opinion | None]],
    text: str,
    question: Question | None,
    target: str | None,
) -> Reading:
    """`reading` with every yes that counts added as found by the model, and what was answered no longer open."""
    claims = {c.id: c for c in question.claims} if question else {}
    proved = {i: span for i, (d, o) in said.items() if o is not None and (span := proof(d, o, text))}
    new_claims = [_by_model(i, span) for i, span in proved.items() if i in claims]
    shows = [_by_model(i, span) for i, span in proved.items() if i not in claims]
    wrong = {claims[f.id].shows for f in reading.contradicted if f.id in claims}
    for claim in new_claims:
        steps = [s.id for s in question.ladder if s.id == target and claim.id in s.claims] if question else []
        shows += [_by_model(i, claim.spans[0]) for i in (claims[claim.id].shows, *steps) if i and i not in wrong]
    new = {f.id: f for f in reversed(shows) if f.id not in reading.shown}
    return reading.model_copy(
        update={
            "signals": (*reading.signals, *reversed(new.values())),
            "claims": (*reading.claims, *new_claims),
            "open": tuple(f for f in reading.open if f.id not in said or said[f.id][1] is None),
        }
    )


def proof(doubt: Doubt, opinion: Opinion, text: str) -> Span | None:
    """Where the quote of a yes stands in the answer; None when it is no yes or its quote does not count."""
    words = opinion.quote.strip(_QUOTATION_MARKS).split()
    if not opinion.shown or count_words(" ".join(words)) < _FEWEST_WORDS:
        return None
    wanted = r"\s+".join(re.escape(_plain(word)) for word in words)
    for piece in doubt.pieces:
        match = re.search(rf"(?<!\w){wanted}(?!\w)", _plain(piece.quote), re.IGNORECASE)
        if match:
            start, end = piece.start + match.start(), piece.start + match.end()
            quote = text[start:end]
            if not speaks_to_machine(quote) and may_show(doubt.id, quote):
                return Span(start=start, end=end, quote=quote)
    return None


def _pieces(text: str, finding: Finding) -> tuple[Span, ...]:
    """The spans of a finding, those that touch as one; without what speaks to a machine."""
    places: list[tuple[int, int]] = []
    for span in sorted(finding.spans, key=lambda s: s.start):
        if text[span.start : span.end] != span.quote or speaks_to_machine(span.quote):
            continue
        if places and _TOUCHING.fullmatch(text[places[-1][1] : max(span.start, places[-1][1])]):
            places[-1] = (places[-1][0], max(span.end, places[-1][1]))
        else:
            places.append((span.start, span.end))
    return tuple(Span(start=a, end=b, quote=text[a:b]) for a, b in places if not speaks_to_machine(text[a:b]))


def _about(
    turns: Sequence[Turn], subject: Callable[[Thread], Subject | None]
) -> dict[int, tuple[Question | None, str | None]]:
    """The question that each answering turn is about, and what the line before it asked for."""
    found: dict[int, tuple[Question | None, str | None]] = {}
    for thread in threads(turns, is_answer):
        about = subject(thread)
        for exchange in thread.exchanges if about else ():
            found[exchange.answered] = (about[1] if about else None, exchange.target)
    return found


def _names(turns: Sequence[Turn], subject: Callable[[Thread], Subject | None]) -> dict[int, dict[str, str]]:
    """What the signals of a rubric over the whole round mean, by answering turn."""
    found: dict[int, dict[str, str]] = {}
    for thread in threads(turns, is_answer):
        about = subject(thread)
        rubric = about[0] if about else None
        if isinstance(rubric, RoundRubric) and rubric.covers != "questions":
            points = {s.id: f"the candidate {s.name[0].lower()}{s.name[1:]}." for s in rubric.signals}
            found.update(dict.fromkeys(thread.answers, points))
    return found


def _by_model(identifier: str, span: Span) -> Finding:
    # Never worth more than what the rules find faintly, or text that unsettles the rules could raise a score.
    return Finding(id=identifier, spans=(span,), how="model", clear=False)


def _plain(text: str) -> str:
    """As long as before, with straight quotation marks and no tags: models change both when they copy."""
    return dead(text).translate(_STRAIGHT)
