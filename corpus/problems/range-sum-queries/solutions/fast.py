from itertools import accumulate


def range_sum_queries(readings: list[int], queries: list[list[int]]) -> list[int]:
    totals = list(accumulate(readings, initial=0))
    return [totals[last + 1] - totals[first] for first, last in queries]
