"""The commands as a shell sees them: what is printed where, and the exit status. No model; most need no embedder."""

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from interviewer.cli import main
from tests.doubles import HashingEmbedder

TURNS = [
    {"speaker": "interviewer", "text": "Describe a hard problem.", "move": "ask", "principle": "dive_deep"},
    {"speaker": "candidate", "text": "We had a slow service. We moved it to a cache and we rewrote the loader. It worked well."},
]  # fmt: skip


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(tmp_path, monkeypatch, capsys, stock):
    """Runs a command in this process, with an embedder that needs no model and a library that is there already."""
    stock(tmp_path / "home")
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("interviewer.library.embedder.MiniLM", HashingEmbedder)

    def run(*args, stdin=""):
        monkeypatch.setenv("INTERVIEWER_MODEL", "none")
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        try:
            status = main([str(a) for a in args])
        except SystemExit as ended:
            status = ended.code
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return run


@pytest.fixture
def transcript(tmp_path):
    def write(turns=TURNS, name="t.json", **more):
        path = tmp_path / name
        path.write_text(
            json.dumps({"version": 1, "level": "L5", "rounds": [{"kind": "behavioral", "turns": turns}], **more})
        )
        return path

    return write


def test_help_names_every_command(run):
    done = run("--help")
    assert done.returncode == 0
    for command in ("serve", "chat", "simulate", "grade", "probe", "ingest", "search", "sessions"):
        assert command in done.stdout


