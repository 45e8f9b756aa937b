"""An interview is the fold of its events; nothing about it is stored twice."""

from collections.abc import Iterable
from functools import reduce

from interviewer.domain.base import Value
from interviewer.domain.events import (
    CandidateSaid,
    CodeRan,
    CodeSaved,
    EndReason,
    Event,
    InterviewEnded,
    InterviewerSaid,
    InterviewStarted,
    KeptSilent,
    RoundEnded,
    RoundStarted,
    TextSetAside,
)
from interviewer.domain.loop import LoopPlan, RoundPlan
from interviewer.domain.transcript import Transcript, TranscriptRound, Turn


class RoundState(Value):
    """A round so far. `seconds` is the clock: the sum over the turns.

    `drafts` is what stands in the editor, by problem; `heard` is how many turns there were when the interviewer last
    chose to say nothing.
    """

    plan: RoundPlan
    turns: tuple[Turn, ...] = ()
    ended: EndReason | None = None
    drafts: dict[str, str] = {}
    heard: int = 0

    @property
    def seconds(self) -> float:
        return sum(t.seconds or 0.0 for t in self.turns)

    @property
    def awaits_candidate(self) -> bool:
        listening = bool(self.turns) and (self.turns[-1].speaker == "interviewer" or self.heard == len(self.turns))
        return listening and self.ended is None

    @property
    def awaits_interviewer(self) -> bool:
        return self.ended is None and not self.awaits_candidate


class Interview(Value):
    plan: LoopPlan
    made_with: dict[str, str]
    title: str = ""
    focus: str = ""
    rounds: tuple[RoundState, ...] = ()
    ended: EndReason | None = None
    set_aside: tuple[str, ...] = ()
    length: int = 0
    beside: int = 0

    @property
    def current(self) -> RoundState | None:
        """The round that is under way; None before the first, between rounds and at the end."""
        return self.rounds[-1] if self.rounds and self.rounds[-1].ended is None and self.ended is None else None

    @property
    def place(self) -> int:
        """How far the interview has gone. Neither what is saved while typing nor an unasked line moves it on."""
        return self.length - self.beside

    @property
    def next_round(self) -> int | None:
        """The place of the round that would start next, or None when there is none."""
        if self.ended or self.current or len(self.rounds) >= len(self.plan.rounds):
            return None
        return len(self.rounds)

    @property
    def said(self) -> tuple[str, ...]:
        """Everything an interviewer has said in this loop, so that nothing is said twice."""
        return tuple(t.text for r in self.rounds for t in r.turns if t.speaker == "interviewer")

    def transcript(self) -> Transcript:
        return Transcript(
            version=1,
            level=self.plan.level,
            made_with=self.made_with,
            rounds=tuple(
                TranscriptRound(
                    kind=r.plan.kind,
                    principles=r.plan.principles,
                    minutes=r.plan.minutes,
                    persona=r.plan.persona,
                    bar_raiser=r.plan.bar_raiser,
                    turns=r.turns,
                    ended=r.ended,
                )
                for r in self.rounds
            ),
        )


def fold(events: Iterable[Event]) -> Interview:
    """Replay events in order. Raises ValueError when they do not begin with `InterviewStarted`."""
    stream = iter(events)
    first = next(stream, None)
    if not isinstance(first, InterviewStarted):
        raise ValueError("an interview begins with the event interview_started")
    start = Interview(plan=first.plan, made_with=first.made_with, title=first.title, focus=first.focus, length=1)
    return reduce(advance, stream, start)


def advance(interview: Interview, event: Event) -> Interview:
    """The interview after one more event."""
    changes: dict[str, object] = {"length": interview.length + 1}
    match event:
        case RoundStarted():
            plan = interview.plan.rounds[event.round]
            changes["rounds"] = (*interview.rounds, RoundState(plan=plan))
        case InterviewerSaid():
            turn = Turn(speaker="interviewer", **event.model_dump(exclude={"type", "reason", "unasked"}))
            changes |= {"beside": interview.beside + event.unasked, "rounds": _with_turn(interview, turn)}
        case CandidateSaid():
            turn = Turn(speaker="candidate", **event.model_dump(exclude={"type"}))
            changes["rounds"] = _with_turn(interview, turn)
        case CodeSaved():
            drafts = interview.rounds[-1].drafts | {event.problem: event.code}
            changes |= {"beside": interview.beside + 1, "rounds": _with_last(interview, {"drafts": drafts})}
        case CodeRan():
            changes["rounds"] = _with_last(interview, {"turns": _with_run(interview.rounds[-1].turns, event)})
        case KeptSilent():
            changes["rounds"] = _with_last(interview, {"heard": len(interview.rounds[-1].turns)})
        case RoundEnded():
            changes["rounds"] = _with_last(interview, {"ended": event.reason})
        case InterviewEnded():
            changes["ended"] = event.reason
        case TextSetAside():
            changes["set_aside"] = (*interview.set_aside, event.text)
        case InterviewStarted():
            raise ValueError("an interview starts once")
    return interview.model_copy(update=changes)


def _with_turn(interview: Interview, turn: Turn) -> tuple[RoundState, ...]:
    return _with_last(interview, {"turns": (*interview.rounds[-1].turns, turn)})


def _with_last(interview: Interview, update: dict[str, object]) -> tuple[RoundState, ...]:
    return (*interview.rounds[:-1], interview.rounds[-1].model_copy(update=update))


def _with_run(turns: tuple[Turn, ...], ran: CodeRan) -> tuple[Turn, ...]:
    told = ran.examined.artifact() if ran.examined else {"type": "run", "fault": ran.fault}
    last = turns[-1].model_copy(update={"artifacts": (*turns[-1].artifacts, told)})
    return (*turns[:-1], last)
