"""What counts as the expected answer, and plain data that stands for trees and lists."""

import pytest

from interviewer.coding.box.shapes import plain, shaped
from interviewer.coding.comparators import close, exact, unordered, unordered_deep


@pytest.mark.parametrize(
    ("got", "expected", "same"),
    [
        (3, 3, True),
        ((1, 2), [1, 2], True),
        ([1, 2], [2, 1], False),
        (True, 1, False),
        (1, True, False),
        ([True], [1], False),
        (None, 0, False),
        ([1, [2, 3]], [1, [2, 3]], True),
        ([1], [1, 1], False),
        ({"a": True}, {"a": 1}, False),
        ("", [], False),
    ],
)
def test_exact(got, expected, same):
    assert exact(got, expected) is same


@pytest.mark.parametrize(
    ("got", "expected", "same"),
    [
        (0.1 + 0.2, 0.3, True),
        ([0.3333333333], [1 / 3], True),
        (0.333, 1 / 3, False),
        (float("nan"), float("nan"), True),
        (float("nan"), 0.0, False),
        (float("inf"), float("inf"), True),
        (1.0, True, False),
        ([1.0, 2.0], [1.0], False),
    ],
)
def test_close(got, expected, same):
    assert close(got, expected) is same


def test_order_is_free_where_it_is_said_to_be():
    assert unordered([3, 1, 1], [1, 3, 1])
    assert not unordered([3, 1], [1, 3, 1])
    assert not unordered(None, [])
    assert unordered_deep([["b", "a"], ["c"]], [["c"], ["a", "b"]])
    assert not unordered_deep([["b"], ["a", "c"]], [["c"], ["a", "b"]])
    assert not unordered_deep(["ab"], [["a", "b"]])


class Sly:
    """A returned value that claims to equal everything."""

    def __eq__(self, other):
        return True

    __hash__ = None


def test_lists_are_compared_item_by_item():
    assert not exact([1, 2, 4], [1, 2, 3])
    assert not exact(Sly(), [1])


@pytest.mark.parametrize("levels", [[], [1], [1, None, 2], [3, 9, 20, None, None, 15, 7], [1, 2, None, 3]])
def test_a_tree_comes_back_as_it_went_in(levels):
    assert plain(shaped(levels, "tree"), "tree") == levels


@pytest.mark.parametrize("values", [[], [1], [1, 2, 3]])
def test_a_linked_list_comes_back_as_it_went_in(values):
    assert plain(shaped(values, "linked_list"), "linked_list") == values


def test_an_array_comes_back_as_a_list():
    assert shaped([[1.0, 2.0]], "array").shape == (1, 2)
    assert plain(shaped([[1.0, 2.0]], "array"), "plain") == [[1.0, 2.0]]


def test_rows_of_numpy_in_a_list_come_back_as_lists():
    rows = list(shaped([[1, 2], [3, 4]], "array"))
    assert plain((rows, rows[0].sum()), "plain") == ([[1, 2], [3, 4]], 3)
    assert type(plain([rows[0][0]], "plain")[0]) is int
