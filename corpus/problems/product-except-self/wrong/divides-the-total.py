from math import prod


def product_except_self(nums: list[int]) -> list[int]:
    total = prod(nums)
    return [total // number for number in nums]
