import heapq
from collections import deque


def merge_k_sorted_lists(lists: list[list[int]]) -> list[int]:
    heads = [(-numbers[-1], which) for which, numbers in enumerate(lists) if numbers]
    heapq.heapify(heads)
    merged: deque[int] = deque()
    while heads:
        _, which = heads[0]
        merged.appendleft(lists[which].pop())
        if lists[which]:
            heapq.heapreplace(heads, (-lists[which][-1], which))
        else:
            heapq.heappop(heads)
    return list(merged)
