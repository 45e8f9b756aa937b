"""The only place where objects are wired: settings in, everything that `ui` and `cli` use out.

Each part is made when it is first asked for, so that a command pays only for what it uses.
"""

import logging
import os
import secrets
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import interviewer
from interviewer.content.bank import Bank, load
from interviewer.content.place import chosen, shipped
from interviewer.domain.coding import Examined, RunKind
from interviewer.domain.events import InterviewStarted
from interviewer.domain.interview import Interview
from interviewer.domain.loop import LoopPlan, RoundTemplate
from interviewer.domain.question import Problem, Question
from interviewer.domain.rubric import Level, RoundKind, Rubric
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.transcript import Transcript
from interviewer.errors import BadInput, LibraryUnavailable
from interviewer.settings import Settings

if TYPE_CHECKING:
    from interviewer.coding.examiner import Examiner
    from interviewer.evidence.compared import Comparison
    from interviewer.evidence.covering import Reads
    from interviewer.evidence.readings import Readings
    from interviewer.grading.code import CodeReader
    from interviewer.grading.intake import Intake
    from interviewer.grading.judge import Judge
    from interviewer.grading.scorecard import Grader
    from interviewer.interviewing.interviews import Interviews
    from interviewer.interviewing.outside import OutsideMove
    from interviewer.interviewing.voice import Voice
    from interviewer.library.documents import Document
    from interviewer.library.embedder import Embedder
    from interviewer.library.search import Library
    from interviewer.llm.model import Model
    from interviewer.storage.events import EventStore

log = logging.getLogger(__name__)

Judging = Literal["rules", "both"]

_DRILL_QUESTIONS = 6


