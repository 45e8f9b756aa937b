from math import prod


def product_except_self(nums: list[int]) -> list[int]:
    total = prod(number for number in nums if number != 0)
    if 0 not in nums:
        return [total // number for number in nums]
    return [total if number == 0 else 0 for number in nums]
