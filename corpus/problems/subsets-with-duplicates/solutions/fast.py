def subsets_with_duplicates(nums: list[int]) -> list[list[int]]:
    ordered = sorted(nums)
    found: list[list[int]] = []
    chosen: list[int] = []

    def extend(start: int) -> None:
        found.append(chosen[:])
        for i in range(start, len(ordered)):
            if i > start and ordered[i] == ordered[i - 1]:
                continue  # the same number was tried at this place already
            chosen.append(ordered[i])
            extend(i + 1)
            chosen.pop()

    extend(0)
    return found
