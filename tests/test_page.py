"""The page without a browser: scenes of a conversation, what a form plans, and how faults reach the candidate."""

import threading
import time
import warnings

import pytest

from interviewer.errors import BadInput, InterviewMoved, StorageUnavailable
from interviewer.llm.model import ModelStatus
from interviewer.services import Services
from interviewer.ui import rounds_table
from interviewer.ui.conversation import Conversation
from interviewer.ui.handlers import sentence, told
from interviewer.ui.history_view import when
from interviewer.ui.interview_html import card_html, header_html
from interviewer.ui.launch import _free, start
from interviewer.ui.library_view import passages_html
from interviewer.ui.live import LiveLines
from interviewer.ui.model_banner import banner_html
from interviewer.ui.page import build
from interviewer.ui.setup_view import BY_PRINCIPLE, BY_TOPIC, Form, plan_html, planned
from tests.doubles import HashingEmbedder

ANSWER = (
    "Last spring I found that our loader dropped rows of one segment. I fixed it, and errors fell from 9 to 2 percent."
)


@pytest.fixture
def services(settings, stock):
    stock(settings.home)
    services = Services(settings, embedder=HashingEmbedder())
    yield services
    services.close()


@pytest.fixture
def talk(services):
    return Conversation(services)


@pytest.fixture
def begun(services, talk):
    """An express interview whose first question has been put."""
    interview_id = talk.begin(services.plan("express", "L5", 7))
    list(talk.start_round(interview_id))
    return interview_id


def form(**changes):
    given = {"preset": "express", "level": "L5", "drill_by": BY_PRINCIPLE, "principle": "dive_deep", "topic": None}
    given |= {"focus": None, "pace": rounds_table.AS_PLANNED, "rounds": [["Coding", 5, 1, 0, 0, 0, 3]], "seed": "3"}
    return Form(**(given | changes))


class Slow:
    """Pieces that come one at a time, when the test lets them."""

    def __init__(self, *pieces):
        self.pieces, self.let, self.closed = pieces, threading.Semaphore(0), False

    def __call__(self):
        try:
            for piece in self.pieces:
                self.let.acquire(timeout=5)
                yield piece
        except GeneratorExit:
            self.closed = True
            raise


def until(true):
    end = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.005)


# Conversation


def test_a_started_round_ends_with_the_candidate_having_the_floor(talk, begun):
    scene = talk.scene(begun)
    assert scene.state == "your_turn"
    assert [m["role"] for m in scene.chat] == ["assistant"]
    assert scene.room.statement.startswith("**")
    assert scene.room.statement not in scene.chat[0]["content"]


def test_an_answer_is_shown_with_the_line_that_follows_it(talk, begun):
    place = talk.scene(begun).place
    last = list(talk.answer(begun, ANSWER, place))[-1]
    assert [m["role"] for m in last.chat] == ["assistant", "user", "assistant"]
    assert last.answered == 1
    assert last.place == place + 2


def test_an_empty_box_is_not_sent(talk, begun):
    with pytest.raises(BadInput, match="type your answer first"):
        talk.answer(begun, "  \n", None)


def test_a_tab_that_lags_behind_sees_the_other_ones_answer_and_then_the_fault(talk, begun):
    seen = talk.scene(begun).place
    list(talk.answer(begun, ANSWER, seen))
    scenes = []
    with pytest.raises(InterviewMoved, match="another tab"):
        scenes.extend(scene for scene in _until_fault(talk.answer(begun, "mine", seen), scenes))
    assert any(ANSWER[:30] in m["content"] for m in scenes[-1].chat)
    assert not any(m["content"] == "mine" for m in scenes[-1].chat)


def _until_fault(scenes, kept):
    for scene in scenes:
        kept.append(scene)
    return ()


def test_an_answer_that_cannot_be_stored_is_not_counted(services, talk, begun, monkeypatch):
    def refuse(*args):
        raise StorageUnavailable("the disk is full; make room")

    monkeypatch.setattr(services.store, "append", refuse)
    scenes = []
    with pytest.raises(StorageUnavailable):
        _until_fault(talk.answer(begun, ANSWER, None), scenes)
    assert scenes[-1].answered == 0
    assert scenes[-1].state == "your_turn"


