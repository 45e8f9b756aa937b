def two_sum(entries: list[int], target: int) -> list[int]:
    position = {entry: i for i, entry in enumerate(entries)}
    for i, entry in enumerate(entries):
        if target - entry in position:
            return [i, position[target - entry]]
    return []
