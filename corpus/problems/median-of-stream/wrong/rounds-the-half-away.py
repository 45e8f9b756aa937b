import heapq


def median_of_stream(events: list[int | None]) -> list[float | None]:
    lower, upper, medians = [], [], []
    for event in events:
        if event is not None:
            heapq.heappush(upper, -heapq.heappushpop(lower, -event))
            if len(upper) > len(lower):
                heapq.heappush(lower, -heapq.heappop(upper))
        elif not lower:
            medians.append(None)
        elif len(lower) > len(upper):
            medians.append(-lower[0])
        else:
            medians.append((upper[0] - lower[0]) // 2)
    return medians
