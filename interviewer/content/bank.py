"""The bank: everything that rubrics/ and corpus/ say, loaded, checked against itself, and found by id."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from interviewer.content.gaps import Stock, refuse_gaps
from interviewer.content.place import chosen, shipped
from interviewer.content.yaml_file import YamlFile, read_text
from interviewer.domain.base import Value
from interviewer.domain.loop import LoopTemplate, Persona
from interviewer.domain.question import Principle, Problem, Question, Topic
from interviewer.domain.rubric import CHOICE_SIGNALS, CLAIM_SIGNALS, STORY_SIGNALS, RoundKind, RoundRubric, Rubric
from interviewer.errors import ContentError

_LOOPS = "rubrics/loops.yaml"
Item = TypeVar("Item", Persona, LoopTemplate, Principle, RoundRubric, Question, Topic)


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

    A folder whose files are what they were is not parsed again. Raises ContentError naming file, line and field of the
    first fault.
    """
    root = shipped() if folder is None else chosen(folder)
    return _loaded(root, _digest(root / "rubrics"), _digest(root / "corpus"))


@lru_cache(maxsize=4)
def _loaded(root: Path, rubrics: str, corpus: str) -> Bank:
    """The bank in `root` while its files have these digests."""
    principles: dict[str, Principle] = {}
    for file in _files(root, "rubrics/principles"):
        _add(principles, _principle(file), file, ())
    rounds = _rounds(root)
    topics = _listed(root, "corpus/topics.yaml", "topics", Topic)
    bank = Bank(
        folder=root,
        principles=principles,
        rounds=rounds,
        personas=_listed(root, "rubrics/personas.yaml", "personas", Persona),
        loops=_listed(root, _LOOPS, "loops", LoopTemplate),
        questions=_questions(root, set(principles) | set(rounds), topics),
        problems={p.id: p for p in map(_problem, _problem_files(root))},
        guides={g.id: g for g in map(_guide, sorted((root / "corpus/guides").glob("*.md")))},
        topics=topics,
        digests={"rubrics": rubrics, "corpus": corpus},
    )
    _refuse_repeated_ids(bank)
    if bank.problems and "coding" not in rounds:
        raise ContentError("corpus/problems: rubric: problems are judged by 'coding'; add rubrics/rounds/coding.yaml")
    stock = Stock(set(principles), rounds, bank.personas, bank.questions, bank.problems)
    refuse_gaps(YamlFile(root / _LOOPS, _LOOPS), list(bank.loops.values()), stock)
    return bank


def _files(root: Path, folder: str) -> list[YamlFile]:
    for unread in sorted((root / folder).glob("*.yml")):
        raise ContentError(f"{folder}/{unread.name}: is not read; rename it, the ending has to be .yaml")
    return [YamlFile(path, f"{folder}/{path.name}") for path in sorted((root / folder).glob("*.yaml"))]


def _problem_files(root: Path) -> list[YamlFile]:
    """One of every folder; a folder without one is refused as a file that is missing."""
    folders = [f for f in sorted((root / "corpus/problems").glob("[!._]*")) if f.is_dir()]
    return [YamlFile(f / "problem.yaml", f"corpus/problems/{f.name}/problem.yaml") for f in folders]


def _add(found: dict[str, Item], item: Item, file: YamlFile, at: tuple[str | int, ...]) -> None:
    """Keep `item`, which stands at `at` in `file`, unless its id is taken."""
    if item.id in found:
        raise file.fault((*at, "id"), f"{item.id!r} is the id of another one too; rename one of them")
    found[item.id] = item


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
    found: dict[str, RoundRubric] = {}
    for file, rubric in read:
        _add(found, rubric, file, ())
    computed = {*STORY_SIGNALS, *CLAIM_SIGNALS, *CHOICE_SIGNALS}
    for file, rubric in read:
        others = {s.id for _, r in read if r is not rubric for s in r.signals} | computed
        for place, signal in enumerate(rubric.signals if rubric.covers != "questions" else ()):
            if signal.id in others:
                at = ("signals", place, "id")
                raise file.fault(at, f"{signal.id!r} is a signal elsewhere too; this rubric covers a round, rename it")
    return found


def _problem(file: YamlFile) -> Problem:
    data = {"rubric": "coding", **file.data} if isinstance(file.data, dict) else file.data
    problem = file.parse(Problem, data)
    if problem.id != file.path.parent.name:
        raise file.fault(("id",), f"is {problem.id!r}, but the folder is called {file.path.parent.name!r}")
    return problem


def _questions(root: Path, rubrics: set[str], topics: dict[str, Topic]) -> dict[str, Question]:
    found: dict[str, Question] = {}
    with_topics = {topic.rubric for topic in topics.values()}
    for file in _files(root, "corpus/questions"):
        listed = _list_in(file, "questions")
        shared = {key: file.data[key] for key in ("rubric", "topic") if key in file.data}
        for place, data in enumerate(listed):
            at = ("questions", place)
            question = file.parse(Question, {**shared, **data} if isinstance(data, dict) else data, at)
            if question.rubric not in rubrics:
                raise file.fault(
                    (*at, "rubric"), f"{question.rubric!r} is no rubric; rubrics/ has {', '.join(sorted(rubrics))}"
                )
            if question.rubric in with_topics and question.topic not in topics:
                here = at if isinstance(data, dict) and "topic" in data else ()
                raise file.fault(
                    (*here, "topic"), f"{question.topic!r} is not in corpus/topics.yaml; add or correct it"
                )
            _add(found, question, file, at)
    return found


def _listed(root: Path, name: str, key: str, model: type[Item]) -> dict[str, Item]:
    file = YamlFile(root / name, name)
    found: dict[str, Item] = {}
    for place, data in enumerate(_list_in(file, key)):
        _add(found, file.parse(model, data, (key, place)), file, (key, place))
    return found


def _list_in(file: YamlFile, key: str) -> list[object]:
    value = file.data.get(key) if isinstance(file.data, dict) else None
    if not isinstance(value, list):
        raise file.fault((key,), "is missing; the file holds a list under this name")
    return value


def _guide(path: Path) -> Guide:
    text = read_text(path, f"corpus/guides/{path.name}")
    first = text.split("\n", 1)[0]
    if not first.startswith("# "):
        raise ContentError(f"corpus/guides/{path.name}:1: title: a guide begins with a line '# Title'")
    return Guide(id=path.stem, title=first[2:].strip(), text=text)


def _refuse_repeated_ids(bank: Bank) -> None:
    groups: dict[str, Iterable[Question]] = {
        **{f"the principle {p.id}": p.questions for p in bank.principles.values()},
        "corpus/questions": bank.questions.values(),
        "corpus/problems": bank.problems.values(),
    }
    seen: dict[str, str] = {}
    for where, group in groups.items():
        for question in group:
            if question.id in seen:
                first = seen[question.id]
                raise ContentError(f"the question id {question.id!r} is used twice, in {first} and {where}; rename one")
            seen[question.id] = where


def _digest(folder: Path) -> str:
    """A short digest of every data file's path and bytes, in order of path."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        name = path.relative_to(folder).as_posix()
        try:
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
        except OSError as fault:
            raise ContentError(
                f"{folder.name}/{name}: cannot be read ({fault}); let it be read, or remove it"
            ) from fault
    return digest.hexdigest()[:16]
