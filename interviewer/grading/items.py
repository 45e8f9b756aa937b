"""The multiple-choice items of a round, explained: what was chosen, what is right, and why.

Only here is it said which option was right; nobody hears it in the interview. Not here: what a choice counts (`scale`).
"""

from collections.abc import Iterable, Iterator

from interviewer.domain.question import Question, letter
from interviewer.domain.scorecard import Item
from interviewer.grading.heard import Heard


def items(heard: Iterable[Heard]) -> tuple[Item, ...]:
    """One entry for each item that was asked, in order; one that was passed over has no choice."""
    return tuple(_item(h, h.question) for h in heard if h.question is not None and h.question.options)


def _item(heard: Heard, question: Question) -> Item:
    last = heard.choice()
    chosen = last[1].option if last else None
    return Item(
        question_id=question.id,
        text=question.text,
        chosen="" if chosen is None else letter(chosen),
        right=letter(question.best_option),
        worth=0.0 if chosen is None else question.options[chosen].credit,
        turn=last[0] if last else None,
        why=tuple(_explained(question, chosen)),
    )


def _explained(question: Question, chosen: int | None) -> Iterator[str]:
    """The best option and its reason, then the one that was chosen instead."""
    for place in dict.fromkeys((question.best_option, chosen)):
        if place is not None:
            option = question.options[place]
            yield f"{letter(place)}: {option.text} {option.why}".strip()
