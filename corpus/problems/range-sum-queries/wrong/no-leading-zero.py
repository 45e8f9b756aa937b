def range_sum_queries(readings: list[int], queries: list[list[int]]) -> list[int]:
    prefix = []
    total = 0
    for value in readings:
        total += value
        prefix.append(total)
    return [prefix[last] - prefix[first - 1] for first, last in queries]
