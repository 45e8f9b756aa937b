def merge_intervals(intervals: list[list[int]]) -> list[list[int]]:
    """Add the intervals one by one; each swallows whatever it meets among those kept so far."""
    kept: list[list[int]] = []
    for start, end in intervals:
        apart = []
        for other in kept:
            if other[1] < start or end < other[0]:
                apart.append(other)
            else:
                start, end = min(start, other[0]), max(end, other[1])
        kept = [*apart, [start, end]]
    return sorted(kept)
