"""Whether what a solution returned is what was expected: exactly, in any order, or nearly for floats.

Not covered: several right answers, which a problem's own check.py decides.
"""

from collections.abc import Callable
from math import isclose, isnan
from typing import Any

_RELATIVE = 1e-6
_ABSOLUTE = 1e-9


def exact(got: Any, expected: Any) -> bool:
    """Equal, with True not taken for 1, and a tuple taken for the list that it would be in JSON."""
    if isinstance(got, list | tuple) and isinstance(expected, list | tuple):
        return len(got) == len(expected) and all(map(exact, got, expected))
    if isinstance(got, bool) or isinstance(expected, bool):
        return got is expected
    if isinstance(got, dict) and isinstance(expected, dict):
        return got.keys() == expected.keys() and all(exact(got[k], expected[k]) for k in expected)
    return _equal(got, expected)


def close(got: Any, expected: Any) -> bool:
    """Like `exact`, with numbers equal to one part in a million."""
    if isinstance(got, list | tuple) and isinstance(expected, list | tuple):
        return len(got) == len(expected) and all(map(close, got, expected))
    if isinstance(got, bool) or isinstance(expected, bool):
        return got is expected
    if isinstance(got, int | float) and isinstance(expected, int | float):
        both_nan = isnan(got) and isnan(expected)
        return both_nan or isclose(got, expected, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
    return _equal(got, expected)


def _equal(got: Any, expected: Any) -> bool:
    """Numbers by value, everything else by type as well: a value of another type may claim to equal anything."""
    if type(got) in (int, float) and type(expected) in (int, float):
        return bool(got == expected)
    return type(got) is type(expected) and bool(got == expected)


def unordered(got: Any, expected: Any) -> bool:
    """The same items, each as often, in any order."""
    same_length = isinstance(got, list | tuple) and len(got) == len(expected)  # first, as sorting may take long
    return same_length and exact(_sorted(got), _sorted(expected))


def unordered_deep(got: Any, expected: Any) -> bool:
    """`unordered`, with the order within each item free as well."""
    if (
        not isinstance(got, list | tuple)
        or len(got) != len(expected)
        or not all(isinstance(item, list | tuple) for item in got)
    ):
        return False
    return exact(_sorted([_sorted(g) for g in got]), _sorted([_sorted(e) for e in expected]))


def _sorted(items: Any) -> list[Any]:
    return sorted(items, key=repr)


COMPARATORS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": exact,
    "close": close,
    "unordered": unordered,
    "unordered_deep": unordered_deep,
}
