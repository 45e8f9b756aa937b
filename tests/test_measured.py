"""A measured growth is kept from one grading to the next, whatever becomes of the file."""

import pytest

from interviewer.coding.growth import Growth
from interviewer.coding.measured import Measured

QUADRATIC = Growth((64, 128, 256), (0.01, 0.04, 0.16), 2.0, ("quadratic",))


class Clock:
    """Measures something else each time."""

    def __init__(self, *found):
        self.found = list(found)

    def __call__(self, problem, code):
        return self.found.pop(0)


@pytest.fixture
def problem(bank):
    return bank.problems["edit-distance"]


@pytest.mark.parametrize("first", [QUADRATIC, None])
def test_the_first_measurement_holds_in_the_next_process(problem, tmp_path, first):
    file = tmp_path / "home" / "growth.jsonl"
    assert Measured(Clock(first), file)(problem, "code") == first
    assert Measured(Clock(), file)(problem, "code") == first
    assert "code" not in file.read_text()


def test_other_code_and_a_changed_problem_are_measured(problem, tmp_path):
    measured = Measured(Clock(QUADRATIC, None, None), tmp_path / "growth.jsonl")
    assert measured(problem, "code") == QUADRATIC
    assert measured(problem, "other code") is None
    assert measured(problem.model_copy(update={"growth": "n: [n]"}), "code") is None


@pytest.mark.parametrize("damage", [b'{"key": "ab', b"\xff\xfe", b"[]\n7\n"])
def test_a_damaged_file_is_measured_anew(problem, tmp_path, damage):
    file = tmp_path / "growth.jsonl"
    file.write_bytes(damage)
    assert Measured(Clock(QUADRATIC), file)(problem, "code") == QUADRATIC


def test_a_file_that_cannot_be_written_is_no_fault_of_the_candidates(problem, tmp_path, caplog):
    (tmp_path / "home").write_text("a file where the folder should be")
    assert Measured(Clock(QUADRATIC), tmp_path / "home" / "growth.jsonl")(problem, "code") == QUADRATIC
    assert "could not be kept" in caplog.text
