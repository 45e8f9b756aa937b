"""The candidate's own editor beside the terminal: what it opens on, and what of it is kept. No model."""

import os
from pathlib import Path

import pytest

from tests.coding_terminal import (
    CODE,
    KEEPS,
    editor,
    scratch,
    store,
    terminal,
)

__all__ = ["editor", "scratch", "store", "terminal"]


def test_what_the_editor_saves_is_the_draft(terminal, editor):
    seen = editor()
    out = terminal.types("/code", "/show")
    assert terminal.draft == CODE
    assert "Your draft is kept" in out
    assert CODE in out.split("Your draft is kept")[1]
    path, first = seen.read_text().splitlines()[:2]
    assert Path(path).name == "two-sum.py"
    assert first.startswith("def two_sum(entries")


def test_the_editor_opens_on_the_draft_and_nobody_else_can_read_it(terminal, editor, tmp_path):
    seen = editor(
        f"{KEEPS}; open({str(tmp_path / 'modes')!r}, 'w').write("
        "' '.join(oct(os.stat(p).st_mode & 0o777) for p in (path, os.path.dirname(path))))"
    )
    terminal.types("/code", "/code")
    assert CODE in seen.read_text()
    assert (tmp_path / "modes").read_text() == "0o600 0o700"


def test_visual_goes_before_editor_and_an_empty_one_does_not_count(terminal, editor, monkeypatch):
    editor()
    monkeypatch.setenv("VISUAL", "no-such-editor")
    assert "'no-such-editor' cannot be started" in terminal.types("/code")
    monkeypatch.setenv("VISUAL", " ")
    terminal.types("/code")
    assert terminal.draft == CODE


def test_an_editor_that_changes_nothing_stores_nothing(terminal, editor):
    editor("")
    before = len(terminal.store.read(terminal.id))
    assert "Nothing has changed" in terminal.types("/code")
    assert not [e for e in terminal.store.read(terminal.id)[before:] if e.type == "code_saved"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("", "no editor is named: set EDITOR"),
        ("no-such-editor -w", "'no-such-editor' cannot be started"),
        ("'vim", "$EDITOR is 'vim, which cannot be read"),
        ("''", "the editor '' cannot be started"),
        (f"{os.sep}", "cannot be started"),
    ],
)
def test_an_editor_that_is_missing_is_one_sentence(terminal, editor, monkeypatch, command, said):
    editor()
    terminal.types("/code")
    monkeypatch.setenv("EDITOR", command)
    out = terminal.types("/code")
    assert [line for line in out.splitlines() if said in line]
    assert terminal.draft == CODE


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("sys.exit(3)", "ended with status 3; your draft is kept as it was"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "was killed by signal 9; your draft is kept as it was"),
        ("open(path, 'w').close(); sys.exit(1)", "ended with status 1; your draft is kept as it was"),
        ("os.remove(path)", "left no file to read"),
    ],
)
def test_an_editor_that_fails_keeps_the_draft(terminal, editor, body, said):
    editor()
    terminal.types("/code")
    editor(body)
    out = terminal.types("/code")
    assert said in out
    assert "Nothing has changed" not in out
    assert terminal.draft == CODE


def test_what_was_saved_before_the_editor_crashed_is_kept(terminal, editor):
    editor(f"with open(path, 'w') as file: file.write({CODE!r})\nos.kill(os.getpid(), signal.SIGKILL)")
    assert "as you last saved it there" in terminal.types("/code")
    assert terminal.draft == CODE


def test_ctrl_c_while_the_editor_runs_is_the_editors_own(terminal, editor):
    editor(f"os.kill(os.getppid(), signal.SIGINT)\nimport time; time.sleep(0.5)\n{KEEPS}")
    terminal.types("/code")
    assert terminal.draft == CODE


def test_text_that_is_not_utf_8_is_kept_as_far_as_it_can_be_read(terminal, editor):
    editor(r"open(path, 'wb').write(b'# caf\xe9\r\nx = 1\r\n')")
    assert "not UTF-8" in terminal.types("/code")
    assert terminal.draft == "# caf\N{REPLACEMENT CHARACTER}\nx = 1\n"


def test_code_that_is_too_long_is_opened_again(terminal, editor):
    editor(f"text = open(path).read(); open(path, 'w').write({CODE!r} if len(text) > 50_000 else '#' * 60_000)")
    assert "so shorten it" in terminal.types("/code", "")
    assert terminal.draft == CODE


def test_no_shell_reads_the_editor_setting(terminal, editor, tmp_path, monkeypatch):
    editor()
    command = os.environ["EDITOR"]
    monkeypatch.setenv("EDITOR", f"{command} ; touch {tmp_path}/a $(touch {tmp_path}/b) > {tmp_path}/c")
    terminal.types("/code")
    assert not [name for name in "abc" if (tmp_path / name).exists()]
