from collections import Counter


def subarray_sum_equals_k(nums: list[int], k: int) -> int:
    seen: Counter[int] = Counter()
    total = found = 0
    for num in nums:
        total += num
        found += seen[total - k]
        seen[total] += 1
    return found
