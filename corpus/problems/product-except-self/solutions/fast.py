def product_except_self(nums: list[int]) -> list[int]:
    result = [1] * len(nums)
    before = 1
    for i, number in enumerate(nums):
        result[i] = before
        before *= number
    after = 1
    for i in range(len(nums) - 1, -1, -1):
        result[i] *= after
        after *= nums[i]
    return result
