"""Plain values as JSON and back, the same on both sides of the sandbox's wall.

What is no plain value (an object, a function) crosses as its type's name and the beginning of its repr, and becomes a
`Foreign`, which equals nothing. Nothing here runs what it reads: no pickle, no eval. Not covered: shared references
and cycles (a cycle is an error of the sender).
"""

from __future__ import annotations

import json
from collections import Counter

TYPE_CHECKING = False  # importing `typing` would take a fifth of the time that a box takes to start
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_SCALARS = {int, float, str, bool, type(None)}
_LONGEST_REPR = 200
_MOST_ALIKE = 100  # keys of one hash in a set or dict: each is compared with all of the others


class Foreign:
    """Something that is no plain value, shown by what it called itself."""

    def __init__(self, kind: str, shown: str) -> None:
        self.kind = legible(kind)
        self.shown = legible(shown[:_LONGEST_REPR])

    def __repr__(self) -> str:
        return f"<{self.kind}: {self.shown}>"


def packed(value: Any) -> bytes:
    """One line of JSON. Raises RecursionError for what is nested too deeply and ValueError for a cycle."""
    return json.dumps(_tagged(value), check_circular=False).encode("ascii") + b"\n"


def unpacked(line: bytes) -> Any:
    """The value of one line. Raises ValueError for what is not ours or too costly, RecursionError for what is too deep.

    The line may be anything: whoever wrote it may mean to break or to stall whoever reads it.
    """
    try:
        return _untagged(json.loads(line))
    except (TypeError, LookupError, ArithmeticError) as fault:
        raise ValueError(f"no value of ours: {fault}") from fault


def legible(text: str) -> str:
    """Text of the code's own, with what would break or steer whoever shows it (half characters, controls) escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else ascii(c)[1:-1] for c in text)


def _tagged(value: Any) -> Any:
    kind = type(value)
    if kind in _SCALARS:
        return value
    if isinstance(value, list):
        return value if set(map(type, value)) <= _SCALARS else [_tagged(item) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [_tagged(item) for item in value]}
    if isinstance(value, set | frozenset):
        return {"set": [_tagged(item) for item in value]}
    if isinstance(value, dict):
        return {"dict": [[_tagged(k), _tagged(v)] for k, v in value.items()]}
    for plain in (bool, int, float, str):  # subclasses cross as what they are made of
        if isinstance(value, plain):
            return plain(value)
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, complex):
        return {"complex": [value.real, value.imag]}
    return {"foreign": [kind.__name__, _shown(value)]}


def _shown(value: Any) -> str:
    try:
        return repr(value)[:_LONGEST_REPR]
    except Exception as fault:  # a repr of the candidate's own may do anything
        return f"repr failed with {type(fault).__name__}"


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        return value if set(map(type, value)) <= _SCALARS else [_untagged(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) != 1:
        raise ValueError("a tagged value has one tag")
    ((tag, inner),) = value.items()
    if tag == "dict":
        pairs = [(_untagged(k), _untagged(v)) for k, v in inner]
        _check_spread(k for k, _ in pairs)
        return dict(pairs)
    if tag == "foreign":
        return Foreign(str(inner[0]), str(inner[1]))
    if tag == "tuple":
        return tuple(_untagged(item) for item in inner)
    if tag == "set":
        items = [_untagged(item) for item in inner]
        _check_spread(items)
        return set(items)
    if tag == "bytes":
        return bytes.fromhex(inner)
    if tag == "complex":
        return complex(*inner)
    raise ValueError(f"unknown tag {tag!r}")


def _check_spread(keys: Iterable[Any]) -> None:
    """Raises ValueError for keys made to have one hash, as multiples of 2**61 - 1 have: a set of them takes hours."""
    ((_, alike),) = Counter(map(hash, keys)).most_common(1) or [(0, 0)]
    if alike > _MOST_ALIKE:
        raise ValueError("a set of values that were made to be slow")
