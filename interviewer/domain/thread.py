"""A round's turns as threads: an opening question with everything that was said about it."""

from collections.abc import Callable, Sequence

from interviewer.domain.base import Value
from interviewer.domain.coding import run_kind
from interviewer.domain.transcript import Turn

_ASIDES = frozenset({"repeat", "wait", "clarify", "hint", "go_ahead"})
_CLOSING = frozenset({"invite_questions", "answer_candidate", "wrap_up"})


class Exchange(Value):
    """Places in the round's turns: what was asked, what was answered. `target` is None for the opening question."""

    asked: int
    answered: int
    target: str | None = None


class Thread(Value):
    """`opened` is the place of the opening question; `probes` are the places of the follow-ups put so far."""

    opened: int
    question_id: str | None
    principle: str | None
    exchanges: tuple[Exchange, ...] = ()
    probes: tuple[int, ...] = ()

    @property
    def answers(self) -> tuple[int, ...]:
        return tuple(e.answered for e in self.exchanges)


def threads(turns: Sequence[Turn], is_answer: Callable[[Turn, Thread], bool]) -> tuple[Thread, ...]:
    """Cut turns, whose interviewer lines carry their `move`, into threads.

    `is_answer` says whether a candidate's turn answers (or asks to be told it again, which does not count).
    An answer after an aside ("take your time") answers the question before the aside.
    """
    found: list[Thread] = []
    asked: int | None = None
    for place, turn in enumerate(turns):
        if turn.speaker == "interviewer":
            if turn.move in _CLOSING:
                asked = None
            elif turn.move == "probe" and found:
                found[-1] = found[-1].model_copy(update={"probes": (*found[-1].probes, place)})
                asked = place
            elif turn.move not in _ASIDES:
                found.append(Thread(opened=place, question_id=turn.question_id, principle=turn.principle))
                asked = place
        elif asked is not None and is_answer(turn, found[-1]):
            put = found[-1].opened if run_kind(turn) else asked  # code from the editor answers the problem itself
            target = turns[put].target if turns[put].move == "probe" else None
            exchange = Exchange(asked=put, answered=place, target=target)
            found[-1] = found[-1].model_copy(update={"exchanges": (*found[-1].exchanges, exchange)})
    return tuple(found)
