from collections import defaultdict


def subarray_sum_equals_k(nums: list[int], k: int) -> int:
    seen: dict[int, int] = defaultdict(int)
    seen[0] = 1
    total = found = 0
    for num in nums:
        total += num
        found += seen.get(total - k, 0)
        seen[total] += 1
    return found
