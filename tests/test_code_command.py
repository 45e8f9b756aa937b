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


def test_the_only_function_is_run_whatever_its_name_and_the_result_says_so(capsys, tmp_path):
    _, said = run(capsys, tmp_path, RIGHT.replace("two_sum", "solve"))
    assert "called solve; it was run as two_sum" in said.out
    assert "ERROR" not in said.out
    assert "WRONG" not in said.out
    both = RIGHT.replace("two_sum", "solve") + "\ndef other(): pass\n"
    _, said = run(capsys, tmp_path, both)
    assert "there is no function called two_sum: of 2 others (solve, other)" in said.out


def test_code_that_sleeps_is_told_so(capsys, tmp_path):
    _, said = run(capsys, tmp_path, "import time\ndef two_sum(nums, target):\n    time.sleep(60)\n", "--json")
    got = json.loads(said.out)["tests"][0]["got"]
    assert "waiting or asleep" in got
    assert "CPU time" not in got
    _, said = run(capsys, tmp_path, "def two_sum(nums, target):\n    while True: pass\n", "--json")
    assert "CPU time" in json.loads(said.out)["tests"][0]["got"]


def test_bad_input_gets_one_sentence(capsys, tmp_path):
    status, said = run(capsys, tmp_path, RIGHT, problem="two-summ")
    assert status == 2
    assert "there is no problem 'two-summ'" in said.err
    assert main(["code", "two-sum", str(tmp_path / "none.py")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_file_with_a_byte_order_mark_is_python_too(capsys, tmp_path):
    status, said = run(capsys, tmp_path, "\ufeff" + RIGHT, "--json")
    assert (status, json.loads(said.out)["passed"]) == (0, True)


def test_the_area_under_the_curve_may_be_summed_in_another_order(capsys, tmp_path):
    status, said = run(capsys, tmp_path, TRAPEZOIDS, "--json", problem="auc-by-hand")
    assert (status, json.loads(said.out)["passed"]) == (0, True)


TRAPEZOIDS = """
def auc_by_hand(labels, scores):
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    area = right = false = before_right = before_false = 0.0
    ranked = sorted(zip(scores, labels), reverse=True)
    for place, (score, label) in enumerate(ranked):
        right += label / positives
        false += (1 - label) / negatives
        if place + 1 == len(ranked) or ranked[place + 1][0] != score:
            area += (false - before_false) * (right + before_right) / 2
            before_right, before_false = right, false
    return area
"""
