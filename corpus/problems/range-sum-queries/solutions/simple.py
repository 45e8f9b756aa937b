def range_sum_queries(readings: list[int], queries: list[list[int]]) -> list[int]:
    return [sum(readings[first : last + 1]) for first, last in queries]
