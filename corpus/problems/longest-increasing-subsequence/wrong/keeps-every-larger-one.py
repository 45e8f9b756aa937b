def longest_increasing_subsequence(nums: list[int]) -> int:
    if not nums:
        return 0
    kept = [nums[0]]
    for num in nums[1:]:
        if num > kept[-1]:
            kept.append(num)
    return len(kept)
