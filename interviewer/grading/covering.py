"""Verdicts of a rubric that covers a whole round: the Bar Raiser's, the phone screen's.

Judged is what was asked for in this rubric's words, by the reply to it; all else is "not assessed". So is a reply in
which what was asked for is not recognised: cues are sure of little, and only a judge with a model settles the rest.
Every level stands beside words of the candidate: those that show it, or those that were said instead.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from interviewer.domain.evidence import Finding
from interviewer.domain.rubric import ROUND_SIGNALS, STORY_SIGNALS, Criterion, RoundRubric
from interviewer.domain.scorecard import Contradiction, Quote, Verdict
from interviewer.domain.transcript import Turn
from interviewer.evidence.clauses import sentences
from interviewer.evidence.covering import asked_for
from interviewer.grading import scale
from interviewer.grading.heard import Heard
from interviewer.grading.verdicts import signal_words

LEFT_OPEN = "it was asked and answered, and the rules cannot tell what the reply shows; a judge with a model could"
NOT_ASKED = "nothing was asked and answered on this"
_FEWEST_FOLLOW_UPS = 2
_MOST_QUOTES = 4


@dataclass(frozen=True)
class Reply:
    """What an ask of this rubric, or an ordinary follow-up on a story, brought: `finding` is None when it missed.

    `open` when neither that it was shown nor that it was missed can be told.
    """

    turn: int
    finding: Finding | None
    open: bool = False


@dataclass(frozen=True)
class Covered:
    """A round as such a rubric sees it: its turns, its threads, and where a story was told differently in it."""

    rubric: RoundRubric
    turns: Sequence[Turn]
    heard: Sequence[Heard]
    place: int
    contradictions: Sequence[Contradiction]

    def verdicts(self) -> tuple[Verdict, ...]:
        return tuple(self._verdict(c) for c in self.rubric.criteria)

    def _verdict(self, criterion: Criterion) -> Verdict:
        name = {"id": f"{self.rubric.id}.{criterion.id}", "name": f"{self.rubric.name}: {criterion.name}"}
        own = [s for s in criterion.signals if s not in ROUND_SIGNALS]
        asked = {s: self._replies[s] for s in own if s in self._replies}
        replies = {s: given for s, given in asked.items() if not _unsettled(given)}
        pressed = self._pressed if "follow_ups" in criterion.signals else ()
        clashes = self.contradictions if "one_account" in criterion.signals else ()
        if not (replies or pressed or clashes):
            why = LEFT_OPEN if asked else NOT_ASKED
            return Verdict(**name, weight=criterion.weight, level=None, status="not_assessed", reason=why)
        shares = [self._share(signal, given) for signal, given in replies.items()]
        shares += [sum(r.finding is not None for r in pressed) / len(pressed)] if pressed else []
        value, working = scale.covering_level(shares, len(own) > len(replies), len(clashes))
        every = [*(r for given in replies.values() for r in given), *pressed]
        return Verdict(
            **name,
            weight=criterion.weight,
            level=value,
            status="assessed",
            reason=" ".join(self._reasons(own, replies, pressed, clashes)),
            anchor=criterion.anchors[value],
            working=working,
            evidence=self._evidence(every, clashes),
        )

    @cached_property
    def _asked(self) -> dict[int, str]:
        """The places of the lines that are this rubric's own, with the signal that each asks for."""
        found = ((place, asked_for(self.rubric, turn)) for place, turn in enumerate(self.turns))
        return {place: signal for place, signal in found if signal is not None}

    @cached_property
    def _replies(self) -> dict[str, list[Reply]]:
        """The replies to each signal that was asked for and answered."""
        found: dict[str, list[Reply]] = {}
        for heard in self.heard:
            for e in heard.thread.exchanges:
                signal = self._asked.get(e.asked)
                if signal is not None and e.answered in heard.readings:
                    reading = heard.readings[e.answered]
                    left = any(f.id == signal for f in reading.open)
                    found.setdefault(signal, []).append(Reply(e.answered, reading.finding(signal), left))
        return found

    @cached_property
    def _pressed(self) -> Sequence[Reply]:
        """The replies to ordinary follow-ups on stories; one alone is no pressure."""
        found = [
            Reply(e.answered, h.readings[e.answered].finding(e.target))
            for h in self.heard
            for e in h.thread.exchanges
            if e.target in STORY_SIGNALS and e.asked not in self._asked and e.answered in h.readings
        ]
        return found if len(found) >= _FEWEST_FOLLOW_UPS else ()

    def _share(self, signal: str, replies: Sequence[Reply]) -> float:
        """A reply that shows it counts; that another thread has said it outright makes it whole."""
        if not any(r.finding for r in replies):
            return 0.0
        asked = {r.turn for r in replies}
        outright = (
            h
            for h in self.heard
            if not asked & set(h.thread.answers)
            and any(f.id == signal and f.how == "rule" for _, r in h.ordered for f in r.signals)
        )
        return 1.0 if any(outright) else scale.SHOWN_ONCE

    def _reasons(
        self,
        own: Sequence[str],
        replies: dict[str, list[Reply]],
        pressed: Sequence[Reply],
        clashes: Sequence[Contradiction],
    ) -> Iterator[str]:
        shown = {s for s, given in replies.items() if any(r.finding for r in given)}
        groups = (
            ("Heard", [s for s in own if s in shown]),
            ("Not heard", [s for s in own if s in replies and s not in shown]),
            ("Left open", [s for s in own if s not in replies and s in self._replies]),
            ("Not asked", [s for s in own if s not in self._replies]),
        )
        for lead, signals in groups:
            if signals:
                yield f"{lead}: {', '.join(signal_words(self.rubric, s) for s in signals)}."
        if pressed:
            met = sum(r.finding is not None for r in pressed)
            yield f"{met} of {len(pressed)} follow-ups on stories got what they asked for."
        if clashes:
            yield f"Told differently in {len(clashes)} place(s): {clashes[0].what}"

    def _evidence(self, replies: Sequence[Reply], clashes: Sequence[Contradiction]) -> tuple[Quote, ...]:
        """First what does not agree, then what was shown, then what was said instead."""
        found = [q for c in clashes for q in self._clashing(c)]
        for reply in sorted(replies, key=lambda r: r.finding is None):
            if reply.finding is not None:
                found += [
                    Quote(turn=reply.turn, start=s.start, end=s.end, quote=s.quote) for s in reply.finding.spans[:1]
                ]
            else:
                found += [
                    Quote(turn=reply.turn, start=s.start, end=s.end, quote=s.text)
                    for s in sentences(self.turns[reply.turn].text)[:1]
                ]
        return tuple({(q.turn, q.start): q for q in found}.values())[:_MOST_QUOTES]

    def _clashing(self, clash: Contradiction) -> Iterator[Quote]:
        """The telling, or both, that belongs to this round."""
        for where, words in zip(clash.turns, clash.quotes, strict=True):
            held, _, turn = where.partition(".")
            start = self.turns[int(turn)].text.find(words) if held == str(self.place) else -1
            if start >= 0:
                yield Quote(turn=int(turn), start=start, end=start + len(words), quote=words)


def _unsettled(replies: Sequence[Reply]) -> bool:
    return not any(r.finding for r in replies) and any(r.open for r in replies)
