"""The interviewer beside an editor: what is said to code that fails, passes or stands still, and when nothing is."""

import re

import pytest

from interviewer.domain.coding import Examined, TestResult
from interviewer.domain.loop import LoopPlan, PlannedQuestion, RoundPlan
from interviewer.errors import BadInput, InterviewMoved, SandboxUnavailable
from interviewer.evidence.code_blocks import fenced
from interviewer.evidence.reader import Reader
from interviewer.evidence.readings import Readings
from interviewer.interviewing.guard import _PRAISE as PRAISE
from interviewer.interviewing.interviews import Interviews
from interviewer.interviewing.results import result_lines, summary
from interviewer.interviewing.spoken import spoken
from interviewer.interviewing.voice import Voice
from interviewer.storage.events import EventStore
from tests.doubles import HashingEmbedder

PROBLEM = "product-except-self"
RIGHT = "def product_except_self(numbers):\n    return right\n"
WRONG = "def product_except_self(numbers):\n    return wrong\n"


def examined(problem, code, kind):
    """What the code's last word says: "right" passes, "wrong" fails the first example, and so on."""
    word = code.split()[-1]
    examples = [TestResult(name=f"example-{n}", verdict="passed", input="[1]") for n in (1, 2)]
    hidden = [TestResult(name=f"hidden-{n}", verdict="passed", input="[secret]") for n in range(3)]
    if word == "wrong":
        examples[0] = examples[0].model_copy(update={"verdict": "wrong", "expected": "[2]", "got": "[3]"})
    if word == "nearly":
        hidden[1] = hidden[1].model_copy(update={"verdict": "wrong", "expected": "[secret]", "got": "[0]"})
    if word == "endless":
        examples = [
            t.model_copy(update={"verdict": "timed_out" if n == 0 else "skipped"}) for n, t in enumerate(examples)
        ]
    if word in ("unreadable", "uncalled"):
        said_so = "SyntaxError: '(' was never closed" if word == "unreadable" else "there is no function called x"
        both = [*examples, *hidden]
        first = both[0].model_copy(update={"verdict": "error", "got": said_so})
        skipped = [t.model_copy(update={"verdict": "skipped"}) for t in both[1:]]
        examples, hidden = [first, skipped[0]], skipped[1:]
    if word == "asleep":
        late = {"verdict": "timed_out", "got": "nothing within 5 seconds: it was waiting or asleep, and not computing"}
        examples[0] = examples[0].model_copy(update=late)
    if word == "slow":
        hidden[2] = hidden[2].model_copy(update={"verdict": "timed_out"})
    if word == "broken":
        hidden[0] = hidden[0].model_copy(update={"verdict": "error", "got": "KeyError: secret", "line": 2})
    tests = examples if kind == "run" else [*examples, *hidden]
    passed = all(t.verdict == "passed" for t in tests)
    return Examined(problem=problem.id, kind=kind, passed=passed, tests=tuple(tests), seconds=0.1, sandbox="test")


class Now:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def now():
    return Now()


@pytest.fixture
def interviews(bank, tmp_path, now):
    store = EventStore(f"sqlite:///{tmp_path}/interviews.db")
    yield Interviews(bank, store, Readings(bank, Reader(HashingEmbedder())), Voice(None), clock=now, examine=examined)
    store.close()


@pytest.fixture
def begun(bank, interviews):
    principle = next(iter(bank.principles.values()))
    asked = (
        PlannedQuestion(question_id=PROBLEM, probes=6),
        PlannedQuestion(question_id=principle.questions[0].id, principle=principle.id, probes=2),
    )
    held = RoundPlan(kind="coding", minutes=55, persona=next(iter(bank.personas)), questions=asked)
    interview = interviews.start(LoopPlan(preset="full", level="L5", seed=1, rounds=(held,)), {})
    said(interviews.start_round(interview))
    return interview


def said(pieces):
    return "".join(pieces)


def last(interviews, begun):
    return interviews.view(begun).current.turns[-1]


def code(word):
    return f"def product_except_self(numbers):\n    return {word}"


def test_a_run_is_a_turn_with_its_result(interviews, begun):
    said(interviews.hand_in(begun, code("wrong"), "run"))
    turn = interviews.view(begun).current.turns[1]
    assert turn.text == fenced(code("wrong"))
    assert [a["type"] for a in turn.artifacts] == ["code", "run"]


