import heapq
from collections import Counter


def top_k_frequent(nums: list[int], k: int) -> list[int]:
    best: list[tuple[int, int]] = []  # a min-heap: its root is the weakest of the k best so far
    for value, count in Counter(nums).items():
        if len(best) < k:
            heapq.heappush(best, (count, value))
        elif count > best[0][0]:
            heapq.heapreplace(best, (count, value))
    return [value for _, value in best]
