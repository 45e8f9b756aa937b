"""Readings of the answers of a round, each made once and kept: an answer never changes what it shows."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol

from interviewer.domain.evidence import Reading
from interviewer.domain.question import Principle, Problem, Question
from interviewer.domain.rubric import Rubric
from interviewer.domain.thread import Thread, threads
from interviewer.domain.transcript import Turn
from interviewer.evidence.intents import intent
from interviewer.evidence.parroting import without_question
from interviewer.evidence.reader import Reader

Subject = tuple[Rubric, Question | None]  # what a thread is about
_KEPT = 4096
_OWN_WORK = frozenset({"own_project", "hiring_manager"})


class Questions(Protocol):
    """Where questions and rubrics are looked up by id."""

    def question(self, question_id: str) -> Question | None: ...
    def rubric(self, rubric_id: str) -> Rubric: ...


def is_answer(turn: Turn, thread: Thread) -> bool:
    """A clarifying question is part of a technical answer, and an aside to a story."""
    meant = intent(turn.text)
    return meant == "answer" or (meant in ("clarify", "ask_leave") and thread.principle is None)


def is_story(subject: Subject | None) -> bool:
    """Whether what a thread is about asks for something that happened."""
    return subject is not None and of_stories(subject[0])


def of_stories(rubric: Rubric) -> bool:
    """Whether the rubric is about stories: a principle's, or the one for stories told outside of any."""
    return isinstance(rubric, Principle) or rubric.id == "behavioral"


def is_project(subject: Subject | None) -> bool:
    """Whether what a thread is about asks for the candidate's own work at length."""
    return subject is not None and subject[0].id in _OWN_WORK


def _shows_options(question: Question | None) -> bool:
    """Whether what is asked holds what may be answered: an item's options, or a problem that is first said back."""
    return question is not None and (bool(question.options) or isinstance(question, Problem))


class Readings:
    """Reads answers through `reader`, remembering by text, rubric, question and target."""

    def __init__(self, bank: Questions, reader: Reader) -> None:
        self._bank = bank
        self._reader = reader
        self._kept: OrderedDict[tuple[str, str, str | None, str | None], Reading] = OrderedDict()

    def of(
        self, turns: Sequence[Turn], subject: Callable[[Thread], Subject | None] | None = None
    ) -> dict[int, Reading]:
        """The reading of every answering turn, by its place. Threads about something unknown are left out."""
        find = subject or self.planned_subject
        found: dict[int, Reading] = {}
        for thread in threads(turns, is_answer):
            about = find(thread)
            if about is not None:
                for exchange in thread.exchanges:
                    said, put = turns[exchange.answered].text, turns[exchange.asked]
                    said = said if _shows_options(about[1]) else without_question(said, put.text)
                    found[exchange.answered] = self.read(said, *about, exchange.target)
        return found

    def read(self, text: str, rubric: Rubric, question: Question | None, target: str | None) -> Reading:
        key = (text, rubric.id, question.id if question else None, target)
        if key not in self._kept:
            self._kept[key] = self._reader.read(text, rubric, question, target)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def planned_subject(self, thread: Thread) -> Subject | None:
        """What a thread of our own transcripts is about: they name the question."""
        question = self._bank.question(thread.question_id) if thread.question_id else None
        return (self._bank.rubric(question.rubric), question) if question else None
