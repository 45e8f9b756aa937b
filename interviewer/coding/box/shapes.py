"""Plain data to what a problem's functions take (trees, linked lists, numpy arrays) and back.

A tree is a list level by level with None where a child is missing, as in [3, 9, 20, None, None, 15, 7].
Not covered: cyclic lists and graphs of nodes; such problems take plain data.
"""

from __future__ import annotations

from collections import deque

TYPE_CHECKING = False  # importing `typing` would take a fifth of the time that a box takes to start
if TYPE_CHECKING:
    from typing import Any


class TreeNode:
    def __init__(self, val: Any = 0, left: TreeNode | None = None, right: TreeNode | None = None) -> None:
        self.val = val
        self.left = left
        self.right = right


class ListNode:
    def __init__(self, val: Any = 0, next: ListNode | None = None) -> None:
        self.val = val
        self.next = next


def shaped(value: Any, shape: str) -> Any:
    """Plain data as a problem's function takes it."""
    if shape == "tree":
        return _tree(value)
    if shape == "linked_list":
        return _linked(value)
    if shape == "array":
        import numpy as np

        return np.asarray(value)
    return value


def plain(value: Any, shape: str) -> Any:
    """What a function returned, as plain data; what has not the shape is left as it is."""
    if shape == "tree" and (value is None or hasattr(value, "left")):
        return _levels(value)
    if shape == "linked_list" and (value is None or hasattr(value, "next")):
        return _values(value)
    return _bare(value)


def _bare(value: Any) -> Any:
    """numpy's values as Python's own, inside lists and tuples too."""
    if type(value) in (list, tuple):
        return type(value)(_bare(item) for item in value)
    return value.tolist() if hasattr(value, "tolist") else value


def _tree(levels: list[Any]) -> TreeNode | None:
    if not levels or levels[0] is None:
        return None
    root = TreeNode(levels[0])
    waiting, rest = deque([root]), iter(levels[1:])
    while waiting:
        node = waiting.popleft()
        for side in ("left", "right"):
            value = next(rest, None)
            if value is not None:
                child = TreeNode(value)
                setattr(node, side, child)
                waiting.append(child)
    return root


def _levels(root: Any) -> list[Any]:
    found: list[Any] = []
    waiting = deque([root])
    while waiting:
        node = waiting.popleft()
        found.append(None if node is None else node.val)
        if node is not None:
            waiting += (node.left, node.right)
    while found and found[-1] is None:
        found.pop()
    return found


def _linked(values: list[Any]) -> ListNode | None:
    head: ListNode | None = None
    for value in reversed(values):
        head = ListNode(value, head)
    return head


def _values(head: Any) -> list[Any]:
    found = []
    while head is not None:
        found.append(head.val)
        head = head.next
    return found
