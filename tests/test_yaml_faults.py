"""A broken data file is reported as file, line and field, in one sentence."""

import shutil
from pathlib import Path

import pytest
import yaml

from interviewer.content.bank import load
from interviewer.content.place import shipped
from interviewer.errors import ContentError


@pytest.fixture
def folder(tmp_path):
    for name in ("rubrics", "corpus"):
        shutil.copytree(shipped() / name, tmp_path / name)
    return tmp_path


def edited(folder: Path, name: str, old: str, new: str) -> str:
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ContentError) as fault:
        load(folder)
    return str(fault.value)


def line_of(folder: Path, name: str, words: str) -> int:
    return next(n for n, line in enumerate((folder / name).read_text().splitlines(), 1) if words in line)


DIVE = "rubrics/principles/dive_deep.yaml"


def test_a_missing_field_is_named(folder):
    message = edited(folder, DIVE, "often: 3\n", "oftn: 3\n")
    assert DIVE in message
    assert "oftn" in message


def test_a_wrong_value_is_named_with_its_line(folder):
    message = edited(folder, DIVE, "weight: 2", "weight: heavy")
    assert message.startswith(f"{DIVE}:{line_of(folder, DIVE, 'weight: heavy')}: criteria.0.weight:")


def test_broken_yaml_is_named_with_its_line(folder):
    message = edited(folder, DIVE, "name: Dive Deep", "name: [Dive Deep")
    assert message.startswith(f"{DIVE}:")
    assert "not valid YAML" in message


def test_a_signal_that_does_not_exist_is_named(folder):
    assert "'rot_cause'" in edited(
        folder, DIVE, "signals: [root_cause, action]", "signals: [rot_cause, root_cause, action]"
    )


def test_a_missing_anchor_is_named(folder):
    assert "anchors for [3]" in edited(
        folder, DIVE, "      3: Names a plausible cause without saying how it was established.\n", ""
    )


def test_a_key_that_stands_twice_is_named(folder):
    assert "stands twice" in edited(folder, DIVE, "often: 3", "often: 3\noften: 2")


def test_the_same_question_id_twice_is_named(folder):
    assert "used twice" in edited(folder, DIVE, "id: dive_deep-root-cause", "id: dive_deep-metric-looked-fine")


def test_a_problem_in_the_wrong_folder_is_named(folder):
    (folder / "corpus/problems/coin-change").rename(folder / "corpus/problems/coins")
    with pytest.raises(ContentError, match="folder is called 'coins'"):
        load(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("rubrics/personas.yaml", "id: marisol-quintero", "id: ngozi-adeyemi", "id: ngozi-adeyemi"),
        ("rubrics/loops.yaml", "id: express", "id: onsite", "id: onsite"),
        ("corpus/topics.yaml", "id: normalisation", "id: transformers", "id: transformers"),
    ],
)
def test_an_id_that_a_list_has_twice_is_named(folder, name, old, new, line):
    message = edited(folder, name, old, new)
    lines = [n for n, text in enumerate((folder / name).read_text().splitlines(), 1) if line in text]
    assert message.startswith(tuple(f"{name}:{n}:" for n in lines))
    assert "of another one too" in message


@pytest.mark.parametrize("folder_name", ["rubrics/principles", "rubrics/rounds"])
def test_a_copied_file_that_keeps_its_id_is_named(folder, folder_name):
    first = sorted((folder / folder_name).glob("*.yaml"))[0]
    shutil.copy(first, first.with_name("zz.yaml"))
    with pytest.raises(ContentError, match=r"zz\.yaml:1: id: .* of another one too"):
        load(folder)


def test_a_topic_that_is_not_listed_is_named(folder):
    message = edited(folder, "corpus/questions/optimisers.yaml", "topic: optimisers", "topic: optimizers")
    assert message.startswith("corpus/questions/optimisers.yaml:2: topic: 'optimizers' is not in corpus/topics.yaml")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("corpus/questions/new.yaml", b"", ":1: questions: is missing"),
        (
            "corpus/questions/new.yaml",
            b'# mine\nrubric: "ml_depth\n',
            ":2: not valid YAML: a quotation mark is opened here",
        ),
        ("corpus/questions/new.yml", b"rubric: ml_depth\n", ": is not read; rename it"),
        ("corpus/guides/new.md", "# Café\n".encode("latin-1"), "must be a UTF-8 text file"),
        ("corpus/problems/new/notes.txt", b"", "corpus/problems/new/problem.yaml: is missing"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(folder, name, data, says):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    with pytest.raises(ContentError) as fault:
        load(folder)
    assert says in str(fault.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("name: Dive Deep", "name: Dive: Deep", "2: not valid YAML: a text with ': ' in it needs quotation marks"),
        ("name: Dive Deep", "\tname: Dive Deep", "2: not valid YAML: there is a tab; use spaces"),
        ("name: Dive Deep", "name: 16", "2: name: has to be a text; put quotation marks round it"),
        ("id: dive_deep\n", "id: Dive Deep\n", "1: id: is no id; use lower-case letters"),
    ],
)
def test_slips_are_named_in_plain_words(folder, old, new, says):
    assert edited(folder, DIVE, old, new).startswith(f"{DIVE}:{says}")


def test_every_file_suits_any_reader_of_yaml(folder):
    """The one in C that is used where it is there is more lenient than the one in Python."""
    for path in [*folder.rglob("*.yaml"), *(Path(__file__).parent / "data").rglob("*.yaml")]:
        if path.parent.parent.name != "problems":  # slow to read, and tests in flow style hold no questions
            yaml.load(path.read_text(), Loader=yaml.SafeLoader)
