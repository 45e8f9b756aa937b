# ruff: noqa: F811 (fixtures are imported)
"""The library with a real Chroma in a folder of its own and a bag-of-words embedder in place of the model."""

import subprocess
import sys
import textwrap
import threading
import time

import pytest

from interviewer.errors import BadInput, LibraryUnavailable
from interviewer.library import from_markdown
from interviewer.library.lock import WriteLock
from tests.shelves import Counting, home, library_of, notes, shipped  # noqa: F401


def test_making_a_library_opens_and_loads_nothing(library_of, home):
    embedder = Counting()
    library_of(embedder)
    assert not home.exists()
    assert embedder.embedded == []


def test_importing_the_library_imports_nothing_heavy():
    heavy = ["chromadb", "torch", "sentence_transformers", "pypdf", "bs4", "docx", "langchain_core", "numpy"]
    code = f"import sys, interviewer.library; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_passage_that_answers_comes_first_with_its_citation(library_of):
    hit = library_of().search("when should an alarm be raised about inputs of a model", k=2)[0]
    assert (hit.id, hit.source, hit.heading, hit.kind) == ("guide:drift#0", "drift.md", "Alarms", "guide")
    assert hit.document == "drift"


def test_scores_fall_from_first_to_last_and_stay_between_0_and_1(library_of):
    scores = [hit.score for hit in library_of().search("measured result of training and serving", k=3)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert library_of().search("zebra omelette", k=1)[0].score < 0.2


@pytest.mark.parametrize(("query", "k", "says"), [("", 5, "empty"), (" \n ", 5, "empty"), ("skew", 0, "at least one")])
def test_a_question_that_cannot_be_asked_is_refused(library_of, query, k, says):
    with pytest.raises(BadInput, match=says):
        library_of().search(query, k)


@pytest.mark.parametrize("query", ["🙂🙂", "?", "x" * 50_000, "training " * 10_000, "Wie geht das? 你好"])
def test_odd_questions_are_answered_all_the_same(library_of, query):
    assert len(library_of().search(query, k=2)) == 2


def test_an_empty_library_finds_nothing(library_of, shipped):
    shipped.clear()
    assert library_of().search("anything") == []


def test_more_than_there_is_gives_all_there_is(library_of):
    assert len(library_of().search("training", k=50)) == 3


def test_kinds_narrow_the_search(library_of, shipped):
    shipped["q"] = from_markdown(
        "drift-alarm", "Q", "How do you watch the inputs of a model?", "question", "drift.yaml"
    )
    library = library_of()
    assert {hit.kind for hit in library.search("inputs of the model", k=9, kinds=["question"])} == {"question"}
    assert {hit.kind for hit in library.search("inputs of the model", k=9, kinds=["guide", "question"])} == {
        "guide",
        "question",
    }


def test_the_nearest_question_to_a_resume_is_found_in_any_part_of_it(library_of, shipped):
    for name, text in {"kafka": "How does Kafka keep order?", "trees": "How are trees pruned?"}.items():
        shipped[name] = from_markdown(name, name, text, "question")
    resume = "I like hiking and cooking a lot. " * 60 + "\n\nBuilt a Kafka pipeline that must keep order."
    found = library_of().nearest_questions(resume, k=2)
    assert [hit.document for hit in found] == ["kafka", "trees"]


def test_a_passage_is_found_again_by_its_citation(library_of):
    library = library_of()
    hit = library.search("situation task actions")[0]
    assert library.passage(hit.id).text == hit.text
    assert library.passage("guide:gone#0") is None


def test_ingested_files_are_found_and_named(library_of, notes, home):
    library = library_of()
    reports = library.ingest([notes])
    assert [(r.source, r.passages, r.replaced, r.problem) for r in reports] == [
        ("bandits.md", 1, False, ""),
        ("resume.txt", 1, False, ""),
    ]
    hit = library.search("Thompson sampling posterior")[0]
    assert (hit.id, hit.source, hit.heading) == ("user:bandits.md#0", "bandits.md", "Bandits")
    assert (home / "documents" / "resume.txt").read_text().startswith("Led the Kafka")
    assert [(s.source, s.kind) for s in library.sources()][:2] == [("bandits.md", "user"), ("resume.txt", "user")]


def test_the_same_name_again_replaces_what_was_there(library_of, notes):
    library = library_of()
    (notes / "bandits.md").write_text("\n\n".join(f"## Part {n}\n\n{'word ' * 90}{n}" for n in range(4)))
    library.ingest([notes / "bandits.md"])
    (notes / "bandits.md").write_text("# Bandits\n\nOnly regret is left in here.")
    report = library.ingest([str(notes / "bandits.md")])[0]
    assert (report.replaced, report.passages) == (True, 1)
    assert [s.passages for s in library.sources() if s.kind == "user"] == [1]


def test_two_files_of_one_name_are_both_kept(library_of, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "notes.md").write_text(f"Words of folder {folder} only.")
    sources = [report.source for report in library_of().ingest([tmp_path / "a", tmp_path / "b"])]
    assert sources == ["notes.md", "notes (b).md"]


def test_a_named_file_that_is_bad_stores_nothing(library_of, notes, home):
    (notes / "empty.txt").write_text("")
    with pytest.raises(BadInput, match=r"empty\.txt: is empty"):
        library_of().ingest([notes / "resume.txt", notes / "empty.txt"])
    assert not (home / "documents").exists()


def test_a_bad_file_in_a_folder_is_reported_and_the_others_go_in(library_of, notes):
    (notes / "empty.txt").write_text("")
    (notes / ".hidden.md").write_text("hidden")
    (notes / "picture.png").write_bytes(b"png")
    reports = library_of().ingest([notes])
    assert [(r.source, bool(r.problem)) for r in reports] == [
        ("bandits.md", False),
        ("empty.txt", True),
        ("resume.txt", False),
    ]


@pytest.mark.parametrize(("name", "says"), [("gone.txt", "no such file"), ("hollow", "holds no txt")])
def test_a_path_with_nothing_to_ingest_is_refused(library_of, tmp_path, name, says):
    (tmp_path / "hollow").mkdir()
    with pytest.raises(BadInput, match=says):
        library_of().ingest([tmp_path / name])


def test_progress_is_told_while_a_long_file_goes_in(library_of, tmp_path):
    path = tmp_path / "long.md"
    path.write_text("\n\n".join(f"## Part {n}\n\n{'word ' * 100}{n}" for n in range(130)))
    told = []
    library_of().ingest([path], progress=lambda *step: told.append(step))
    assert told == [("long.md", 64, 130), ("long.md", 128, 130), ("long.md", 130, 130)]


def test_a_removed_file_is_forgotten_and_a_shipped_one_cannot_be(library_of, notes, home):
    library = library_of()
    library.ingest([notes])
    library.remove("bandits.md")
    assert not (home / "documents" / "bandits.md").exists()
    assert "bandits.md" not in {hit.source for hit in library.search("Thompson sampling", k=9)}
    with pytest.raises(BadInput, match=r"not among your documents; they are: resume\.txt"):
        library.remove("drift.md")


def test_a_file_put_on_the_shelf_or_taken_off_by_hand_is_noticed(library_of, home, notes):
    library_of().ingest([notes])
    (home / "documents" / "resume.txt").unlink()
    (home / "documents" / "new.md").write_text("Quantiles are summed never averaged.")
    (home / "documents" / "broken.pdf").write_bytes(b"no pdf")
    assert [s.source for s in library_of().sources() if s.kind == "user"] == ["bandits.md", "new.md"]


def test_a_file_ingested_by_another_process_is_found_by_this_one(library_of, home, notes):
    library = library_of()
    library.search("warm")
    code = f"""
        from interviewer.library import Library
        from interviewer.settings import Settings
        from tests.shelves import Counting, GUIDES, from_markdown
        shipped = [from_markdown(name, name.title(), text) for name, text in GUIDES.items()]
        Library(Settings(home={str(home)!r}), lambda: shipped, Counting()).ingest([{str(notes)!r}])
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, timeout=60)
    assert library.search("Thompson sampling")[0].source == "bandits.md"


def test_processes_that_ingest_at_once_lose_nothing(library_of, home, tmp_path):
    code = f"""
        import sys
        from pathlib import Path
        from interviewer.library import Library
        from interviewer.settings import Settings
        from tests.shelves import Counting, GUIDES, from_markdown
        shipped = [from_markdown(name, name.title(), text) for name, text in GUIDES.items()]
        library = Library(Settings(home={str(home)!r}), lambda: shipped, Counting())
        for turn in range(4):
            path = Path({str(tmp_path)!r}) / f"{{sys.argv[1]}}-{{turn}}.md"
            path.write_text(f"Words of {{path.stem}} alone.")
            library.ingest([path])
            assert library.search(path.stem, k=9)
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    running = [subprocess.Popen([*command, name]) for name in ("one", "two", "three")]
    assert [process.wait(120) for process in running] == [0, 0, 0]
    assert sum(s.kind == "user" for s in library_of().sources()) == 12
    assert not (home / "library.damaged-1").exists()


def test_a_search_does_not_wait_for_an_ingest(library_of, notes):
    embedder = Counting()
    library = library_of(embedder)
    library.search("warm")
    embedder.gate = threading.Event()
    ingest = threading.Thread(target=library.ingest, args=([notes],))
    ingest.start()
    deadline = time.monotonic() + 5
    while not library._holdings._lock.taken and time.monotonic() < deadline:
        time.sleep(0.01)
    assert library.search("inputs of the model")[0].source == "drift.md"
    embedder.gate.set()
    ingest.join(10)
    assert library.search("Thompson sampling")[0].source == "bandits.md"


def test_many_threads_open_it_once(library_of):
    embedder = Counting()
    library = library_of(embedder)
    found = []
    threads = [threading.Thread(target=lambda: found.append(library.search("alarm inputs")[0].id)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert found == ["guide:drift#0"] * 8
    assert len(embedder.embedded) == 3


def test_a_writer_that_never_ends_is_not_waited_for_for_ever(tmp_path):
    path = tmp_path / "library.lock"
    second = WriteLock(path, patience=0.1)
    with WriteLock(path).held(), pytest.raises(LibraryUnavailable, match="another process"), second.held():
        pass


def test_the_retriever_gives_langchain_documents_with_citations(library_of):
    found = library_of().retriever(k=1).invoke("alarm about inputs")
    assert found[0].metadata["id"] == "guide:drift#0"
    assert found[0].page_content.startswith("Watch the inputs")


def test_warming_in_the_background_opens_the_library(library_of):
    embedder = Counting()
    library = library_of(embedder)
    library.warm().join(20)
    assert len(embedder.embedded) == 3
