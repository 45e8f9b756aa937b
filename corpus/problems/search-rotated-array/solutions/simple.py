def search_rotated_array(values: list[int], targets: list[int]) -> list[int]:
    """Every target is looked for from the start."""
    found = []
    for target in targets:
        place = -1
        for i, value in enumerate(values):
            if value == target:
                place = i
                break
        found.append(place)
    return found
