"""The coding room without a browser: what a tab is shown of it, what is saved, and what comes of Run and Submit."""

import shutil
import threading
from dataclasses import replace

import pytest

from interviewer.cli.turns import came_of
from interviewer.domain.coding import Examined, was_left
from interviewer.domain.coding import TestResult as Tested
from interviewer.domain.events import CandidateSaid, InterviewerSaid
from interviewer.errors import BadInput, InterviewMoved, SandboxUnavailable
from interviewer.services import Services
from interviewer.ui.conversation import HINT, Conversation
from interviewer.ui.messages import outcome
from interviewer.ui.results_html import note_html, results_html, runs_html
from interviewer.ui.room import problem_in, runs
from tests.doubles import HashingEmbedder

CODE = "def two_sum(entries, target):\n    print('<b>hello</b>')\n    return []"


class Examiner:
    """Says of any code what it is told to say, when it is let."""

    def __init__(self):
        self.let, self.asked = threading.Event(), []
        self.passed, self.fault = False, None
        self.let.set()

    def __call__(self, problem, code, kind):
        self.asked.append((problem.id, code, kind))
        assert self.let.wait(10)
        if self.fault:
            raise self.fault
        return ran(kind, self.passed)


def ran(kind="run", passed=False, printed="<b>hello</b>\n"):
    verdict = "passed" if passed else "wrong"
    tests = [Tested(name="example-1", verdict="passed", input="[1], <i>", expected="[]", got="[]")]
    tests.append(Tested(name="example-2", verdict=verdict, input="[1, 2], 3", expected="[0, 1]", got="<img>"))
    if kind == "submit":
        tests.append(Tested(name="secret-case", verdict=verdict, input="[9, 9], 18", expected="[0, 1]", got="[]"))
    return Examined(
        problem="two-sum", kind=kind, passed=passed, tests=tests, seconds=0.1, sandbox="bubblewrap", printed=printed
    )


@pytest.fixture
def examine():
    return Examiner()


@pytest.fixture
def services(settings, examine, monkeypatch):
    monkeypatch.setattr(Services, "examine", lambda self, *of: examine(*of))
    services = Services(settings, embedder=HashingEmbedder())
    yield services
    services.close()


@pytest.fixture
def talk(services):
    return Conversation(services)


@pytest.fixture(scope="module")
def seed(bank, tmp_path_factory):
    """A seed whose coding round begins with two-sum."""
    from interviewer.settings import Settings

    planner = Services(Settings(home=tmp_path_factory.mktemp("plan"), model="none"), embedder=HashingEmbedder())
    return next(n for n in range(2000) if first_question(planner, n) == "two-sum")


def first_question(services, seed):
    return services.plan("full", "L5", seed, kind="coding").rounds[0].questions[0].question_id


@pytest.fixture
def begun(services, talk, seed):
    interview_id = talk.begin(services.plan("full", "L5", seed, kind="coding"))
    list(talk.start_round(interview_id))
    return interview_id


@pytest.fixture
def key(talk, begun):
    return talk.scene(begun).room.key


def handed_in(talk, interview_id, kind="run", code=CODE):
    scene = talk.scene(interview_id)
    return list(talk.hand_in(interview_id, code, kind, scene.place, scene.room.key))


def next_question(services, interview_id, question):
    """The conversation goes on to another question."""
    place = services.interviews.view(interview_id).length
    said = InterviewerSaid(text="Something else.", move="ask", question_id=question)
    services.store.append(interview_id, place, [CandidateSaid(text="That is all."), said])


# What is open


def test_a_room_opens_with_the_problem_and_its_signature(services, talk, begun):
    room = talk.scene(begun).room
    assert room.statement.startswith(f"**{room.title}**")
    assert room.draft == services.bank.problems["two-sum"].signature
    assert problem_in(room.key) == "two-sum"
    assert (room.running, room.result, room.fault) == ("", None, "")


def test_it_closes_when_the_conversation_goes_on_to_another_question(services, talk, begun):
    next_question(services, begun, "dive_deep-opened-the-rows")
    scene = talk.scene(begun)
    assert scene.room is None
    assert "**" in scene.chat[0]["content"]  # the statement stands in the conversation again


def test_a_second_problem_has_a_key_and_a_signature_of_its_own(services, talk, begun, key):
    talk.save(begun, CODE, key)
    next_question(services, begun, "coin-change")
    room = talk.scene(begun).room
    assert room.key != key
    assert room.draft == services.bank.problems["coin-change"].signature


def test_between_rounds_there_is_no_room(talk, begun):
    talk.finish(begun)
    assert talk.scene(begun).room is None


# What is left in the editor


