"""The coding room's components without a browser: what sets the editor, what a tick does, and words unasked."""

import threading
import time

import gradio as gr
import pytest

from interviewer.domain.events import CodeSaved
from interviewer.errors import StorageUnavailable
from interviewer.interviewing import editor
from interviewer.ui.coding_room import CodingRoom
from interviewer.ui.conversation import Conversation
from interviewer.ui.launch import _free, start
from interviewer.ui.live import LiveLines
from interviewer.ui.screens import Screens
from tests.test_room import CODE, begun, examine, key, seed, services, talk

__all__ = ["begun", "examine", "key", "seed", "services", "talk"]  # fixtures


@pytest.fixture
def view(services):
    with gr.Blocks():
        yield CodingRoom(Screens(services))


def test_the_editor_is_set_when_a_tab_comes_to_a_problem_and_never_again(view, talk, begun, key):
    scene = talk.scene(begun)
    assert view.updates(scene, "")[view.code] == scene.room.draft
    assert view.code not in view.updates(scene, key)
    assert view.updates(scene, "another/1/problem")[view.editing] == key


def test_what_the_editor_is_given_keeps_its_last_line(view, talk, begun, key):
    half = "def two_sum(entries, target):\n    "
    talk.save(begun, half, key)
    given = view.updates(talk.scene(begun), "")[view.code]
    assert gr.Code(render=False).postprocess(given) == half


def tick(view, interview_id, code, key, kept="", note=""):
    return view._ticker("header", "chat")(interview_id, code, key, kept, note)


def test_a_tick_saves_what_changed_and_is_silent_otherwise(view, services, begun, key):
    updates = tick(view, begun, CODE, key)
    assert updates[view.kept] == CODE
    assert "Saved" in updates[view.note]
    assert services.interviews.view(begun).rounds[0].drafts == {"two-sum": CODE}
    assert tick(view, begun, CODE, key, CODE) == gr.skip()


def test_a_tick_with_nothing_to_say_reads_nothing_that_is_stored(view, services, begun, key, monkeypatch):
    def read(interview_id):
        raise AssertionError("a quiet tick reads the store")

    tick(view, begun, CODE, key)
    monkeypatch.setattr(services.store, "read", read)
    begin = time.perf_counter()
    for _ in range(20):
        assert tick(view, begun, CODE, key, CODE) == gr.skip()
    assert (time.perf_counter() - begin) / 20 < 0.02


def test_a_fault_of_the_store_is_told_once_and_tried_again(view, services, begun, key, monkeypatch):
    def refuse(*args):
        raise StorageUnavailable("the disk is full; make room")

    real = services.store.append
    monkeypatch.setattr(services.store, "append", refuse)
    updates = tick(view, begun, CODE, key)
    assert "Not saved: The disk is full" in updates[view.note]
    assert view.kept not in updates
    assert tick(view, begun, CODE, key, "", updates[view.note]) == gr.skip()
    monkeypatch.setattr(services.store, "append", real)
    assert "Saved" in tick(view, begun, CODE, key, "", updates[view.note])[view.note]


def test_a_word_is_invited_after_long_typing_and_the_time_typed_counts(services, begun, key, monkeypatch):
    now = [1000.0]
    services.interviews._clock = services.interviews.desk._clock = lambda: now[0]
    services.interviews._last_line[begun] = 1000.0
    talk = Conversation(services, LiveLines(clock=lambda: now[0]))
    for _ in range(50):
        now[0] += 5
        talk.save(begun, f"{CODE}\nx = {now[0]}", key)
        scene = talk.unasked(begun)
        if scene is not None:
            break
    assert scene is not None
    assert now[0] - 1000 >= editor.QUIET_SECONDS
    assert scene.chat[-1]["role"] == "assistant"
    assert scene.elapsed >= editor.QUIET_SECONDS
    assert scene.state == "your_turn"
    assert talk.unasked(begun) is None


def test_nobody_is_interrupted_while_a_line_is_under_way(services, begun):
    lines, let = LiveLines(), threading.Event()
    line = lines.speak(begun, lambda: iter([str(let.wait(5))]))
    assert lines.aside(begun, lambda: iter(["well?"])) == ""
    let.set()
    assert line.wait(5)
    assert lines.aside(begun, lambda: iter(["well?"])) == "well?"


def test_an_aside_of_no_words_leaves_the_clock_alone():
    now = [10.0]
    lines = LiveLines(clock=lambda: now[0])
    assert lines.speak("a", lambda: iter(["So?"])).wait(5)
    now[0] = 40.0
    assert lines.aside("a", lambda: iter(())) == ""
    assert lines.silence("a") == 30.0


def test_a_thousand_saves_do_not_make_a_scene_slow(services, talk, begun):
    place = services.interviews.view(begun).length
    saves = [CodeSaved(problem="two-sum", code=CODE * 10 + f"# {n}") for n in range(1000)]
    services.store.append(begun, place, saves)
    begin = time.perf_counter()
    assert talk.scene(begun).room.draft.endswith("# 999")
    assert time.perf_counter() - begin < 1.0


def test_the_page_brings_the_keys_of_the_editor(services):
    import httpx

    page = start(services, "127.0.0.1", _free("127.0.0.1", 0))
    try:
        text = httpx.get(page.local_url, trust_env=False).text
    finally:
        page.close()
    assert "const STEP = 4" in text
