"""`interviewer code`: the document that FORMATS.md promises, and what is said about bad input."""

import json
import shutil

import pytest

from interviewer.cli.main import main

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
]
RIGHT = "def two_sum(nums, target):\n    seen = {}\n    for i, n in enumerate(nums):\n        if target - n in seen:\n            return [seen[target - n], i]\n        seen[n] = i\n    return []\n"


def run(capsys, tmp_path, code, *options, problem="two-sum"):
    file = tmp_path / "solution.py"
    file.write_text(code)
    status = main(["code", problem, str(file), *options])
    return status, capsys.readouterr()


def test_a_right_solution_passes_every_test(capsys, tmp_path):
    status, said = run(capsys, tmp_path, RIGHT, "--json")
    examined = json.loads(said.out)
    assert (status, examined["passed"], examined["sandbox"]) == (0, True, "bubblewrap")
    assert {t["verdict"] for t in examined["tests"]} == {"passed"}
    assert {"name", "verdict", "input", "expected", "got", "line"} <= set(examined["tests"][0])


def test_a_wrong_solution_is_a_result_with_what_it_gave(capsys, tmp_path):
    status, said = run(capsys, tmp_path, "def two_sum(nums, target):\n    return nums[10**6]\n")
    assert status == 0
    assert "ERROR" in said.out
    assert "(line 2)" in said.out
    assert "IndexError" in said.out


def test_after_a_time_out_the_rest_is_skipped(capsys, tmp_path):
    _, said = run(capsys, tmp_path, "def two_sum(nums, target):\n    while True: pass\n", "--json")
    verdicts = [t["verdict"] for t in json.loads(said.out)["tests"]]
    assert verdicts[0] == "timed_out"
    assert set(verdicts[1:]) == {"skipped"}


def test_bad_input_gets_one_sentence(capsys, tmp_path):
    status, said = run(capsys, tmp_path, RIGHT, problem="two-summ")
    assert status == 2
    assert "there is no problem 'two-summ'" in said.err
    assert main(["code", "two-sum", str(tmp_path / "none.py")]) == 2
    assert "cannot be read" in capsys.readouterr().err
