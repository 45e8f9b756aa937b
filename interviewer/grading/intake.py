"""A transcript made anywhere, made gradable: which line asks what, and what each thread is about.

Our own transcripts say so on every turn and pass unchanged. In others the lines are matched to the bank by meaning;
a question that matches nothing is about its principle or, failing that, about its round's rubric.
Not covered: deciding whether a line that matches nothing opens a subject; it follows up unless its principle changes.
"""

from collections.abc import Callable, Sequence
from functools import cached_property, partial

import numpy as np

from interviewer.content.bank import Bank
from interviewer.domain.question import Question
from interviewer.domain.thread import Thread
from interviewer.domain.transcript import Transcript, TranscriptRound, Turn
from interviewer.evidence.meaning import Embedder, Meaning
from interviewer.evidence.readings import Subject, is_project, is_story
from interviewer.evidence.retold import Retold, ToldThread, told_threads

_MATCH = 0.72  # a story's question: many are alike
_MATCH_TECHNICAL = 0.5  # on 41 wordings of 15 questions the right one was nearest, at 0.52 or more; others came to 0.45
_STORY_ROUNDS = frozenset({"behavioral", "recruiter_screen", "hiring_manager"})


class Intake:
    def __init__(self, bank: Bank, embedder: Embedder) -> None:
        self._bank = bank
        self._embedder = embedder
        self.retold = Retold(Meaning(embedder))

    def annotated(self, transcript: Transcript) -> Transcript:
        """The same words with `move`, `question_id` and `principle` on every interviewer line."""
        rounds = tuple(r.model_copy(update={"turns": self._turns(r)}) for r in transcript.rounds)
        return transcript.model_copy(update={"rounds": rounds})

    def subject(self, held: TranscriptRound, thread: Thread) -> Subject | None:
        """The rubric, and the question if the bank has it, that a thread is about."""
        question = self._bank.question(thread.question_id) if thread.question_id else None
        if question is not None:
            return self._bank.rubric(question.rubric), question
        if thread.principle in self._bank.principles:
            return self._bank.principles[thread.principle], None
        if held.kind == "behavioral" and held.principles and held.principles[0] in self._bank.principles:
            return self._bank.principles[held.principles[0]], None
        rubric = self._bank.round_rubric(held.kind)
        return (rubric, None) if rubric else None

    def told(self, rounds: Sequence[TranscriptRound]) -> list[ToldThread]:
        """The stories of an annotated transcript's rounds, in order."""
        return self._threads(rounds, is_story)

    def projects(self, rounds: Sequence[TranscriptRound]) -> list[ToldThread]:
        """What was told in an annotated transcript's rounds of the candidate's own work, beside the stories."""
        return self._threads(rounds, is_project)

    def _threads(self, rounds: Sequence[TranscriptRound], wanted: Callable[[Subject | None], bool]) -> list[ToldThread]:
        found: list[ToldThread] = []
        for place, held in enumerate(rounds):
            about = partial(self.subject, held)
            found += told_threads(held.turns, place, lambda thread, about=about: wanted(about(thread)))  # type: ignore[misc]
        return found

    def _turns(self, held: TranscriptRound) -> tuple[Turn, ...]:
        done: list[Turn] = []
        principle: str | None = None
        asked = False
        for turn in held.turns:
            if turn.speaker == "interviewer":
                turn = self._line(turn, held, principle, asked)
                principle, asked = turn.principle or principle, True
            done.append(turn)
        return tuple(done)

    def _line(self, turn: Turn, held: TranscriptRound, principle: str | None, asked: bool) -> Turn:
        if turn.move is not None and (turn.question_id is not None or turn.move != "ask"):
            return turn
        opens = turn.move == "ask" or not asked or bool(turn.principle and turn.principle != principle)
        question = self._bank.question(turn.question_id) if turn.question_id else None
        named = turn.move == "ask" and turn.principle is not None
        if question is None and not named and turn.move != "probe" and turn.target is None:
            question = self._matched(turn.text, technical=held.kind not in _STORY_ROUNDS and turn.principle is None)
        if turn.target is not None and turn.move is None:
            return turn.model_copy(update={"move": "probe"})
        if question is None and not opens:
            return turn.model_copy(update={"move": turn.move or "probe"})
        about = question.rubric if question and question.rubric in self._bank.principles else turn.principle
        only = held.principles[0] if held.principles and len(held.principles) == 1 else None
        return turn.model_copy(
            update={
                "move": "ask",
                "question_id": question.id if question else turn.question_id,
                "principle": turn.principle or about or (only if held.kind == "behavioral" else None),
            }
        )

    def _matched(self, text: str, technical: bool) -> Question | None:
        """The bank's question whose opening means the same, if one is near enough.

        In a technical round a question about a principle has to be as near as in any other.
        """
        questions, vectors = self._openings
        near = vectors @ self._embedder.embed([text])[0]
        best = int(np.argmax(near))
        asks_story = questions[best].rubric in self._bank.principles
        least = _MATCH_TECHNICAL if technical and not asks_story else _MATCH
        return questions[best] if near[best] >= least else None

    @cached_property
    def _openings(self) -> tuple[list[Question], np.ndarray]:
        questions = [q for q in self._bank.all_questions() if not q.options]  # another's options are not ours
        return questions, self._embedder.embed([q.text for q in questions])
