"""The library with the real embedder: what is asked in a candidate's words is found, in every format."""

import hashlib
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from interviewer.library import Library, MiniLM, from_markdown
from interviewer.settings import Settings
from tests.papers import docx, pdf

pytestmark = pytest.mark.real

GUIDES = Path(__file__).resolve().parents[2] / "shared" / "guides"


@pytest.fixture(scope="module")
def embedder():
    return MiniLM()


@pytest.fixture
def library(tmp_path, embedder):
    opened = Library(Settings(home=tmp_path / "home"), list, embedder)
    yield opened
    opened.close()


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "calibration.txt").write_text(
        "Calibration\n\nA classifier is calibrated when, of all cases it gives seventy percent, seventy in a hundred "
        "turn out positive. Platt scaling and isotonic regression repair it on held-out data.\n"
    )
    (folder / "bandits.md").write_text(
        "# Bandits\n\n## Thompson sampling\n\nDraw a value from the posterior of every arm and play the arm whose draw "
        "is largest, so that exploring fades as the evidence grows.\n"
    )
    (folder / "skew.html").write_text(
        "<html><nav>Home</nav><h1>Skew</h1><p>When a feature is computed by one program for training and by another "
        "when requests are served, the two slowly come apart and the model is fed what it never saw.</p></html>"
    )
    (folder / "quantisation.pdf").write_bytes(
        pdf([(20, "Quantisation"), (11, "Weights are stored in eight bits or fewer, which makes a network smaller and"),
             (11, "faster on a processor, at the price of a little accuracy.")])
    )  # fmt: skip
    (folder / "outage.docx").write_bytes(
        docx(("Title", "The outage"), ("Normal", "I found that a cron job had filled the disk and I moved the logs."))
    )
    return folder


QUESTIONS = {
    "how do I make predicted probabilities trustworthy": "calibration.txt",
    "which algorithm explores by sampling from its beliefs": "bandits.md",
    "why does my model behave differently in production than offline": "skew.html",
    "how can I shrink a neural net so that it runs faster": "quantisation.pdf",
    "tell me about an incident that you debugged": "outage.docx",
}


def test_questions_in_other_words_find_the_file_that_answers_in_every_format(library, papers):
    assert all(not report.problem and report.passages for report in library.ingest([papers]))
    assert {question: library.search(question, k=1)[0].source for question in QUESTIONS} == QUESTIONS


def test_what_the_library_does_not_know_gets_a_low_score(library, papers):
    library.ingest([papers])
    known = [library.search(question, k=1)[0].score for question in QUESTIONS]
    assert library.search("how do I bake sourdough bread", k=1)[0].score < 0.15 < min(known)


def test_vectors_have_unit_length_and_are_remembered(embedder, monkeypatch):
    rows = embedder.embed(["a model drifts", "a model drifts", "bread"])
    assert rows.dtype == np.float32
    assert rows.shape == (3, 384)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    monkeypatch.setattr(embedder, "_loaded", lambda: pytest.fail("asked the model again"))
    assert np.array_equal(embedder.embed(["a model drifts"])[0], rows[0])
    assert embedder.embed([]).shape == (0, 384)


def test_warming_loads_in_the_background():
    fresh = MiniLM()
    assert not fresh.ready
    fresh.warm().join(120)
    assert fresh.ready


def test_the_embedders_name_holds_the_hash_of_its_weights(embedder):
    from interviewer.library.embedder import _model_folder

    digest = hashlib.sha256((_model_folder() / "model.safetensors").read_bytes()).hexdigest()
    assert embedder.name == f"all-MiniLM-L6-v2:{digest[:16]}"


def test_a_resume_brings_up_the_questions_about_what_is_in_it(tmp_path, embedder):
    questions = {
        "recommender": "Design a recommender for the home page of a shop.",
        "fraud": "How would you find fraud when nearly every payment is honest?",
        "vision": "How would you moderate images that users upload?",
    }
    shipped = [from_markdown(key, text, text, "question") for key, text in questions.items()]
    library = Library(Settings(home=tmp_path), lambda: shipped, embedder)
    resume = "Jane Doe\n\nBerlin, likes climbing.\n\n- Trained a convolutional network that finds unsafe photos.\n"
    assert library.nearest_questions(resume, k=1)[0].document == "vision"
    library.close()


@pytest.mark.skipif(not GUIDES.is_dir(), reason="the four guides of the workplace are not here")
def test_the_four_guides_answer_what_candidates_ask(library):
    reports = library.ingest([GUIDES])
    assert len(reports) == 4
    asked = {
        "What is a bar raiser and can they veto me?": "veto authority",
        "When should I use bagging instead of boosting?": "bagging",
        "How do I handle a categorical feature with thousands of values?": "categor",
        "Is there an online assessment and how long is it?": "60–120 minutes",
        "How many STAR stories should I prepare?": "16 distinct stories",
        "Which AWS services should I know?": "SageMaker",
        "When are multi-armed bandits better than an A/B test?": "multi-armed bandit",
        "Can I reuse the same story for two interviewers?": "recycle the same story",
        "Explain layer normalization in transformers": "Layer normalization",
        "how do I prioritise when I have several deadlines": "deadlines",
    }
    ranks = {
        question: next((n for n, hit in enumerate(library.search(question, k=3), 1) if words in hit.text), None)
        for question, words in asked.items()
    }
    assert None not in ranks.values(), ranks
    assert sum(rank == 1 for rank in ranks.values()) >= 9, ranks
    text = " ".join(hit.text for hit in library.search("privacy policy terms of service company support", k=20))
    assert "All rights reserved" not in text


@pytest.fixture
def chroma_url(tmp_path):
    program = Path(sys.executable).with_name("chroma")
    if not program.exists() and not shutil.which("chroma"):
        pytest.skip("the chroma program is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(program if program.exists() else "chroma"), "run", "--path", str(tmp_path / "server")]
    server = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and socket.socket().connect_ex(("127.0.0.1", port)):
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(10)


def test_two_machines_share_a_chroma_server_and_keep_each_others_files(tmp_path, papers, chroma_url, embedder):
    def machine(name):
        return Library(Settings(home=tmp_path / name, chroma_url=chroma_url), list, embedder)

    first, second = machine("first"), machine("second")
    first.ingest([papers / "bandits.md"])
    second.ingest([papers / "calibration.txt"])
    assert {s.source for s in second.sources()} == {"bandits.md", "calibration.txt"}
    renamed = MiniLM()
    renamed.__dict__["name"] = "another"
    third = Library(Settings(home=tmp_path / "third", chroma_url=chroma_url), list, renamed)
    assert {s.source for s in third.sources()} == {"bandits.md", "calibration.txt"}
    for library in (first, second, third):
        library.close()
