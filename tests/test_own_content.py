"""Another content folder by INTERVIEWER_CONTENT: it is interviewed from, and what it lacks is one clear sentence."""

import json
import shutil
from pathlib import Path

import pytest

from interviewer.content.bank import load
from interviewer.errors import ContentError
from tests.test_cli import run, transcript  # noqa: F401 - fixtures

EXAMPLE = Path(__file__).parent / "data" / "content_example"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "content")


@pytest.fixture
def candidate(tmp_path):
    path = tmp_path / "candidate.yaml"
    path.write_text("name: short\nanswers: []\notherwise: I rewrote the load, and the rows were right again.\n")
    return path


def test_the_example_is_interviewed_from_in_the_terminal(run, monkeypatch, tmp_path, candidate):  # noqa: F811
    monkeypatch.setenv("INTERVIEWER_CONTENT", str(EXAMPLE))
    done = run("simulate", "--candidate", candidate, "--seed", "1", "--out", tmp_path / "o", "--model", "none")
    assert done.returncode == 0, done.stderr
    played = json.loads((tmp_path / "o" / "transcript.json").read_text())
    assert [r["kind"] for r in played["rounds"]] == ["system_design", "behavioral"]
    assert played["rounds"][0]["turns"][0]["question_id"] == "run-it-twice"
    assert played["rounds"][1]["principles"] == ["leave_it_mended"]
    assert played["made_with"]["corpus"] == load(EXAMPLE).digests["corpus"]


def test_its_loop_has_a_name_that_the_terminal_takes(run, monkeypatch, tmp_path, candidate):  # noqa: F811
    monkeypatch.setenv("INTERVIEWER_CONTENT", str(EXAMPLE))
    args = ("simulate", "--candidate", candidate, "--out", tmp_path / "o", "--model", "none", "--preset")
    assert run(*args, "data-engineer").returncode == 0
    done = run(*args, "onsite")
    assert done.returncode == 2
    assert "choose one of data-engineer" in done.stderr


def test_without_the_setting_the_shipped_content_is_loaded(run, monkeypatch, transcript):  # noqa: F811
    monkeypatch.setenv("INTERVIEWER_CONTENT", "")
    done = run("grade", transcript(), "--json", "--model", "none")
    assert json.loads(done.stdout)["made_with"]["rubrics"] == load().digests["rubrics"]


LACKS = [
    (lambda f: shutil.rmtree(f), "INTERVIEWER_CONTENT: ", "is no folder; name one that holds rubrics/ and corpus/"),
    (lambda f: shutil.rmtree(f / "corpus"), "INTERVIEWER_CONTENT: ", "has no folder corpus/; make one"),
    (lambda f: (f / "rubrics/personas.yaml").unlink(), "rubrics/personas.yaml: ", "is missing; add it"),
    (lambda f: (f / "corpus/topics.yaml").unlink(), "corpus/topics.yaml: ", "is missing; add it"),
    (
        lambda f: shutil.rmtree(f / "rubrics/principles"),
        "rubrics/loops.yaml:8: loops.0.rounds.1.principles: ",
        "asks for 1 in all and there are 0 files in rubrics/principles/",
    ),
    (
        lambda f: (f / "corpus/questions/pipelines.yaml").unlink(),
        "rubrics/loops.yaml:7: loops.0.rounds.0.questions: ",
        "corpus/questions/ has 0 with the rubric 'system_design'; add more or ask for fewer",
    ),
    (
        lambda f: _swap(f / "rubrics/loops.yaml", "kind: behavioral", "kind: ml_depth"),
        "rubrics/loops.yaml:8: loops.0.rounds.1.kind: ",
        "no persona takes ml_depth rounds; add the kind",
    ),
    (
        lambda f: _swap(f / "rubrics/loops.yaml", "questions: 1", "problems: 1"),
        "rubrics/loops.yaml:7: loops.0.rounds.0.problems: ",
        "there are 0 folders in corpus/problems/",
    ),
    (
        lambda f: (f / "rubrics/loops.yaml").write_text("loops: []\n"),
        "rubrics/loops.yaml:1: loops: ",
        "is empty; add a loop",
    ),
]


def _swap(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(("break_it", "where", "what"), LACKS, ids=[w for _, _, w in LACKS])
def test_a_folder_that_lacks_something_is_refused_in_one_sentence(folder, break_it, where, what):
    break_it(folder)
    with pytest.raises(ContentError) as fault:
        load(folder)
    message = str(fault.value)
    assert message.startswith(where)
    assert what in message
    assert "\n" not in message


def test_the_terminal_says_it_with_exit_2(run, monkeypatch, folder, transcript):  # noqa: F811
    (folder / "rubrics/loops.yaml").unlink()
    monkeypatch.setenv("INTERVIEWER_CONTENT", str(folder))
    done = run("grade", transcript(), "--model", "none")
    assert done.returncode == 2
    assert done.stderr.startswith("interviewer: rubrics/loops.yaml: is missing; add it")
    assert done.stderr.count("\n") == 1
