def subsets_with_duplicates(nums: list[int]) -> list[list[int]]:
    ordered = sorted(nums)
    found = []

    def extend(start: int, chosen: list[int]) -> None:
        found.append(chosen)
        for i in range(start, len(ordered)):
            if i > 0 and ordered[i] == ordered[i - 1]:
                continue
            extend(i + 1, chosen + [ordered[i]])

    extend(0, [])
    return found
