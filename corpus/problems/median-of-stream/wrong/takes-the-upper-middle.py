from bisect import insort


def median_of_stream(events: list[int | None]) -> list[float | None]:
    ordered, medians = [], []
    for event in events:
        if event is not None:
            insort(ordered, event)
        elif ordered:
            medians.append(ordered[len(ordered) // 2])
        else:
            medians.append(None)
    return medians