def left(services, interview_id):
    turns = services.interviews.view(interview_id).rounds[0].turns
    return [t.text for t in turns if was_left(t)]


@pytest.mark.parametrize("way", ["in words", "to the next question", "by the button", "the whole interview"])
def test_what_stands_in_the_editor_when_the_problem_is_left_is_handed_in(services, talk, begun, key, way):
    talk.save(begun, CODE, key)
    match way:
        case "in words":
            list(services.interviews.answer(begun, "Let's end the round here."))
        case "to the next question":
            list(services.interviews.answer(begun, "skip"))
        case "by the button":
            services.interviews.end_round(begun)
        case "the whole interview":
            services.interviews.end(begun)
    assert left(services, begun) == [f"```python\n{CODE}\n```"]
    turns = services.interviews.view(begun).rounds[0].turns
    shown = next(t for t in turns if was_left(t))
    assert outcome(shown) == "The code as it stood in the editor."
    assert "run for the scorecard" in came_of(shown)
    card = services.grade(services.interviews.view(begun).transcript())
    assert card.rounds[0].code[0].code == CODE


def test_a_bare_signature_is_not_handed_in(services, begun):
    services.interviews.end_round(begun)
    assert left(services, begun) == []


def test_a_solution_that_passed_is_not_undone_by_what_was_typed_after_it(services, talk, begun, key, examine):
    examine.passed = True
    handed_in(talk, begun, "submit")
    talk.save(begun, CODE + "\n    # half a thought", key)
    services.interviews.end_round(begun)
    assert left(services, begun) == []


def test_code_that_was_run_is_handed_in_as_it_is_and_once(services, talk, begun, key):
    handed_in(talk, begun, "run")
    services.interviews.end_round(begun)
    assert left(services, begun) == []


# What is saved


def test_what_is_typed_is_there_on_return_to_the_last_character(talk, begun, key):
    half = "def two_sum(entries, target):\n    for e in entries:\n        "
    assert talk.save(begun, half, key)
    assert talk.scene(begun).room.draft == half


def test_saving_what_is_stored_already_stores_nothing(services, talk, begun, key):
    talk.save(begun, CODE, key)
    length = services.interviews.view(begun).length
    assert not talk.save(begun, CODE, key)
    assert services.interviews.view(begun).length == length


def test_a_tab_that_lags_behind_does_not_write_into_the_next_problem(services, talk, begun, key):
    next_question(services, begun, "coin-change")
    assert not talk.save(begun, CODE, key)
    place = talk.scene(begun).place
    with pytest.raises(InterviewMoved):
        list(talk.hand_in(begun, CODE, "run", place - 2, key))
    assert "two_sum" not in talk.scene(begun).room.draft


def test_saving_does_not_cross_an_answer_under_way(talk, begun, key):
    place = talk.scene(begun).place
    talk.save(begun, CODE, key)
    assert talk.scene(begun).place == place
    assert list(talk.answer(begun, "Can the list be empty?", place))[-1].answered == 1


# Run and Submit


def test_a_run_is_shown_as_running_then_with_its_results(talk, begun, examine):
    examine.let.clear()
    scenes = []
    for scene in talk.hand_in(begun, CODE, "run", talk.scene(begun).place, talk.scene(begun).room.key):
        scenes.append(scene)
        if scene.room.running:
            examine.let.set()
    assert "run" in [s.room.running for s in scenes]
    assert scenes[-1].room.running == ""
    assert scenes[-1].room.result.count_passed == 1
    assert scenes[-1].state == "your_turn"
    assert [(p, code.strip(), kind) for p, code, kind in examine.asked] == [("two-sum", CODE, "run")]


def test_nobody_is_shown_as_thinking_while_code_runs(talk, begun, examine):
    examine.let.clear()
    for scene in talk.hand_in(begun, CODE, "submit", None, talk.scene(begun).room.key):
        if scene.room.running:
            assert scene.chat[-1]["role"] == "user"
            assert "Submitted the code." in scene.chat[-1]["content"]
            examine.let.set()


def test_a_run_is_one_line_of_the_conversation_with_the_code_folded_away(talk, begun):
    said = next(m["content"] for m in handed_in(talk, begun)[-1].chat if m["role"] == "user")
    assert said.startswith("<details><summary>Ran the code: 1 of 2 examples passed.</summary>\n\n```python\n")
    assert said.endswith("```\n\n</details>")