def test_the_package_runs_as_the_command():
    done = subprocess.run([sys.executable, "-m", "interviewer", "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("usage: interviewer ")


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from interviewer.cli.main import _parser; _parser(); print([n for n in sys.modules if n in "
        + repr(["gradio", "torch", "chromadb", "pydantic", "langchain_core", "openai", "sqlalchemy", "numpy"])
        + "])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", ":1: is not valid JSON"),
        ('{"version": 1, "level": "L5"}', "rounds: is missing"),
        ('{"version": 1, "level": "L9", "rounds": []}', "level:"),
        ('{"version": 1, "level": "L5", "rounds": [{"kind": "chess", "turns": []}]}', "rounds.0.kind:"),
        (
            '{"version": 1, "level": "L5", "rounds": [{"kind": "coding", "turns": [{"speaker": "x"}]}]}',
            "turns.0.speaker:",
        ),
    ],
)
def test_a_bad_transcript_is_one_sentence_and_exit_2(run, tmp_path, text, said):
    path = tmp_path / "bad.json"
    path.write_text(text)
    done = run("grade", path, "--json")
    assert done.returncode == 2
    assert said in done.stderr
    assert str(path) in done.stderr
    assert done.stderr.count("\n") == 1
    assert not done.stdout


@pytest.mark.parametrize(
    "args",
    [
        ("grade", "missing.json"),
        ("simulate", "--candidate", "missing.yaml", "--out", "x"),
        ("search", ""),
        ("sessions", "show", "nobody"),
        ("sessions", "delete"),
        ("chat", "--principle", "walk_deep"),
        ("chat", "--preset", "onsite", "--round", "chess"),
        ("ingest", "missing.pdf"),
        ("grade", "missing.json", "--judge", "nobody"),
    ],
)
def test_bad_input_is_exit_2_with_a_reason(run, args):
    done = run(*args)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_grade_prints_one_json_document(run, transcript):
    done = run("grade", transcript(), "--json")
    assert done.returncode == 0, done.stderr
    card = json.loads(done.stdout)
    assert card["version"] == 1
    assert card["made_with"]["judge"] == "rules"
    assert card["rounds"][0]["answers"][0]["signals"]["personal_ownership"] is False


def test_several_transcripts_give_a_list_in_order(run, transcript):
    done = run("grade", transcript(name="a.json"), transcript(TURNS[:1], name="b.json"), "--json")
    cards = json.loads(done.stdout)
    assert [len(c["rounds"][0]["answers"]) for c in cards] == [1, 0]


def test_an_unknown_field_is_warned_about(run, transcript):
    done = run("grade", transcript(mood="good"), "--json")
    assert "unknown field 'mood' is ignored" in done.stderr
    json.loads(done.stdout)


def test_probe_asks_for_what_is_missing(run, transcript):
    done = run("probe", transcript(), "--json")
    move = json.loads(done.stdout)
    assert (move["move"], move["target"], move["wording"]) == ("probe", "personal_ownership", "rubric")
    assert set(move) == {"move", "text", "target", "reason", "wording"}


def test_probe_on_a_transcript_without_an_answer_says_so(run, transcript):
    done = run("probe", transcript(TURNS[:1]))
    assert done.returncode == 2
    assert "end with the candidate" in done.stderr


@pytest.mark.parametrize("before", [None, "my-model"])
def test_the_models_option_leaves_the_environment_as_it_was(home, monkeypatch, before):
    if before is not None:
        monkeypatch.setenv("INTERVIEWER_MODEL", before)
    assert main(["grade", "nowhere.json", "--model", "none"]) == 2
    assert os.environ.get("INTERVIEWER_MODEL") == before


def test_sessions_are_listed_even_when_there_are_none(run):
    assert json.loads(run("sessions", "list", "--json").stdout) == []


def test_a_chat_can_be_left_and_is_kept(run, tmp_path):
    done = run("chat", "--principle", "dive_deep", "--seed", "1", stdin="We moved it to a cache.\n\n")
    assert "kept as" in done.stdout, done.stderr
    rows = json.loads(run("sessions", "--json").stdout)
    assert [r["preset"] for r in rows] == ["drill"]
    exported = json.loads(run("sessions", "export", rows[0]["id"]).stdout)
    assert exported["rounds"][0]["turns"][1]["text"] == "We moved it to a cache."
    (tmp_path / "exported.json").write_text(json.dumps(exported))
    assert json.loads(run("grade", tmp_path / "exported.json", "--json").stdout)["rounds"]
    assert json.loads(run("sessions", "delete", rows[0]["id"], "--json").stdout) == {"deleted": rows[0]["id"]}
    assert json.loads(run("sessions", "--json").stdout) == []


@pytest.mark.parametrize("preset", ["onsite", "express"])
def test_a_whole_loop_is_played_and_graded_again_to_the_same_scorecard(run, tmp_path, preset):
    out = tmp_path / "out"
    candidate = "tests/data/candidates/strong_l5.yaml"
    done = run("simulate", "--candidate", candidate, "--preset", preset, "--seed", "7", "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    card = json.loads((out / "scorecard.json").read_text())
    assert json.loads(done.stdout) == card
    again = run("grade", out / "transcript.json", "--json")
    assert json.loads(again.stdout) == card
    assert (out / "scorecard.md").read_text().startswith("# Scorecard")
    lines = [t["text"] for r in json.loads((out / "transcript.json").read_text())["rounds"] for t in r["turns"]]
    assert len(lines) > 20


def test_the_same_seed_gives_the_same_transcript(run, tmp_path, monkeypatch):
    monkeypatch.setattr("interviewer.coding.examiner.Examiner.growth", lambda *of: None)  # the scorecard's, and slow
    for name in ("a", "b"):
        run("simulate", "--candidate", "tests/data/candidates/weak_l5.yaml", "--seed", "3", "--out", tmp_path / name)
    assert (tmp_path / "a/transcript.json").read_bytes() == (tmp_path / "b/transcript.json").read_bytes()


def test_the_weak_candidate_scores_below_the_strong_one_in_every_round(run, tmp_path):
    scores = {}
    for name in ("weak", "strong"):
        out = tmp_path / name
        run(
            "simulate",
            "--candidate",
            f"tests/data/candidates/{name}_l5.yaml",
            "--seed",
            "7",
            "--preset",
            "onsite",
            "--out",
            out,
        )
        scores[name] = [r["score"] for r in json.loads((out / "scorecard.json").read_text())["rounds"]]
    assert all(w < s for w, s in zip(scores["weak"], scores["strong"], strict=True)), scores
    assert max(scores["weak"]) < 3.0
