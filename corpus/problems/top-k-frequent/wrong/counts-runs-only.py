from itertools import groupby


def top_k_frequent(nums: list[int], k: int) -> list[int]:
    counts: dict[int, int] = {}
    for value, run in groupby(nums):
        counts[value] = max(counts.get(value, 0), len(list(run)))
    return sorted(counts, key=lambda value: counts[value], reverse=True)[:k]
