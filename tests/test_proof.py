"""A shipped problem is proven by running its solutions: each way in which it can be unproven is named."""

import shutil

import pytest

from interviewer.coding.proof import failures, faults_of
from interviewer.domain.question import Problem

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
]
FAST = "def has_pair(numbers, total):\n    seen = set()\n    for n in numbers:\n        if total - n in seen:\n            return True\n        seen.add(n)\n    return False\n"
SIMPLE = "def has_pair(numbers, total):\n    return any(a + b == total for i, a in enumerate(numbers) for b in numbers[:i])\n"
WITH_ITSELF = "def has_pair(numbers, total):\n    return any(total - n in set(numbers) for n in set(numbers))\n"
ALWAYS = "def has_pair(numbers, total):\n    return True\n"
CRASHES = "def has_pair(numbers, total):\n    return numbers[0] + numbers[1] == total or has_pair(numbers[1:], total)\n"
HANGS = "def has_pair(numbers, total):\n    while len(numbers) == 2:\n        pass\n    return False\n"
LITERAL = [
    ([], 0, False), ([1], 2, False), ([1, 2], 3, True), ([1, 2], 4, False), ([2, 2], 4, True), ([-1, 1], 0, True),
    ([5, 0], 5, True), ([1, 2, 3], 7, False), ([3, 3, 3], 6, True), ([10, -4, 7], 3, True), ([0], 0, False),
]  # fmt: skip


def problem(**changes):
    tests = [{"name": f"case-{n}", "args": [a, t], "returns": r} for n, (a, t, r) in enumerate(LITERAL)]
    tests.append({"name": "large", "make": "[list(range(0, 60000, 2)), 7]", "slow": True, "seconds": 1})
    mistakes = {"with-itself": "case-1", "always": "case-0", "crashes": "case-0"}
    held = {
        "id": "has-pair", "title": "x", "text": "x", "rubric": "coding", "pattern": "x", "statement": "x",
        "signature": "x", "examples": [{"args": [[1, 2], 3], "returns": True}], "complexity": "x",
        "hints": {"small": "x", "medium": "x", "large": "x"}, "tests": tests,
        "wrong": [{"file": f, "mistake": "x", "caught_by": [c]} for f, c in mistakes.items()],
    }  # fmt: skip
    return Problem.model_validate(held | changes)


@pytest.fixture
def folder(tmp_path):
    files = {
        "solutions/fast": FAST, "solutions/simple": SIMPLE, "wrong/with-itself": WITH_ITSELF, "wrong/always": ALWAYS,
        "wrong/crashes": CRASHES,
    }  # fmt: skip
    for name, text in files.items():
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_a_right_problem_is_proven(folder):
    assert faults_of(problem(), folder) == []


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("solutions/fast", ALWAYS, "the fast solution fails on case-0"),
        ("solutions/simple", CRASHES, "the simple solution fails on case-0"),
        ("solutions/simple", FAST, "passes the slow tests too"),
        ("wrong/always", FAST, "'always' passes every test"),
        ("wrong/always", WITH_ITSELF, "not caught by 'case-0'"),
    ],
)
def test_a_solution_that_does_not_do_what_it_should_is_named(folder, file, text, fault):
    (folder / f"{file}.py").write_text(text)
    (found,) = faults_of(problem(), folder)
    assert fault in found


def test_what_is_missing_is_named(folder):
    (folder / "wrong" / "always.py").unlink()
    assert "wrong/always.py missing" in faults_of(problem(), folder)[0]
    few = problem(tests=problem().model_dump(exclude_unset=True)["tests"][:3], wrong=[])
    assert [f.split(": ")[1][:20] for f in faults_of(few, folder)][:3] == [
        "3 tests, at least 12",
        "no test is marked sl",
        "0 wrong solutions, a",
    ]


def test_a_solution_that_hangs_costs_that_test_alone(folder):
    (folder / "hangs.py").write_text(HANGS)
    quick = [t | {"seconds": 0.2} for t in problem().model_dump(exclude_unset=True)["tests"]]
    found = failures(problem(tests=quick), folder, folder / "hangs.py")
    assert {n for n, v in found.items() if v == "timed_out"} == {
        "example-1",
        "case-2",
        "case-3",
        "case-4",
        "case-5",
        "case-6",
    }
    assert found["case-8"].startswith("wrong")


def test_one_long_call_of_c_is_out_of_time_too(folder):
    (folder / "stuck.py").write_text("def has_pair(numbers, total):\n    return sum(range(10**11)) == total\n")
    tests = [{"name": "one", "args": [[1], 2], "returns": False, "seconds": 0.2}]
    found = failures(problem(tests=tests, wrong=[]), folder, folder / "stuck.py")
    assert found == {"example-1": "timed_out", "one": "timed_out"}


MUTATING = {
    "sorts-in-place": "def has_pair(numbers, total):\n    numbers.sort()\n    return any(total - a in numbers[i + 1:] for i, a in enumerate(numbers))\n",
    "adds-one": "def has_pair(numbers, total):\n    numbers.append(0)\n    found = any(total - a in numbers[i + 1:-1] for i, a in enumerate(numbers[:-1]))\n    return found\n",
    "hides-it": "import sys\ndef has_pair(numbers, total):\n    main = sys.modules['__main__']\n    main.plain = lambda value, shape: True\n    numbers.clear()\n    return True\n",
}  # fmt: skip
RESTORING = "def has_pair(numbers, total):\n    numbers.append(0)\n    numbers.pop()\n    seen = set()\n    return any(total - n in seen or seen.add(n) for n in numbers)\n"


@pytest.mark.parametrize("name", MUTATING)
def test_a_solution_that_changes_its_input_is_wrong_where_it_is_to_be_kept(folder, name):
    (folder / "mutates.py").write_text(MUTATING[name])
    tests = [{"name": "one", "args": [[5, 1], 6], "returns": True}]
    kept = failures(problem(tests=tests, wrong=[], keeps_input=True), folder, folder / "mutates.py")
    assert kept["one"].startswith("wrong: True")
    assert "the input was changed" in kept["one"]
    assert failures(problem(tests=tests, wrong=[]), folder, folder / "mutates.py") == {}


def test_what_is_put_back_was_not_changed(folder):
    (folder / "restores.py").write_text(RESTORING)
    tests = [{"name": "one", "args": [[5, 1], 6], "returns": True}]
    assert failures(problem(tests=tests, wrong=[], keeps_input=True), folder, folder / "restores.py") == {}


@pytest.mark.parametrize("shape", ["tree", "linked_list", "array"])
def test_input_of_every_shape_can_be_kept(folder, shape):
    (folder / "keeps.py").write_text("def has_pair(numbers, total):\n    return True\n")
    tests = [{"name": "one", "args": [[5, 1, 7], 6], "returns": True}]
    given = problem(tests=tests, wrong=[], keeps_input=True, takes=[shape])
    assert failures(given, folder, folder / "keeps.py") == {}
    change = "numbers[0] = 9" if shape == "array" else "numbers.val = 9"
    (folder / "keeps.py").write_text(f"def has_pair(numbers, total):\n    {change}\n    return True\n")
    assert "the input was changed" in failures(given, folder, folder / "keeps.py")["one"]


def test_an_example_that_says_something_wrong_is_found(folder):
    wrong = problem(examples=[{"args": [[1], 2], "returns": True}])
    assert faults_of(wrong, folder) == ["has-pair: the fast solution fails on example-1 (wrong: False)"]
