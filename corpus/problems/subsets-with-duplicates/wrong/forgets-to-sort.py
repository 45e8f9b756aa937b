def subsets_with_duplicates(nums: list[int]) -> list[list[int]]:
    found = []

    def extend(start: int, chosen: list[int]) -> None:
        found.append(chosen)
        for i in range(start, len(nums)):
            if i > start and nums[i] == nums[i - 1]:
                continue
            extend(i + 1, chosen + [nums[i]])

    extend(0, [])
    return found