def test_a_line_that_a_crash_left_due_is_spoken_on_return(services, talk, begun):
    from interviewer.domain.events import CandidateSaid

    services.store.append(begun, talk.scene(begun).place, [CandidateSaid(text=ANSWER)])
    assert talk.scene(begun).state == "stalled"
    scenes = list(talk.resume(begun))
    assert scenes[-1].state == "your_turn"
    assert scenes[-1].chat[-1]["role"] == "assistant"


def test_ending_a_round_leaves_time_for_a_goodbye(talk, begun):
    last = list(talk.end_round(begun, talk.scene(begun).place))[-1]
    assert last.state == "between"
    assert last.interview.rounds[0].ended == "ended_by_candidate"
    assert "ML depth" in card_html(last)


def test_a_finished_interview_is_over(talk, begun):
    talk.finish(begun)
    scene = talk.scene(begun)
    assert scene.state == "over"
    assert "scorecard" in card_html(scene)


def test_the_header_never_tells_who_the_bar_raiser_is(services, talk, begun):
    def headers(raiser):
        scene = talk.scene(begun)
        rounds = tuple(r.model_copy(update={"bar_raiser": raiser}) for r in scene.interview.plan.rounds)
        held = scene.interview.rounds[0].model_copy(update={"plan": rounds[0]})
        interview = scene.interview.model_copy(
            update={"plan": scene.interview.plan.model_copy(update={"rounds": rounds}), "rounds": (held,)}
        )
        return header_html(scene.__class__(**{**scene.__dict__, "interview": interview}), services.bank.personas)

    assert headers(True).partition("data-elapsed")[0] == headers(False).partition("data-elapsed")[0]
    assert "Bar Raiser" not in headers(True)


def test_a_drill_has_no_total_and_no_minutes(services, talk):
    plan = services.plan("drill", "L5", 1, kind="coding")
    interview_id = talk.begin(plan)
    assert "no fixed time" in card_html(talk.scene(interview_id))
    list(talk.start_round(interview_id))
    shown = header_html(talk.scene(interview_id), services.bank.personas)
    assert 'data-total="0"' in shown
    assert "240" not in shown
    assert "<small>/" not in shown


# Lines


def test_a_line_grows_for_whoever_looks_on():
    slow = Slow("What ", "did you do?")
    lines = LiveLines()
    line = lines.speak("a", slow)
    slow.let.release()
    until(lambda: line.text == "What ")
    assert lines.current("a") is line
    slow.let.release()
    assert line.wait(5)
    assert (line.text, lines.current("a")) == ("What did you do?", None)


def test_stop_closes_the_pieces_so_that_the_line_is_completed_and_stored():
    slow = Slow("What ", "never shown")
    lines = LiveLines()
    line = lines.speak("a", slow)
    lines.stop("a")
    slow.let.release()
    assert line.wait(5)
    assert (line.text, slow.closed) == ("What ", True)


def test_two_tabs_that_return_look_on_at_the_same_line():
    slow = Slow("Go on?")
    lines = LiveLines()
    assert lines.join("a", slow) is lines.join("a", Slow("another"))
    slow.let.release()
    assert lines.current("a") is None or lines.current("a").wait(5)


def test_the_clock_runs_from_the_end_of_the_last_line():
    now = [100.0]
    lines = LiveLines(clock=lambda: now[0])
    assert lines.silence("a") == 0.0
    assert lines.speak("a", lambda: iter(["Well?"])).wait(5)
    now[0] = 130.0
    assert lines.silence("a") == 30.0


def test_a_fault_of_the_pieces_is_kept_for_who_looks_on():
    def broken():
        raise StorageUnavailable("the disk is full")
        yield

    line = LiveLines().speak("a", broken)
    assert line.wait(5)
    assert isinstance(line.fault, StorageUnavailable)


# The form


def test_the_form_plans_the_rounds_of_its_table(services):
    plan, title, focus = planned(services, form(rounds=[["ML depth", "10", "", 1, "", "", 2], ["", 1, 1, 1, 1, 1, 1]]))
    assert [(r.kind, r.minutes) for r in plan.rounds] == [("ml_depth", 10)]
    assert (plan.seed, title, focus) == (3, "", "")


def test_a_pace_changes_the_minutes(services):
    plan, _, _ = planned(services, form(pace="Brisk, three quarters of the time"))
    assert plan.rounds[0].minutes == 3.8


def test_a_drill_by_principle_carries_its_name(services):
    plan, title, _ = planned(services, form(preset="drill", rounds=[]))
    assert {q.principle for q in plan.rounds[0].questions} == {"dive_deep"}
    assert title == "Dive Deep"


