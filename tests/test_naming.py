"""Which function of the code that was handed in is called."""

import pytest

from interviewer.coding.naming import named


@pytest.mark.parametrize(
    ("code", "note", "missing"),
    [
        ("def two_sum(a): return a", "", ""),
        ("def solve(a): return a", "called solve; it was run as two_sum", ""),
        ("def solve(a): return a\ndef test_solve(): pass", "called solve", ""),
        ("if True:\n    def two_sum(a): return a\nelse: x = 1", "", ""),
        ("from functools import reduce as two_sum", "", ""),
        ("a, two_sum = 1, lambda x: x\ndef f(): pass", "", ""),
        ("def f(): pass\ndef g(): pass", "", "of 2 others (f, g) it is not guessed"),
        ("def test_it(): pass", "", "the code defines none at its top level"),
        ("x = 1", "", "write `def two_sum(...)`"),
        ("class Solution:\n    def two_sum(self): pass", "", "none at its top level"),
        ("def solve(:", "", ""),
        ("def solve(): nonlocal x", "", ""),
    ],
)
def test_which_function_is_called(code, note, missing):
    found = named(code, "two_sum")
    assert (note in found.note, missing in found.missing) == (True, True)
    assert (bool(found.note), bool(found.missing)) == (bool(note), bool(missing))
    assert found.code.startswith(code)
    assert ("two_sum = solve" in found.code) == bool(note)
