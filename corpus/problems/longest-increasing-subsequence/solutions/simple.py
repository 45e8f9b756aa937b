def longest_increasing_subsequence(nums: list[int]) -> int:
    longest = [1] * len(nums)
    for i, num in enumerate(nums):
        for j in range(i):
            if nums[j] < num and longest[j] >= longest[i]:
                longest[i] = longest[j] + 1
    return max(longest, default=0)
