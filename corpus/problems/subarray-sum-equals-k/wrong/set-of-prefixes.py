def subarray_sum_equals_k(nums: list[int], k: int) -> int:
    seen = {0}
    total = found = 0
    for num in nums:
        total += num
        if total - k in seen:
            found += 1
        seen.add(total)
    return found
