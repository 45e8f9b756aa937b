def two_sum(entries: list[int], target: int) -> list[int]:
    position: dict[int, int] = {}
    for i, entry in enumerate(entries):
        if entry > target:
            continue
        if target - entry in position:
            return [position[target - entry], i]
        position[entry] = i
    return []