@pytest.mark.parametrize(
    ("word", "kind", "target"),
    [
        ("wrong", "run", "correctness"),
        ("broken", "submit", "correctness"),
        ("nearly", "submit", "tests"),
        ("slow", "submit", "complexity"),
        ("endless", "run", "correctness"),
        ("unreadable", "submit", "correctness"),
        ("uncalled", "run", "correctness"),
        ("asleep", "run", "correctness"),
        ("right", "run", "tests"),
        ("right", "submit", "complexity"),
    ],
)
def test_a_run_is_met_with_a_question_that_gives_nothing_away(interviews, begun, word, kind, target):
    line = said(interviews.hand_in(begun, code(word), kind))
    assert (last(interviews, begun).move, last(interviews, begun).target) == ("probe", target)
    assert line.count("?") == 1
    assert "secret" not in line
    assert "hidden" not in line


def test_examples_that_pass_after_a_test_was_named_are_met_with_silence(interviews, begun):
    said(
        interviews.answer(begun, "I would test an empty list, a single element and two zeros. That is my plan for it.")
    )
    assert said(interviews.hand_in(begun, code("right"), "run")) == ""
    current = interviews.view(begun).current
    assert current.awaits_candidate
    assert current.turns[-1].speaker == "candidate"


def test_the_same_question_is_not_put_twice_and_then_there_is_silence(interviews, begun):
    lines = [said(interviews.hand_in(begun, code(f"{n} + wrong"), "run")) for n in range(12)]
    spoken = [line for line in lines if line]
    assert len(spoken) == len(set(spoken)) < 12
    assert interviews.view(begun).current.awaits_candidate


def test_hints_come_when_asked_for_smallest_first_and_are_counted(interviews, begun, bank):
    hints = bank.problems[PROBLEM].hints
    for strength in ("small", "medium", "large"):
        line = said(interviews.answer(begun, "Could I have a hint, please?"))
        assert getattr(hints, strength) in line
        assert last(interviews, begun).artifacts == ({"type": "hint", "strength": strength},)
    said(interviews.answer(begun, "Another hint, please?"))
    assert last(interviews, begun).move != "hint"


def test_no_hint_after_a_pass(interviews, begun):
    said(interviews.hand_in(begun, code("right"), "submit"))
    said(interviews.answer(begun, "Could you give me a hint?"))
    assert last(interviews, begun).move != "hint"


def test_code_in_the_conversation_is_a_submission(interviews, begun):
    said(interviews.answer(begun, f"This is my solution, it goes through the list twice.\n{fenced(code('right'))}"))
    assert interviews.view(begun).current.turns[1].artifacts[1]["kind"] == "submit"


def test_what_is_typed_is_kept_and_does_not_move_the_interview_on(interviews, begun):
    place = interviews.view(begun).place
    assert interviews.save_code(begun, "def half")
    assert not interviews.save_code(begun, "def half")
    current = interviews.view(begun).current
    assert interviews.desk.draft(current, interviews.desk.problem(current)) == "def half"
    said(interviews.answer(begun, "I keep typing and think aloud about the two passes.", place))
    assert interviews.view(begun).set_aside == ()


def test_a_stale_tab_cannot_hand_in(interviews, begun):
    place = interviews.view(begun).place
    said(interviews.hand_in(begun, code("wrong"), "run", place))
    with pytest.raises(InterviewMoved):
        said(interviews.hand_in(begun, code("right"), "submit", place))
    assert interviews.view(begun).set_aside == (fenced(code("right")),)


def test_long_typing_without_a_word_is_met_with_an_invitation(interviews, begun, now):
    for _ in range(9):
        now.seconds += 30
        interviews.save_code(begun, f"x = {now.seconds}")
    line = said(interviews.unasked(begun))
    assert last(interviews, begun).target == "communication"
    assert line.endswith("?")
    assert said(interviews.unasked(begun)) == "", "the clock begins anew"


def test_comments_count_as_a_word(interviews, begun, now):
    for n in range(9):
        now.seconds += 30
        interviews.save_code(begun, "\n".join(f"# step {k}" for k in range(n + 1)))
    assert said(interviews.unasked(begun)) == ""


def test_a_long_stall_brings_the_small_hint_once(interviews, begun, now, bank):
    now.seconds += 60
    interviews.save_code(begun, "x = 1")
    now.seconds += 299
    assert bank.problems[PROBLEM].hints.small not in said(interviews.unasked(begun))
    now.seconds += 301
    assert bank.problems[PROBLEM].hints.small in said(interviews.unasked(begun))
    assert said(interviews.unasked(begun)) == ""


