"""The coding room in the terminal: the commands, the candidate's editor, and what is told of a run. No model."""

import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from interviewer.cli import main
from interviewer.cli.chat import talk
from interviewer.domain.coding import Examined, TestResult
from interviewer.domain.loop import LoopPlan, PlannedQuestion, RoundPlan
from interviewer.errors import SandboxUnavailable, StorageUnavailable
from interviewer.evidence.reader import Reader
from interviewer.evidence.readings import Readings
from interviewer.interviewing.interviews import Interviews
from interviewer.interviewing.voice import Voice
from interviewer.storage.events import EventStore
from tests.doubles import HashingEmbedder

CODE = "def two_sum(entries, target):\n    # a map from value to place\n    return []\n"
KEEPS = f"open(path, 'w').write({CODE!r})"


def ran(name, verdict="passed", got="[]"):
    return TestResult(name=name, verdict=verdict, input=f"input of {name}", expected=f"value of {name}", got=got)


FAILING = (ran("example-1", "wrong", "[9, 9]"), ran("example-2"), ran("secret-large", "wrong", "[8, 8]"))


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    """Where temporary files go: none may be left when the test is over."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert not list(folder.iterdir())


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Makes the editor a script that has the file's path as `path` and writes down what it was opened on."""
    script, seen = tmp_path / "an editor.py", tmp_path / "seen"

    def editor(body=KEEPS):
        script.write_text(
            "import os, signal, sys\npath = sys.argv[1]\n"
            f"open({str(seen)!r}, 'a').write(path + chr(10) + open(path).read() + chr(10))\n{body}\n"
        )
        monkeypatch.setenv("EDITOR", f"{sys.executable} '{script}'")
        return seen

    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return editor


def typist(left):
    """In place of `input`: takes the lines away one by one, then leaves."""

    def typed(prompt=""):
        if not left:
            raise EOFError
        return left.pop(0)

    return typed


class Terminal:
    """An interview about two-sum whose candidate types the given lines, then leaves."""

    def __init__(self, bank, store, monkeypatch, capsys, kind):
        self.tests = FAILING
        self.fault = None
        self.printed = ""
        self.note = ""
        self.examined = []
        self.store = store
        self._monkeypatch, self._capsys = monkeypatch, capsys
        readings = Readings(bank, Reader(HashingEmbedder()))
        self.interviews = Interviews(bank, store, readings, Voice(None), clock=lambda: 0.0, examine=self._examine)
        question = {
            "coding": PlannedQuestion(question_id="two-sum", probes=3),
            "behavioral": PlannedQuestion(question_id="dive_deep-root-cause", principle="dive_deep", probes=3),
        }[kind]
        one = RoundPlan(kind=kind, minutes=55, persona=next(iter(bank.personas)), questions=(question,))
        self.id = self.interviews.start(LoopPlan(preset="onsite", level="L5", seed=1, rounds=(one,)), {})

    def _examine(self, problem, code, kind):
        self.examined.append((kind, code))
        if self.fault:
            raise self.fault
        told = self.tests if kind == "submit" else [t for t in self.tests if t.name.startswith("example")]
        passed = all(t.verdict == "passed" for t in told)
        return Examined(problem=problem.id, kind=kind, passed=passed, tests=tuple(told), seconds=0.1,
                        sandbox="bubblewrap", printed=self.printed, note=self.note)  # fmt: skip

    def types(self, *lines):
        left = list(lines)
        self._monkeypatch.setattr("builtins.input", typist(left))
        self._capsys.readouterr()
        with pytest.raises(EOFError):
            talk(SimpleNamespace(interviews=self.interviews), self.id)
        assert not left
        return self._capsys.readouterr().out

    current = property(lambda self: self.interviews.view(self.id).current)
    draft = property(lambda self: self.interviews.desk.draft(self.current, self.interviews.desk.problem(self.current)))
    said = property(lambda self: [t.text for t in self.current.turns if t.speaker == "candidate"])


@pytest.fixture
def store(tmp_path):
    store = EventStore(f"sqlite:///{tmp_path}/interviews.db")
    yield store
    store.close()


@pytest.fixture
def terminal(bank, store, monkeypatch, capsys):
    return Terminal(bank, store, monkeypatch, capsys, "coding")


@pytest.fixture
def behavioral(bank, store, monkeypatch, capsys):
    return Terminal(bank, store, monkeypatch, capsys, "behavioral")


def failing_once(monkeypatch, target, name, fault, at=1):
    """The call of that number fails, before anything is done."""
    real, calls = getattr(target, name), []

    def fails(*given, **named):
        calls.append(given)
        if len(calls) == at:
            raise fault
        return real(*given, **named)

    monkeypatch.setattr(target, name, fails)


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
