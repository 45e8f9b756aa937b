"""The bank: everything that rubrics/ and corpus/ say, loaded, checked against itself, and found by id."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from interviewer.content.gaps import Stock, refuse_gaps
from interviewer.content.place import chosen, shipped
from interviewer.content.yaml_file import YamlFile
from interviewer.domain.base import Value
from interviewer.domain.loop import LoopTemplate, Persona
from interviewer.domain.question import Principle, Problem, Question, Topic
from interviewer.domain.rubric import CHOICE_SIGNALS, CLAIM_SIGNALS, STORY_SIGNALS, RoundKind, RoundRubric, Rubric
from interviewer.errors import ContentError

_LOOPS = "rubrics/loops.yaml"
Item = TypeVar("Item", Persona, LoopTemplate, Question, Topic)


class Guide(Value):
    """An article of the library: Markdown with one `#` title and `##` headings."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Bank:
    """`folder` is where it was loaded from."""

    folder: Path
    principles: dict[str, Principle]
    rounds: dict[str, RoundRubric]
    personas: dict[str, Persona]
    loops: dict[str, LoopTemplate]
    questions: dict[str, Question]
    problems: dict[str, Problem]
    guides: dict[str, Guide]
    topics: dict[str, Topic]
    digests: dict[str, str]

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        own = {q.id: q for p in self.principles.values() for q in p.questions}
        return {**own, **self.questions, **self.problems}

    def question(self, question_id: str) -> Question | None:
        """A principle's question, a technical one or a problem; None for an id that the bank does not have."""
        return self._by_id.get(question_id)

    def all_questions(self) -> Iterable[Question]:
        return self._by_id.values()

    def rubric(self, rubric_id: str) -> Rubric:
        return self.principles.get(rubric_id) or self.rounds[rubric_id]

    def round_rubric(self, kind: RoundKind) -> RoundRubric | None:
        """The rubric of a round's own questions; None where the round is about principles only."""
        return next((r for r in self.rounds.values() if kind in r.kinds and r.covers == "questions"), None)

    def covering(self, kind: RoundKind, bar_raiser: bool) -> tuple[RoundRubric, ...]:
        """The rubrics that judge every answer of such a round, beside those of its questions."""
        return tuple(
            r
            for r in self.rounds.values()
            if (r.covers == "round" and kind in r.kinds) or (r.covers == "bar_raiser_round" and bar_raiser)
        )


def load(folder: Path | None = None) -> Bank:
    """Load and cross-check a folder that holds `rubrics/` and `corpus/` (default: the shipped one).

    Raises ContentError naming file, line and field of the first fault.
    """
    root = shipped() if folder is None else chosen(folder)
    principles = {p.id: p for p in (_principle(f) for f in _files(root, "rubrics/principles"))}
    rounds = _rounds(root)
    bank = Bank(
        folder=root,
        principles=principles,
        rounds=rounds,
        personas=_listed(root, "rubrics/personas.yaml", "personas", Persona),
        loops=_listed(root, _LOOPS, "loops", LoopTemplate),
        questions=_questions(root, set(principles) | set(rounds)),
        problems={p.id: p for p in (_problem(f) for f in _files(root, "corpus/problems", "*/problem.yaml"))},
        guides={g.id: g for g in map(_guide, sorted((root / "corpus/guides").glob("*.md")))},
        topics=_listed(root, "corpus/topics.yaml", "topics", Topic),
        digests={"rubrics": _digest(root / "rubrics"), "corpus": _digest(root / "corpus")},
    )
    _refuse_repeated_ids(bank)
    if bank.problems and "coding" not in rounds:
        raise ContentError("corpus/problems: rubric: problems are judged by 'coding'; add rubrics/rounds/coding.yaml")
    stock = Stock(set(principles), rounds, bank.personas, bank.questions, bank.problems)
    refuse_gaps(YamlFile(root / _LOOPS, _LOOPS), list(bank.loops.values()), stock)
    return bank


def _files(root: Path, folder: str, pattern: str = "*.yaml") -> list[YamlFile]:
    return [YamlFile(path, str(path.relative_to(root))) for path in sorted((root / folder).glob(pattern))]


