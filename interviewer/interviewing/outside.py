"""The next move for a transcript made elsewhere: what `interviewer probe` answers.

The round's plan is inferred from what was asked: minutes, persona and principles when the transcript has them.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from interviewer.content.bank import Bank
from interviewer.domain.base import Value
from interviewer.domain.loop import PlannedQuestion, RoundPlan
from interviewer.domain.scorecard import Contradiction
from interviewer.domain.thread import Thread, threads
from interviewer.domain.transcript import Transcript, TranscriptRound
from interviewer.errors import BadInput
from interviewer.evidence.covering import read_round
from interviewer.evidence.readings import Readings, Subject, is_answer, is_story
from interviewer.evidence.retold import Retold, ToldThread, told_threads
from interviewer.interviewing.conductor import next_move
from interviewer.interviewing.moves import Move
from interviewer.interviewing.state import RoundSoFar, normalised
from interviewer.interviewing.voice import Line, Voice

_MINUTES = 55.0
_UNKNOWN = "unknown"
About = Callable[[TranscriptRound, Thread], Subject | None]


class OutsideMove(Value):
    """FORMATS.md: `target` is null unless the move is a probe."""

    move: Literal["probe", "ask", "wrap_up"]
    text: str
    target: str | None
    reason: str
    wording: Literal["rubric", "model"]


def next_move_for(
    transcript: Transcript,
    bank: Bank,
    readings: Readings,
    voice: Voice,
    about: About,
    retold: Retold | None = None,
) -> OutsideMove:
    """The move after the last candidate turn of an annotated transcript; `about` says what each thread is about.

    Raises BadInput when the transcript does not end with the candidate's answer to a question.
    """
    held = next((r for r in reversed(transcript.rounds) if r.turns), None)
    if held is None or held.turns[-1].speaker != "candidate" or held.turns[0].speaker != "interviewer":
        raise BadInput(
            "the transcript must begin with a question and end with the candidate, for there to be a next move"
        )
    so_far = _so_far(transcript, held, bank, readings, about)
    if retold is not None:
        clash = _clash(transcript, held, about, retold) if held.bar_raiser else None
        place = transcript.rounds.index(held)
        so_far = replace(so_far, clash=clash or retold.own_clash(held.turns, place, lambda thread: about(held, thread)))
    move = next_move(so_far)
    line = Line(rubric_text=move.text)
    for _ in voice.say(so_far, move, line):
        pass
    return OutsideMove(
        move=_named(move),
        text=line.text,
        target=move.target if move.kind == "probe" else None,
        reason=move.reason,
        wording=line.wording,
    )


def _named(move: Move) -> Literal["probe", "ask", "wrap_up"]:
    if move.kind == "probe":
        return "probe"
    return "wrap_up" if move.kind in ("wrap_up", "invite_questions", "answer_candidate") else "ask"


def _clash(transcript: Transcript, held: TranscriptRound, about: About, retold: Retold) -> Contradiction | None:
    told: list[ToldThread] = []
    for place, other in enumerate(transcript.rounds):
        current = told_threads(other.turns, place, lambda thread, other=other: is_story(about(other, thread)))  # type: ignore[misc]
        told += current
        if other is held:
            return retold.clash(told[:-1], told[-1]) if current else None
    return None


def _so_far(transcript: Transcript, held: TranscriptRound, bank: Bank, readings: Readings, about: About) -> RoundSoFar:
    def subject(thread: Thread) -> Subject | None:
        return about(held, thread)

    asked = threads(held.turns, is_answer)
    covered = {t.principle for t in asked}
    planned = [PlannedQuestion(question_id=t.question_id or _UNKNOWN, principle=t.principle) for t in asked]
    for principle in held.principles or ():
        if principle in bank.principles and principle not in covered:
            question = bank.principles[principle].questions[0]
            planned.append(PlannedQuestion(question_id=question.id, principle=principle))
    plan = RoundPlan(
        kind=held.kind,
        minutes=held.minutes or _MINUTES,
        persona=held.persona if held.persona in bank.personas else next(iter(bank.personas)),
        questions=tuple(planned),
        bar_raiser=held.bar_raiser,
    )
    said = frozenset(normalised(t.text) for r in transcript.rounds for t in r.turns if t.speaker == "interviewer")
    read = read_round(readings, held.turns, subject, bank.covering(held.kind, held.bar_raiser))
    return RoundSoFar(bank, transcript.level, plan, held.turns, read, said, subject, may_add=False)
