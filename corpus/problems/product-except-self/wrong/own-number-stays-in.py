def product_except_self(nums: list[int]) -> list[int]:
    result = []
    before = 1
    for number in nums:
        before *= number
        result.append(before)
    after = 1
    for i in range(len(nums) - 1, -1, -1):
        result[i] *= after
        after *= nums[i]
    return result
