from bisect import bisect_left


def search_rotated_array(values: list[int], targets: list[int]) -> list[int]:
    in_order = sorted(values)
    found = []
    for target in targets:
        i = bisect_left(in_order, target)
        found.append(i if i < len(in_order) and in_order[i] == target else -1)
    return found
