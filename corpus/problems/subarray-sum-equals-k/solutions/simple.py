def subarray_sum_equals_k(nums: list[int], k: int) -> int:
    found = 0
    for start in range(len(nums)):
        total = 0
        for end in range(start, len(nums)):
            total += nums[end]
            if total == k:
                found += 1
    return found
