"""The example of docs/content.md: it loads, plans a loop, reads as the document says, and is quoted there word for word.

Not covered: whether the document names every field.
"""

import re
from pathlib import Path

import pytest

from interviewer.content.bank import Bank, load
from interviewer.evaluation.content import LEAST, faults
from interviewer.evidence.roles import read_roles
from interviewer.interviewing.planner import plan_loop

HERE = Path(__file__).parent
EXAMPLE = HERE / "data" / "content_example"
DOCUMENT = (HERE.parent / "docs" / "content.md").read_text(encoding="utf-8")
EXCERPTS = re.findall(r"^```yaml\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)
FILES = {p.relative_to(EXAMPLE): " ".join(p.read_text(encoding="utf-8").split()) for p in EXAMPLE.rglob("*.yaml")}


@pytest.fixture(scope="module")
def example() -> Bank:
    return load(EXAMPLE)


def test_the_ids_that_the_document_names_are_loaded(example):
    found = {
        *example.principles, *example.rounds, *example.questions, *example.guides, *example.topics,
        *example.personas, *example.loops,
    }  # fmt: skip
    assert found == {
        "leave_it_mended", "system_design", "run-it-twice", "loads-that-can-be-repeated", "pipelines",
        "ilse-brandt", "tomas-rehak", "data-engineer",
    }  # fmt: skip
    assert [i for i in sorted(found) if i not in DOCUMENT] == []


@pytest.mark.parametrize("excerpt", EXCERPTS, ids=lambda e: e.split("\n")[0].strip())
def test_every_excerpt_stands_in_a_file_of_the_example(excerpt):
    assert [name for name, text in FILES.items() if " ".join(excerpt.split()) in text]


def test_the_document_has_excerpts():
    assert len(EXCERPTS) >= 5


@pytest.mark.parametrize("seed", range(3))
def test_its_loop_can_be_planned(example, seed):
    plan = plan_loop(example, example.loops["data-engineer"], "L5", seed)
    assert [q.question_id for q in plan.rounds[0].questions] == ["run-it-twice"]
    assert plan.rounds[1].principles == ("leave_it_mended",)


def test_the_check_finds_it_only_small(example):
    allowed = {f"{kind}, {number} are needed" for kind, number in LEAST.items()}
    others = [f for f in faults(example) if f.split(" ", 1)[1] not in allowed]
    assert others == ["topic pipelines: 1 questions, 2 are needed"]


@pytest.mark.parametrize(
    ("answer", "stated", "contradicted"),
    [
        ("Appending doubles the rows.", {"append-doubles"}, set()),
        ("Overwriting doubles the rows.", set(), {"append-doubles"}),
        ("Overwriting does not double the rows.", {"append-doubles"}, set()),
        ("Overwriting gives the same table.", {"overwrite-repeats"}, set()),
        ("Appending gives the same table.", set(), {"overwrite-repeats"}),
        ("You can merge without a key.", set(), {"key-for-merge"}),
        ("Some people think that appending gives the same table.", set(), set()),
        ("Appending gives the same table. Overwriting gives the same table.", {"overwrite-repeats"}, set()),
    ],
)
def test_its_phrases_read_as_the_document_says(example, answer, stated, contradicted):
    right, wrong = read_roles(answer, example.questions["run-it-twice"])
    assert (set(right), set(wrong)) == (stated, contradicted)


def test_its_reference_contradicts_nothing(example):
    question = example.questions["run-it-twice"]
    assert not read_roles(question.reference, question)[1]
