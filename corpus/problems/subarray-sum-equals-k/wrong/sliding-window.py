def subarray_sum_equals_k(nums: list[int], k: int) -> int:
    found = total = left = 0
    for right, num in enumerate(nums):
        total += num
        while total > k and left <= right:
            total -= nums[left]
            left += 1
        if total == k and left <= right:
            found += 1
    return found
