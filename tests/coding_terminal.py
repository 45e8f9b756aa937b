"""An interview on a coding problem in the terminal, with a scripted candidate and editor. No model."""

import sys
from types import SimpleNamespace

import pytest

from interviewer.cli.chat import talk
from interviewer.domain.coding import Examined, TestResult
from interviewer.domain.loop import LoopPlan, PlannedQuestion, RoundPlan
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
