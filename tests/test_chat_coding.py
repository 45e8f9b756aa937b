"""The coding room in the terminal: the commands, and what is told of a run. No model."""

import shutil
from pathlib import Path

import pytest

from interviewer.cli import main
from interviewer.errors import SandboxUnavailable, StorageUnavailable
from tests.coding_terminal import CODE, behavioral, editor, failing_once, ran, scratch, store, terminal, typist
from tests.doubles import HashingEmbedder

__all__ = ["behavioral", "editor", "scratch", "store", "terminal"]


@pytest.mark.parametrize(("minutes", "told"), [(240, "Coding, no fixed time"), (55, "Coding, 55 minutes")])
def test_a_round_is_announced_with_its_length(terminal, minutes, told):
    plan = terminal.interviews.view(terminal.id).plan
    held = plan.rounds[0].model_copy(update={"minutes": minutes})
    terminal.id = terminal.interviews.start(plan.model_copy(update={"rounds": (held,)}), {})
    assert f"--- Round 1 of 1: {told}" in terminal.types()


def test_the_commands_are_told_once(terminal):
    out = terminal.types("/show", "I would use a map.", "", "/show")
    assert out.count("/submit  hand the draft in") == 1
    assert terminal.types("/help").count("/submit  hand the draft in") == 2


def test_submit_tells_each_test_and_gives_no_hidden_one_away(terminal, editor):
    editor()
    out = terminal.types("/code", "/submit")
    assert terminal.examined == [("submit", CODE.rstrip("\n") + "\n")]
    told, line = out.split("Submitted: 1 of 3 tests passed.")[1].split("Interviewer:")
    for text in ("Example 1: wrong result", "Input     input of example-1", "Expected  value of example-1", "[9, 9]"):
        assert text in told
    assert "Example 2: passed" in told
    assert "Hidden test 1: wrong result" in told
    for text in ("secret", "[8, 8]", "example-2"):
        assert text not in out
    assert line.strip()


def test_what_is_to_be_known_of_a_run_is_told_under_its_result(terminal):
    terminal.note = "Your only function is called solve; it was run as two_sum."
    assert f"1 of 2 examples passed.\n{terminal.note}" in terminal.types("/run")


def test_run_tells_the_examples_alone(terminal):
    out = terminal.types("/run")
    assert "1 of 2 examples passed." in out
    assert "Hidden" not in out
    assert [kind for kind, _ in terminal.examined] == ["run"]


def test_what_the_code_printed_is_shortened_and_cannot_drive_the_terminal(terminal):
    terminal.printed = "\x1b[2Jred\n" + "more\n" * 500
    out = terminal.types("/run")
    assert "\x1b" not in out
    assert "[2Jred" in out
    assert out.count("    more\n") < 15
    assert "..." in out


def test_an_interviewer_that_keeps_silent_prints_nothing(terminal):
    terminal.tests = (ran("example-1"), ran("example-2"))
    terminal.types("/run")
    out = terminal.types("/run")
    assert "2 of 2 examples passed." in out
    assert "Interviewer:" not in out


@pytest.mark.parametrize(
    ("command", "begin"), [("/run", "Your code was not run"), ("/submit", "handed in, but it was")]
)
def test_without_a_sandbox_the_reason_is_told_and_the_code_is_handed_in(terminal, editor, command, begin):
    editor()
    terminal.fault = SandboxUnavailable("bubblewrap is not installed; install it")
    out = terminal.types("/code", command)
    assert begin in out
    assert "bubblewrap is not installed; install it" in out
    assert "return []" in terminal.said[-1]


def test_code_typed_between_fences_is_told_like_a_submission(terminal):
    assert "Submitted: 1 of 3" in terminal.types("```python", *CODE.splitlines(), "```", "")


def test_hint_is_asked_for_in_words(terminal):
    terminal.types("/hint")
    assert terminal.said == ["Could I have a hint, please?"]
    assert terminal.current.turns[-1].move == "hint"