def test_code_cannot_break_out_of_its_fold(talk, begun):
    nasty = "x = '''\n```\n</details><img src=x onerror=alert(1)>\n'''"
    said = next(m["content"] for m in handed_in(talk, begun, code=nasty)[-1].chat if m["role"] == "user")
    body = said.removeprefix("<details><summary>").partition("</summary>\n\n")[2]
    fence = body[: body.index("python")]
    assert len(fence) > 3
    assert body.count(fence) == 2
    assert body.index("<img") < body.rindex(fence)


def test_when_nothing_is_said_the_candidate_has_the_floor_again(services, talk, begun, examine, monkeypatch):
    from interviewer.interviewing.moves import Move

    monkeypatch.setattr("interviewer.interviewing.interviews.next_move", lambda so_far: Move("silent", "", "works"))
    last = handed_in(talk, begun)[-1]
    assert last.state == "your_turn"
    assert last.chat[-1]["role"] == "user"


def test_an_empty_editor_is_not_handed_in(talk, begun, key):
    with pytest.raises(BadInput, match="editor is empty"):
        list(talk.hand_in(begun, "  \n", "run", None, key))


def test_without_a_sandbox_a_submission_is_handed_in_and_talked_about(talk, begun, examine):
    examine.fault = SandboxUnavailable("Code is not run, because bubblewrap is missing. Install <it>.")
    last = handed_in(talk, begun, "submit")[-1]
    assert last.room.fault.startswith("Code is not run")
    assert "Install &lt;it&gt;" in results_html(last.room)
    assert "Submitted the code, which was not run." in next(m["content"] for m in last.chat if m["role"] == "user")
    assert last.state == "your_turn"


def test_a_hint_is_asked_for_in_words(talk, begun, services):
    list(talk.answer(begun, HINT, None))
    assert services.interviews.view(begun).rounds[0].turns[-1].move == "hint"


def test_a_run_that_a_killed_server_left_is_made_up_for(services, talk, begun, examine):
    from interviewer.domain.coding import handed_in as artifact
    from interviewer.evidence.code_blocks import fenced

    said = CandidateSaid(text=fenced(CODE), artifacts=(artifact("two-sum", "run"),))
    services.store.append(begun, services.interviews.view(begun).length, [said])
    assert talk.scene(begun).state == "stalled"
    assert list(talk.resume(begun))[-1].room.result is not None


# The results panel


def test_examples_are_shown_and_hidden_tests_have_a_verdict_only(talk, begun):
    shown = results_html(handed_in(talk, begun, "submit")[-1].room)
    assert "Submitted: 1 of 3 tests passed." in shown
    assert "[1, 2], 3" in shown
    assert "1 × wrong result" in shown
    assert "secret-case" not in shown
    assert "[9, 9]" not in shown


def test_what_is_to_be_known_of_a_run_stands_under_its_result(talk, begun):
    room = handed_in(talk, begun, "submit")[-1].room
    result = room.result.model_copy(update={"note": "Your only function is called <b>."})
    assert '<p class="run-note">Your only function is called &lt;b&gt;.</p>' in results_html(
        replace(room, result=result)
    )
    assert "run-note" not in results_html(room)


def test_what_code_produced_is_text(talk, begun):
    shown = results_html(handed_in(talk, begun)[-1].room)
    assert "&lt;b&gt;hello&lt;/b&gt;" in shown
    assert "&lt;img&gt;" in shown
    assert "<b>hello" not in shown
    assert "<img" not in shown


def test_long_output_is_shortened(talk, begun, monkeypatch):
    monkeypatch.setattr("tests.test_room.ran", lambda kind, passed: _printing(kind))
    shown = results_html(handed_in(talk, begun)[-1].room)
    assert shown.count("y") < 2_100
    assert "The first 2,000 characters" in shown


def _printing(kind, real=ran):
    return real(kind, printed="y" * 5_000)


def test_the_note_escapes_and_says_nothing_before_anything_was_saved():
    assert "Saved" not in note_html(room="a/1/b", code="x")
    assert "Saved" in note_html(room="a/1/b", code="x", stamp="1")
    assert 'data-length="3"' in note_html(code="x😀")  # as a browser counts
    assert "&lt;" in note_html("Not saved: <disk>")


# Where code runs


def test_a_page_with_the_users_own_rights_says_so(settings):
    own = settings.model_copy(update={"sandbox": "none"})
    assert runs(own).possible
    assert "own rights" in runs_html(runs(own))


def test_a_served_page_with_the_users_own_rights_runs_nothing(settings):
    told = runs(settings.model_copy(update={"sandbox": "none", "host": "0.0.0.0"}))
    assert not told.possible
    assert "You can still submit" in told.told


def test_without_bubblewrap_it_says_what_to_install(settings, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    told = runs(settings)
    assert not told.possible
    assert "apt install bubblewrap" in runs_html(told)
