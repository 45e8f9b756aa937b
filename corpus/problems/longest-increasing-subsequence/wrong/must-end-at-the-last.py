def longest_increasing_subsequence(nums: list[int]) -> int:
    if not nums:
        return 0
    longest = [1] * len(nums)
    for i in range(len(nums)):
        for j in range(i):
            if nums[j] < nums[i]:
                longest[i] = max(longest[i], longest[j] + 1)
    return longest[-1]
