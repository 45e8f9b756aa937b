def two_sum(entries: list[int], target: int) -> list[int]:
    position: dict[int, int] = {}
    for i, entry in enumerate(entries):
        partner = target - entry
        if partner in position:
            return [position[partner], i]
        position[entry] = i
    return []
