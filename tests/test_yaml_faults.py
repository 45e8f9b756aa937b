"""A broken data file is reported as file, line and field, in one sentence."""

import shutil
from pathlib import Path

import pytest

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
