from itertools import compress, product


def subsets_with_duplicates(nums: list[int]) -> list[list[int]]:
    ordered = sorted(nums)
    different = {tuple(compress(ordered, mask)) for mask in product((0, 1), repeat=len(ordered))}
    return [list(chosen) for chosen in different]
