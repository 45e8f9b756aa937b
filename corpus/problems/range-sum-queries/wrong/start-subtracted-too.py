def range_sum_queries(readings: list[int], queries: list[list[int]]) -> list[int]:
    prefix = [0]
    for value in readings:
        prefix.append(prefix[-1] + value)
    return [prefix[last + 1] - prefix[first + 1] for first, last in queries]
