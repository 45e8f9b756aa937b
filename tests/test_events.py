"""The event store: order, durability, and what happens when two write at once or the disk refuses."""

import subprocess
import sys

import pytest

from interviewer.domain.events import CandidateSaid, InterviewStarted, RoundStarted
from interviewer.domain.interview import fold
from interviewer.domain.loop import LoopPlan, PlannedQuestion, RoundPlan
from interviewer.errors import BadInput, InterviewMoved, StorageUnavailable
from interviewer.storage.events import EventStore

ROUND = RoundPlan(kind="behavioral", minutes=55, persona="p", questions=(PlannedQuestion(question_id="q"),))
STARTED = InterviewStarted(plan=LoopPlan(preset="drill", level="L5", seed=1, rounds=(ROUND,)), made_with={})


@pytest.fixture
def store(tmp_path):
    store = EventStore(f"sqlite:///{tmp_path}/interviews.db")
    yield store
    store.close()


def test_events_come_back_in_order(store):
    interview = store.create(STARTED)
    events = [RoundStarted(round=0), CandidateSaid(text="one"), CandidateSaid(text="two")]
    for place, event in enumerate(events, 1):
        store.append(interview, place, [event])
    assert store.read(interview) == [STARTED, *events]


def test_a_taken_place_is_refused_and_changes_nothing(store):
    interview = store.create(STARTED)
    store.append(interview, 1, [CandidateSaid(text="first")])
    with pytest.raises(InterviewMoved):
        store.append(interview, 1, [CandidateSaid(text="second")])
    assert store.read(interview)[1].text == "first"


def test_several_events_are_written_all_or_none(store):
    interview = store.create(STARTED)
    store.append(interview, 2, [CandidateSaid(text="already here")])
    with pytest.raises(InterviewMoved):
        store.append(interview, 1, [CandidateSaid(text="a"), CandidateSaid(text="b")])
    assert [e.type for e in store.read(interview)] == ["interview_started", "candidate_said"]


@pytest.mark.parametrize("text", ["", "🙂" * 300, "word " * 10_000, "'; DROP TABLE events; --", "a\x00b", "\u202eabc"])
def test_any_text_is_stored_whole(store, text):
    interview = store.create(STARTED)
    store.append(interview, 1, [CandidateSaid(text=text)])
    assert store.read(interview)[1].text == text


def test_what_a_killed_process_wrote_is_there(tmp_path):
    script = f"""
import os, signal
from interviewer.storage.events import EventStore
from interviewer.domain.events import CandidateSaid
from tests.test_events import STARTED
store = EventStore("sqlite:///{tmp_path}/interviews.db")
interview = store.create(STARTED)
store.append(interview, 1, [CandidateSaid(text="said before the power went")])
print(interview, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == -9
    events = EventStore(f"sqlite:///{tmp_path}/interviews.db").read(done.stdout.strip())
    assert events[-1].text == "said before the power went"


def test_a_database_that_cannot_be_opened_is_named(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageUnavailable, match="INTERVIEWER_HOME"):
        EventStore(f"sqlite:///{tmp_path}/file/interviews.db").create(STARTED)


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "interviews.db").write_bytes(b"this is not a database at all, whatever its name says" * 50)
    with pytest.raises(StorageUnavailable, match="not a database"):
        EventStore(f"sqlite:///{tmp_path}/interviews.db").create(STARTED)


def test_a_full_disk_is_told_and_the_interview_goes_on_afterwards(store):
    from sqlalchemy import text

    interview = store.create(STARTED)
    with store._open().begin() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
    from sqlalchemy import event

    engine = store._open()

    def full(connection, *_):
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "checkout", full)
    with pytest.raises(StorageUnavailable, match="full"):
        store.append(interview, 1, [CandidateSaid(text="x" * 500_000)])
    event.remove(engine, "checkout", full)
    engine.dispose()
    store.append(interview, 1, [CandidateSaid(text="x" * 500_000)])
    assert len(store.read(interview)) == 2


def test_deleting_removes_every_event(store):
    interview = store.create(STARTED)
    store.delete(interview)
    with pytest.raises(BadInput):
        store.read(interview)
    with pytest.raises(BadInput):
        store.delete(interview)


def test_the_interview_is_the_fold_of_its_events():
    interview = fold([STARTED, RoundStarted(round=0), CandidateSaid(text="hello", seconds=3.0)])
    assert interview.current is not None
    assert (interview.current.turns[0].text, interview.current.seconds, interview.length) == ("hello", 3.0, 3)