@pytest.mark.parametrize("typed", ["/frobnicate", "/run it", "/Code"])
def test_an_unknown_command_is_one_sentence_and_is_not_said(terminal, typed):
    out = terminal.types(typed)
    assert f"There is no command {typed!r}" in out
    assert terminal.said == []


@pytest.mark.parametrize(
    "typed", ["// rounds down, as I recall", "/ divides", "/etc/hosts is a file", "/submit;ls", " /run is next"]
)
def test_a_slash_that_begins_no_command_is_speech(terminal, typed):
    terminal.types(typed, "")
    assert terminal.said == [typed.strip()]


def test_enter_after_a_command_is_no_answer(terminal):
    terminal.types("/show", "", "")
    assert terminal.said == []


@pytest.mark.parametrize("typed", ["/run", "/submit", "/code", "/anything"])
def test_without_an_open_problem_a_slash_is_an_answer_like_any_other(behavioral, editor, typed):
    out = behavioral.types(typed, "and more of it", "")
    assert behavioral.said == [f"{typed}\nand more of it"]
    assert "/submit  hand" not in out
    assert not behavioral.examined


def test_a_draft_that_cannot_be_stored_is_kept_and_tried_again(terminal, editor, monkeypatch):
    editor()
    failing_once(monkeypatch, terminal.interviews, "save_code", StorageUnavailable("the disk is full; make room"))
    out = terminal.types("/code", "")
    assert "the disk is full; make room\nPress Enter to try again." in out
    assert terminal.draft == CODE


def test_leaving_instead_puts_the_draft_on_the_screen(terminal, editor, monkeypatch):
    editor()
    failing_once(monkeypatch, terminal.interviews, "save_code", StorageUnavailable("the disk is full"))
    assert f"copy it if you need it:\n{CODE}" in terminal.types("/code")


@pytest.mark.parametrize("stored", [0, 1, 2])
def test_code_is_handed_in_once_wherever_storage_failed(terminal, monkeypatch, stored):
    """The turn, what came of it and the interviewer's line are stored one after the other."""
    terminal.types("/show")
    failing_once(monkeypatch, terminal.store, "append", StorageUnavailable("the disk is full"), at=stored + 1)
    out = terminal.types("/submit", "")
    assert "Press Enter to try again." in out
    assert "Submitted: 1 of 3 tests passed." in out
    assert len(terminal.said) == 1
    assert terminal.current.awaits_candidate
    assert not terminal.interviews.view(terminal.id).set_aside


@pytest.mark.parametrize("stored", [0, 1])
def test_an_answer_is_said_once_wherever_storage_failed(behavioral, monkeypatch, stored):
    behavioral.types()
    failing_once(monkeypatch, behavioral.store, "append", StorageUnavailable("the disk is full"), at=stored + 1)
    behavioral.types("We moved it to a cache.", "", "")
    assert behavioral.said == ["We moved it to a cache."]
    assert behavioral.current.awaits_candidate
    assert not behavioral.interviews.view(behavioral.id).set_aside


@pytest.mark.real
@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
def test_a_problem_is_solved_in_the_terminal_with_the_real_examiner(tmp_path, monkeypatch, capsys, editor):
    """By the command itself: a wrong draft is submitted, then the shipped fast solution."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("interviewer.library.embedder.MiniLM", HashingEmbedder)
    editor(
        "from pathlib import Path\n"
        f"solved = Path({str(Path('corpus/problems').resolve())!r}) / Path(path).stem / 'solutions' / 'fast.py'\n"
        "open(path, 'w').write(solved.read_text())"
    )
    monkeypatch.setattr("builtins.input", typist(["/run", "/code", "/run", "/submit"]))
    assert main(["chat", "--preset", "onsite", "--round", "coding", "--seed", "3", "--model", "none"]) == 0
    out = capsys.readouterr().out
    submitted = out.split("Submitted: ")[1].split(" tests passed")[0].split(" of ")
    assert submitted[0] == submitted[1]
    assert "Hidden test 1: passed" in out
    assert out.count("examples passed.") == 2