class Services:
    """Everything the product does. `embedder` may be handed in; otherwise the packaged one is loaded when needed."""

    def __init__(self, settings: Settings | None = None, *, embedder: "Embedder | None" = None) -> None:
        self.settings = settings or Settings()
        self._given_embedder = embedder

    @cached_property
    def bank(self) -> Bank:
        return load(self.settings.content)

    @cached_property
    def store(self) -> "EventStore":
        from interviewer.storage.events import EventStore

        return EventStore(self.settings.database)

    @cached_property
    def embedder(self) -> "Embedder":
        from interviewer.library.embedder import MiniLM

        return self._given_embedder or MiniLM()

    @cached_property
    def library(self) -> "Library":
        from interviewer.library.search import Library

        return Library(self.settings, self._documents, self.embedder)

    @cached_property
    def model(self) -> "Model":
        from interviewer.llm.model import Model

        return Model(self.settings)

    @cached_property
    def readings(self) -> "Readings":
        from interviewer.evidence.reader import Reader
        from interviewer.evidence.readings import Readings

        return Readings(self.bank, Reader(self.embedder))

    @cached_property
    def intake(self) -> "Intake":
        from interviewer.grading.intake import Intake

        return Intake(self.bank, self.embedder)

    @cached_property
    def comparison(self) -> "Comparison":
        """Answers to questions outside the bank, beside shipped passages; never beside a user's own documents."""
        from interviewer.evidence.compared import Comparison, Remembered
        from interviewer.evidence.reference import ReferenceScorer
        from interviewer.library.expected import ExpectedTexts

        scorer = ReferenceScorer(Remembered(self.embedder))
        return Comparison(ExpectedTexts(self._expected, self.embedder), scorer, self.embedder)

    @cached_property
    def examiner(self) -> "Examiner":
        """Runs solutions; it raises SandboxUnavailable when asked to where code must not run."""
        from interviewer.coding.examiner import Examiner
        from interviewer.coding.oracle import Oracle
        from interviewer.coding.sandbox import sandbox_for

        oracle = Oracle(self._problem_folder)
        served = not self.settings.local
        return Examiner(lambda: sandbox_for(self.settings.sandbox, served), oracle, os.cpu_count() or 2)

    @cached_property
    def code_reader(self) -> "CodeReader":
        from interviewer.coding.measured import Measured
        from interviewer.grading.code import CodeReader

        measure = Measured(self.examiner.growth, self.settings.home / "growth.jsonl")
        return CodeReader(lambda problem, code: self.examine(problem, code, "submit"), measure)

    def examine(self, problem: Problem, code: str, kind: RunKind) -> Examined:
        """Run the examples, or for "submit" every test. Raises SandboxUnavailable where code must not run."""
        examiner = self.examiner
        return examiner.run(problem, code) if kind == "run" else examiner.submit(problem, code)

    def _problem_folder(self, problem: str) -> Path:
        root = shipped() if self.settings.content is None else chosen(self.settings.content)
        return root / "corpus" / "problems" / problem

    def shipped_solution(self, problem: str, kind: str) -> str | None:
        """The text of a solution that comes with the problem: "fast", "simple", or the first that is "wrong"."""
        folder = self._problem_folder(problem)
        files = sorted((folder / "wrong").glob("*.py")) if kind == "wrong" else [folder / "solutions" / f"{kind}.py"]
        return files[0].read_text(encoding="utf-8") if files and files[0].is_file() else None

    @cached_property
    def voice(self) -> "Voice":
        from interviewer.interviewing.voice import Voice

        return Voice(self.model, self.settings.context_tokens)

    @cached_property
    def interviews(self) -> "Interviews":
        return self.interviews_in(self.store)

    def interviews_in(self, store: "EventStore", *, simulated: bool = False) -> "Interviews":
        """Interviews over another store, or on the simulated clock."""
        from interviewer.interviewing.interviews import Interviews

        return Interviews(
            self.bank,
            store,
            self.readings,
            self.voice,
            simulated=simulated,
            warm=self._read_ahead,
            retold=self.intake.retold,
            examine=self.examine,
        )

    @cached_property
    def grader(self) -> "Grader":
        return self._grader(self.readings)

    @cached_property
    def judge(self) -> "Judge":
        """The configured model as a judge. Raises BadInput when there is none that can judge."""
        from interviewer.grading.judge import Remembering
        from interviewer.llm.yes_no import YesNo

        if self.model.endpoint.kind != "remote":
            raise BadInput(
                "--judge both needs a capable language model, and the embedded one was measured to be no use as a "
                "judge: set OPENAI_API_KEY, or OPENAI_BASE_URL to another server, and INTERVIEWER_MODEL to the "
                "model's name; or use --judge rules"
            )
        return Remembering(YesNo(self.model))

    def made_with(self, model: str | None = None) -> dict[str, str]:
        """What a scorecard or an interview was made with; `model` defaults to the one configured."""
        return {
            "judge": "rules",
            "model": (self.model.status.model or "none") if model is None else model,
            "rubrics": self.bank.digests["rubrics"],
            "corpus": self.bank.digests["corpus"],
            "version": interviewer.version(),
        }

    def plan(
        self,
        preset: str,
        level: Level,
        seed: int,
        *,
        rounds: Sequence[RoundTemplate] | None = None,
        kind: RoundKind | None = None,
        principle: str | None = None,
        topic: str = "",
    ) -> LoopPlan:
        """A plan for a preset, its rounds edited if given; `topic` may be a topic, a resume or both.

        Raises BadInput for a preset, principle or kind that does not exist.
        """
        from interviewer.interviewing.planner import plan_drill, plan_loop

        template = self.bank.loops.get(preset)
        if template is None:
            raise BadInput(f"there is no preset {preset!r}; choose one of {', '.join(self.bank.loops)}")
        if preset == "drill":
            questions, drilled = self._drill(principle, topic, kind)
            return plan_drill(self.bank, template, level, seed, questions, drilled)
        if rounds is not None:
            template = template.model_copy(update={"rounds": tuple(rounds)})
        if kind is not None:
            only = tuple(r for r in template.rounds if r.kind == kind)
            if not only:
                raise BadInput(f"the preset {preset!r} has no {kind} round; choose another round or preset")
            template = template.model_copy(update={"rounds": only[:1], "bar_raiser": False})
        if not template.rounds:
            raise BadInput("the loop has no rounds; keep at least one")
        return plan_loop(self.bank, template, level, seed, self._focus(topic))

    def preset(self, wanted: str) -> str:
        """`wanted` where the content has such a loop; another content folder may have only its own, then its first."""
        return wanted if wanted in self.bank.loops else next(iter(self.bank.loops))

    def next_seed(self) -> int:
        """The seed after the one of the interview that was used last, so that its questions do not come again; the
        first is drawn by chance."""
        latest = next(iter(self.titles()), None)
        return secrets.randbelow(1_000_000) if latest is None else latest[1].plan.seed + 1

    def start(self, plan: LoopPlan, title: str = "", focus: str = "") -> str:
        """Store a new interview and return its id."""
        return self.interviews.start(plan, self.made_with(), title, focus)

    def scorecard(self, interview: Interview) -> Scorecard:
        """The scorecard of what has been said so far."""
        return self.grade(interview.transcript())

    def grade(self, transcript: Transcript, judge: Judging = "rules") -> Scorecard:
        """With `both`, what the rules leave open is put to the configured model; see `judge`."""
        if judge == "rules":
            return self.grader.grade(transcript, self.made_with(transcript.made_with.get("model", "none")))
        from interviewer.grading.judge import JudgedReadings

        judged = JudgedReadings(self.readings, self.judge)
        return judged.noted(self._grader(judged).grade(transcript, self.made_with() | {"judge": judge}))

    def probe(self, transcript: Transcript) -> "OutsideMove":
        """The next move after a transcript made anywhere."""
        from interviewer.interviewing.outside import next_move_for

        annotated = self.intake.annotated(transcript)
        return next_move_for(annotated, self.bank, self.readings, self.voice, self.intake.subject, self.intake.retold)

    def titles(self) -> list[tuple[str, InterviewStarted, str]]:
        """Every stored interview: id, its first event, when something last happened in it."""
        return [(s.id, s.first, s.last) for s in self.store.interviews() if isinstance(s.first, InterviewStarted)]

    def warm(self) -> None:
        """Begin loading what the first answer will need, in the background."""
        self.model.start()
        self.library.warm()
        threading.Thread(target=self._read_prompt_in, daemon=True, name="read prompt in").start()

    def close(self) -> None:
        """Stop what runs beside us. Parts that were never made are left unmade."""
        for name in ("model", "library", "store"):
            if name in self.__dict__:
                self.__dict__[name].close()

    def _grader(self, readings: "Reads") -> "Grader":
        from interviewer.grading.scorecard import Grader

        return Grader(self.bank, self.intake, readings, self._passage_for, self.comparison, self.code_reader)

    def _read_prompt_in(self) -> None:
        """What is the same in every prompt is read once, before the first answer waits for it."""
        from interviewer.llm.prompt_file import load_prompt

        if self.model.wait().state == "ready":
            self.model.warm(load_prompt("follow_up").prefix)

    def _read_ahead(self, messages: list[tuple[str, str]]) -> None:
        if self.model.ready:
            self.model.warm(messages)

    def _passage_for(self, query: str) -> str | None:
        try:
            hits = self.library.search(query, 1, ("guide", "user"))
        except LibraryUnavailable as fault:
            log.warning("the study plan cites nothing: %s", fault)
            return None
        return hits[0].id if hits else None

    def _focus(self, topic: str) -> Mapping[str, float]:
        if not topic.strip():
            return {}
        return {hit.document: hit.score for hit in self.library.nearest_questions(topic, 40)}

    def _drill(self, principle: str | None, topic: str, kind: RoundKind | None) -> tuple[list[Question], RoundKind]:
        from interviewer.interviewing.planner import ITEMS

        if principle is not None:
            if principle not in self.bank.principles:
                raise BadInput(f"there is no principle {principle!r}; choose one of {', '.join(self.bank.principles)}")
            return list(self.bank.principles[principle].questions), "behavioral"
        near = [self.bank.question(i) for i in self._focus(topic)]
        found = [q for q in near if q is not None]
        if kind is not None:
            rubric = self.bank.rounds[ITEMS] if kind == ITEMS else self.bank.round_rubric(kind)
            pool = found or list(self.bank.all_questions())
            found = [q for q in pool if rubric is not None and q.rubric == rubric.id]
        else:
            found = [q for q in found if not q.options]
        if not found:
            raise BadInput("a drill needs a principle or a topic: say which one to practise")
        first = found[0].rubric
        same = [q for q in found if q.rubric == first][:_DRILL_QUESTIONS]
        return same, "behavioral" if first in self.bank.principles else self._kind_of(first)

    def _kind_of(self, rubric_id: str) -> RoundKind:
        kinds = self.bank.rounds[rubric_id].kinds
        return kinds[0] if kinds else "hiring_manager"

    def _guides(self) -> "list[Document]":
        from interviewer.library.documents import from_markdown

        return [from_markdown(g.id, g.title, g.text) for g in self.bank.guides.values()]

    def _expected(self) -> "list[Document]":
        """Guides and reference answers: what a right answer may be compared with."""
        from interviewer.library.documents import from_markdown

        answered = [q for q in self.bank.questions.values() if q.reference and not q.options]
        return [
            *self._guides(),
            *(from_markdown(q.id, q.topic or q.rubric, q.reference, kind="question") for q in answered),
        ]

    def _documents(self) -> "list[Document]":
        from interviewer.library.documents import Document

        rubrics = [*self.bank.principles.values(), *self.bank.rounds.values()]
        written = [
            Document(id=r.id, source=f"{r.id}.yaml", title=r.name, kind="rubric", text=_rubric_text(r)) for r in rubrics
        ]
        questions = [
            Document(
                id=q.id, source=q.id, title=q.topic or q.rubric, kind="question", text=f"{q.topic}\n\n{q.text}".strip()
            )
            for q in self.bank.all_questions()
        ]
        return [*self._guides(), *written, *questions]


def _rubric_text(rubric: Rubric) -> str:
    parts = [f"# {rubric.name}", rubric.summary]
    for criterion in rubric.criteria:
        parts.append(f"## {criterion.name}")
        parts += [f"- Level {level}: {text}" for level, text in sorted(criterion.anchors.items())]
        parts += [f"- At {level}: {text}" for level, text in criterion.levels.items()]
    return "\n\n".join(parts)
