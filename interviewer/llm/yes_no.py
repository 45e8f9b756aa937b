"""One point about a passage of a candidate's words, put to a capable model: does the passage show it?

Covers the prompt, the fence around the passage and the second try after a garbled answer.
Not covered: which points are put, and whether a yes counts (`grading.judge`).
"""

from pydantic import BaseModel

from interviewer.llm.faults import Garbled
from interviewer.llm.model import Model
from interviewer.llm.prompt_file import Message, load_prompt

MOST_TOKENS = 1000  # a model that thinks before it answers counts its thoughts
# Nothing in a passage can close its fence or stand for a mark of a chat template; one character for one keeps offsets.
_DEAD = str.maketrans({"<": "‹", ">": "›"})


class Opinion(BaseModel):
    """The quote and the reason stand first, so that they are written before the verdict."""

    quote: str
    reason: str
    shown: bool


class YesNo:
    """Asks `model`; safe to call from several threads."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def ask(self, point: str, passage: str) -> Opinion:
        """Raises ModelUnavailable; an answer in another form than asked for is tried once more."""
        messages = question(point, passage)
        try:
            return self._model.ask(messages, Opinion, max_tokens=MOST_TOKENS)
        except Garbled:
            return self._model.ask(messages, Opinion, max_tokens=MOST_TOKENS)


def question(point: str, passage: str) -> list[Message]:
    prompt = load_prompt("judge")
    return [*prompt.prefix, ("user", prompt.turn(point=point, passage=" ".join(dead(passage).split())))]


def dead(text: str) -> str:
    """The same text, as long, without anything that could be read as a tag. Doing it twice changes nothing."""
    return text.translate(_DEAD)