def _principle(file: YamlFile) -> Principle:
    data = dict(file.data) if isinstance(file.data, dict) else {}
    listed = data.get("questions")
    questions = listed if isinstance(listed, list) else []
    data["questions"] = [{"rubric": data.get("id"), **q} if isinstance(q, dict) else q for q in questions]
    principle = file.parse(Principle, data)
    for place, criterion in enumerate(principle.criteria):
        if unknown := [s for s in criterion.signals if s not in STORY_SIGNALS]:
            raise file.fault(
                ("criteria", place, "signals"), f"{unknown[0]!r} is not a signal of a story; use one of {STORY_SIGNALS}"
            )
    return principle


def _rounds(root: Path) -> dict[str, RoundRubric]:
    """Signals of a rubric that covers a round are read beside those of every other, so they need names of their own."""
    read = [(file, file.parse(RoundRubric)) for file in _files(root, "rubrics/rounds")]
    computed = {*STORY_SIGNALS, *CLAIM_SIGNALS, *CHOICE_SIGNALS}
    for file, rubric in read:
        others = {s.id for _, r in read if r is not rubric for s in r.signals} | computed
        for place, signal in enumerate(rubric.signals if rubric.covers != "questions" else ()):
            if signal.id in others:
                at = ("signals", place, "id")
                raise file.fault(at, f"{signal.id!r} is a signal elsewhere too; this rubric covers a round, rename it")
    return {rubric.id: rubric for _, rubric in read}


def _problem(file: YamlFile) -> Problem:
    data = {"rubric": "coding", **file.data} if isinstance(file.data, dict) else file.data
    problem = file.parse(Problem, data)
    if problem.id != file.path.parent.name:
        raise file.fault(("id",), f"is {problem.id!r}, but the folder is called {file.path.parent.name!r}")
    return problem


def _questions(root: Path, rubrics: set[str]) -> dict[str, Question]:
    found: dict[str, Question] = {}
    for file in _files(root, "corpus/questions"):
        shared = {key: file.data[key] for key in ("rubric", "topic") if key in file.data}
        for place, data in enumerate(_list_in(file, "questions")):
            at = ("questions", place)
            question = file.parse(Question, {**shared, **data} if isinstance(data, dict) else data, at)
            if question.rubric not in rubrics:
                raise file.fault(
                    (*at, "rubric"), f"{question.rubric!r} is no rubric; rubrics/ has {', '.join(sorted(rubrics))}"
                )
            if question.id in found:
                raise file.fault((*at, "id"), f"{question.id!r} is the id of another question too")
            found[question.id] = question
    return found


def _listed(root: Path, name: str, key: str, model: type[Item]) -> dict[str, Item]:
    file = YamlFile(root / name, name)
    return {item.id: item for item in (file.parse(model, d, (key, i)) for i, d in enumerate(_list_in(file, key)))}


def _list_in(file: YamlFile, key: str) -> list[object]:
    value = file.data.get(key) if isinstance(file.data, dict) else None
    if not isinstance(value, list):
        raise file.fault((key,), "is missing; the file holds a list under this name")
    return value


def _guide(path: Path) -> Guide:
    text = path.read_text(encoding="utf-8")
    first = text.split("\n", 1)[0]
    if not first.startswith("# "):
        raise ContentError(f"corpus/guides/{path.name}:1: title: a guide begins with a line '# Title'")
    return Guide(id=path.stem, title=first[2:].strip(), text=text)


def _refuse_repeated_ids(bank: Bank) -> None:
    groups: list[Iterable[BaseModel]] = [
        [q for p in bank.principles.values() for q in p.questions],
        bank.questions.values(),
        bank.problems.values(),
    ]
    seen: set[str] = set()
    for item in (i for group in groups for i in group):
        identifier = getattr(item, "id")  # noqa: B009
        if identifier in seen:
            raise ContentError(f"the question id {identifier!r} is used twice in rubrics/ and corpus/; rename one")
        seen.add(identifier)


def _digest(folder: Path) -> str:
    """A short digest of every data file's path and bytes, in order of path."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