def test_an_empty_seed_differs_from_time_to_time(services):
    assert len({planned(services, form(seed=" "))[0].seed for _ in range(4)}) > 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seed": "seven"}, "not a whole number"),
        ({"rounds": []}, "no rounds"),
        ({"rounds": [["Chess", 5, 1, 0, 0, 0, 3]]}, "row 1.*'Chess' is no kind of round"),
        ({"rounds": [["Coding", "soon", 1, 0, 0, 0, 3]]}, "row 1.*minutes.*'soon' is not a number"),
        ({"rounds": [["Coding", 5, 1, 0, 0, 0, 3], ["Coding", 0, 1, 0, 0, 0, 3]]}, "row 2.*minutes"),
        ({"rounds": [["Coding", 5, 1.5, 0, 0, 0, 3]]}, "row 1.*problems"),
        ({"rounds": [["Coding", "nan", 1, 0, 0, 0, 3]]}, "row 1.*minutes"),
        ({"preset": "drill", "drill_by": BY_TOPIC, "topic": " "}, "needs a topic"),
    ],
)
def test_what_cannot_be_planned_is_told_in_one_sentence(services, changes, said):
    with pytest.raises(BadInput, match=said):
        planned(services, form(**changes))


def test_a_presets_table_gives_the_preset_back(bank):
    for template in bank.loops.values():
        assert rounds_table.templates(rounds_table.rows(template)) == template.rounds


def test_every_preset_has_a_plan_to_look_at(bank):
    assert all(plan_html(template) for template in bank.loops.values())


# Faults and texts


def test_a_fault_of_ours_is_a_sentence_and_any_other_is_not_shown():
    assert sentence(BadInput("there is no preset 'x'")) == "There is no preset 'x'."
    assert "secret" not in sentence(ValueError("secret"))


def test_a_told_fault_cannot_carry_markup():
    @told
    def handler():
        raise BadInput("no file <img src=x>")

    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        handler()
    assert "&lt;img" in str(shown[-1].message)


def test_a_generator_that_yields_nothing_leaves_the_page_alone():
    """Gradio would empty every output of a generator without a single value."""

    @told
    def handler():
        yield from ()

    assert len(list(handler())) == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (ModelStatus("off"), "Everything stays on this machine"),
        (ModelStatus("ready", remote_host="api.example.com"), "Answers are sent to api.example.com"),
        (ModelStatus("fetching", "12 of 100 MB", progress=0.12), '<progress max="1" value="0.120"'),
        (ModelStatus("loading"), '<progress max="1" aria-label'),
        (ModelStatus("failed", "wrong hash <b>"), "wrong hash &lt;b&gt;"),
    ],
)
def test_the_banner_tells_where_answers_go_and_how_the_model_is(status, said):
    assert said in banner_html(status)


def test_passages_are_escaped_and_cited(services):
    from interviewer.library.search import Hit

    hit = Hit(id="user:a.md#0", source="<a>.md", heading="H & H", text="<script>", score=0.5, kind="user")
    shown = passages_html([hit])
    assert "<script>" not in shown
    assert "user:a.md#0" in shown
    assert "&lt;a&gt;.md" in shown


def test_a_stored_time_is_readable():
    assert "2026" in when("2026-11-21T04:53:00.000+00:00")


# The whole page


def test_every_listener_is_private_and_every_control_has_a_name(services):
    page = build(services)
    config = page.get_config_file()
    assert {d["api_visibility"] for d in config["dependencies"]} == {"private"}
    named = {"button", "downloadbutton", "textbox", "radio", "dropdown", "dataframe", "file", "chatbot"}
    controls = [c for c in config["components"] if c["type"] in named]
    assert len(controls) > 20
    for control in controls:
        assert control["props"].get("label") or control["props"].get("value"), control


def test_the_page_is_served_without_anything_from_elsewhere(services):
    import httpx

    page = start(services, "127.0.0.1", _free("127.0.0.1", 0))
    try:
        text = httpx.get(page.local_url, trust_env=False).text
    finally:
        page.close()
    loaded = text[text.index("<script") :]
    for host in ("fonts.googleapis", "cdnjs", "cdn.", "unpkg"):
        assert host not in loaded


def test_a_busy_port_is_one_clear_sentence():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadInput, match=r"cannot listen on .* choose another with --port"):
            _free("127.0.0.1", taken.getsockname()[1])
