def two_sum(entries: list[int], target: int) -> list[int]:
    for i, first in enumerate(entries):
        for j in range(i + 1, len(entries)):
            if first + entries[j] == target:
                return [i, j]
    return []