def test_an_unasked_line_does_not_cross_an_answer_that_is_on_its_way(interviews, begun, now):
    place = interviews.view(begun).place
    interviews.save_code(begun, "x = 1")
    now.seconds += 400
    assert said(interviews.unasked(begun))
    said(interviews.answer(begun, "I am still comparing the two ends of the window.", place))
    assert interviews.view(begun).set_aside == ()


def test_a_killed_process_runs_the_code_when_it_comes_back(bank, tmp_path, now):
    def killed(problem, code, kind):
        raise KeyboardInterrupt

    def made(examine):
        store = EventStore(f"sqlite:///{tmp_path}/killed.db")
        return Interviews(
            bank, store, Readings(bank, Reader(HashingEmbedder())), Voice(None), clock=now, examine=examine
        )

    asked = (PlannedQuestion(question_id=PROBLEM, probes=2),)
    held = RoundPlan(kind="coding", minutes=55, persona=next(iter(bank.personas)), questions=asked)
    first = made(killed)
    interview = first.start(LoopPlan(preset="full", level="L5", seed=1, rounds=(held,)), {})
    said(first.start_round(interview))
    with pytest.raises(KeyboardInterrupt):
        said(first.hand_in(interview, code("wrong"), "run"))
    second = made(examined)
    assert second.view(interview).current.awaits_interviewer
    assert said(second.respond(interview))
    assert [a["type"] for a in second.view(interview).current.turns[1].artifacts] == ["code", "run"]


def test_without_a_sandbox_the_code_is_handed_in_and_talked_about(bank, tmp_path, now):
    def refused(problem, code, kind):
        raise SandboxUnavailable("install bubblewrap")

    store = EventStore(f"sqlite:///{tmp_path}/none.db")
    there = Interviews(bank, store, Readings(bank, Reader(HashingEmbedder())), Voice(None), clock=now, examine=refused)
    asked = (PlannedQuestion(question_id=PROBLEM, probes=2),)
    held = RoundPlan(kind="coding", minutes=55, persona=next(iter(bank.personas)), questions=asked)
    interview = there.start(LoopPlan(preset="full", level="L5", seed=1, rounds=(held,)), {})
    said(there.start_round(interview))
    line = said(there.hand_in(interview, code("right"), "submit"))
    assert there.view(interview).current.turns[1].artifacts[1] == {"type": "run", "fault": "install bubblewrap"}
    assert "cannot be run" in line
    assert line.endswith("?")


@pytest.mark.parametrize(("text", "why"), [("", "empty"), ("x = 1\n" * 20_000, "shorten")])
def test_code_that_cannot_be_handed_in_is_refused_in_one_sentence(interviews, begun, text, why):
    with pytest.raises(BadInput, match=why):
        said(interviews.hand_in(begun, text, "run"))


def test_hidden_tests_show_their_verdict_only(bank):
    problem = bank.problems[PROBLEM]
    done = examined(problem, code("broken"), "submit")
    assert summary(done) == "Submitted: 4 of 5 tests passed."
    hidden = [line for line in result_lines(done) if line.name.startswith("Hidden")]
    assert [line.outcome for line in hidden] == ["error in line 2: KeyError", "passed", "passed"]
    assert not any(line.detail for line in hidden)


@pytest.mark.parametrize(
    ("got", "shown"),
    [
        ("hidden input ([4], 8): x", "an exception that is not Python's own"),
        ("_4_and_8: x", "an exception that is not Python's own"),
        ("__doc__: x", "an exception that is not Python's own"),
        ("IndexError: 4", "IndexError"),
        ("the program ended with status 48: it was killed", "the program ended"),
        ("there is no function called x", "there is no function"),
    ],
)
def test_an_error_on_a_hidden_test_cannot_spell_its_input(bank, got, shown):
    done = examined(bank.problems[PROBLEM], code("broken"), "submit")
    tests = [t.model_copy(update={"got": got}) if t.verdict == "error" else t for t in done.tests]
    lines = result_lines(done.model_copy(update={"tests": tuple(tests)}))
    assert next(line for line in lines if line.verdict == "error").outcome == f"error in line 2: {shown}"


def test_an_endless_loop_on_an_example_is_not_blamed_on_a_large_input(interviews, begun):
    line = said(interviews.hand_in(begun, code("endless"), "run"))
    assert not re.search("large|big", line)


