def product_except_self(nums: list[int]) -> list[int]:
    result = []
    for i in range(len(nums)):
        product = 1
        for j, number in enumerate(nums):
            if j != i:
                product *= number
        result.append(product)
    return result
