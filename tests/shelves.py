"""Fixtures for tests of the library: a home, three shipped guides, notes of a user's, an embedder that counts."""

import pytest

from interviewer.library import Library, from_markdown
from interviewer.settings import Settings
from tests.doubles import HashingEmbedder

GUIDES = {
    "skew": "# Skew\n\n## Training and serving\n\nA feature computed twice drifts apart between training and serving.",
    "drift": "# Drift\n\n## Alarms\n\nWatch the inputs of the model and alarm when their distribution moves.",
    "stories": "# Stories\n\n## STAR\n\nTell the situation, the task, your actions and a measured result.",
}


class Counting(HashingEmbedder):
    """Counts what it embeds, and waits where a test wants it to."""

    def __init__(self, name="counting"):
        self.name = name
        self.embedded = []
        self.gate = None

    def encode_document(self, texts):
        if self.gate is not None:
            self.gate.wait(10)
        self.embedded += list(texts)
        return super().encode_document(texts)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def shipped():
    return {name: from_markdown(name, name.title(), text) for name, text in GUIDES.items()}


@pytest.fixture
def library_of(home, shipped):
    opened = []

    def make(embedder=None, **changes):
        settings = Settings(home=home, **changes)
        opened.append(Library(settings, lambda: list(shipped.values()), embedder or Counting()))
        return opened[-1]

    yield make
    for library in opened:
        library.close()


@pytest.fixture
def notes(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "bandits.md").write_text("# Bandits\n\nThompson sampling explores by drawing from a posterior.")
    (folder / "resume.txt").write_text("Led the Kafka migration of a fraud service at a bank.")
    return folder