def test_the_cost_is_asked_for_after_a_pass_where_only_that_of_another_idea_was_told(interviews, begun):
    said(interviews.answer(begun, "Brute force is two loops, O(n^2) time and O(1) memory. I would rather go twice."))
    said(interviews.hand_in(begun, code("right"), "submit"))
    assert last(interviews, begun).target == "complexity"


@pytest.mark.parametrize("word", ["unreadable", "uncalled"])
def test_nobody_is_asked_which_value_a_line_meets_that_never_ran(interviews, begun, bank, word):
    said_so = [said(interviews.hand_in(begun, f"{code(word)[: -len(word)]}{n} + {word}", "run")) for n in range(7)]
    lines = bank.rounds["coding"].editor.unreadable
    assert set(filter(None, said_so)) == set(lines)


def test_code_that_waits_is_asked_what_it_waits_for_and_not_how_it_grows(interviews, begun, bank):
    assert said(interviews.hand_in(begun, code("asleep"), "run")) in bank.rounds["coding"].editor.waiting
    shown = result_lines(examined(bank.problems[PROBLEM], code("asleep"), "run"))
    assert shown[0].outcome == "waited until the time was over"


WRONG_COST = "It is O(log n) time, and O(1) memory beside the answer."


def passed(interviews, begun):
    said(interviews.hand_in(begun, code("right"), "submit"))


def test_a_cost_that_is_not_the_known_one_is_questioned_once_and_nothing_is_given_away(interviews, begun, bank):
    lines = bank.rounds["coding"].editor.cost_in_doubt
    passed(interviews, begun)
    assert said(interviews.answer(begun, WRONG_COST)) in lines
    assert last(interviews, begun).target == "complexity"
    assert said(interviews.answer(begun, "The loop halves it, so it is O(log n) time.")) not in lines
    for text in lines:
        assert not re.search(r"wrong|incorrect|sure|O\(|linear|faster|slower", text)


def test_a_right_cost_and_one_that_was_corrected_are_not_questioned(interviews, begun, bank):
    lines = bank.rounds["coding"].editor.cost_in_doubt
    passed(interviews, begun)
    assert said(interviews.answer(begun, f"{WRONG_COST} Sorry, it is O(n) time.")) not in lines


def test_the_cost_of_the_follow_up_is_not_questioned(interviews, begun, bank):
    passed(interviews, begun)
    said(interviews.answer(begun, "It is O(n) time, and O(1) memory beside the answer."))
    steps = {step.id for step in bank.problems[PROBLEM].ladder}
    for _ in range(6):
        if last(interviews, begun).target in steps:
            break
        said(interviews.answer(begun, "I would try a list with one zero and one with two of them."))
    else:
        raise AssertionError("the follow-up was never put")
    line = said(interviews.answer(begun, "That would be O(n^2) time then, because each is recomputed."))
    assert line not in bank.rounds["coding"].editor.cost_in_doubt


def test_two_questions_in_one_breath_get_two_answers(interviews, begun, bank):
    first, second = (c for c in bank.problems[PROBLEM].clarifications[:2])
    line = said(interviews.answer(begun, f"{first.asks[0].capitalize()}? And {second.asks[0]}?"))
    assert first.answer in line
    assert second.answer in line


def test_a_test_pasted_into_the_conversation_is_not_handed_in(interviews, begun):
    said(interviews.answer(begun, "I would try:\n```python\nassert product_except_self([1, 2]) == [2, 1]\n```"))
    assert not interviews.view(begun).current.turns[1].artifacts


@pytest.mark.parametrize("name", ["binary-tree-level-order", "reverse-linked-list-in-groups", "attention-block"])
def test_what_is_given_is_shown_with_the_statement(bank, name):
    problem = bank.problems[name]
    assert problem.given.strip() in spoken(problem)
    assert ("written" in spoken(problem)) == bool({"tree", "linked_list"} & {*problem.takes})


def test_a_bare_signature_loads_with_what_is_given(bank):
    for problem in bank.problems.values():
        space = {}
        exec(compile(f"{problem.given}\n{problem.signature}\n    pass\n", problem.id, "exec"), space)
        assert problem.function in space


def test_no_line_of_the_room_praises_or_asks_twice(bank):
    lines = bank.rounds["coding"].editor.model_dump()
    for kind, texts in lines.items():
        for text in texts:
            assert text.count("?") <= 1, (kind, text)
            assert len(text.split()) <= 40
            assert not PRAISE.search(text), (kind, text)
