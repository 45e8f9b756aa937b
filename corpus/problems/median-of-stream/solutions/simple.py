def median_of_stream(events: list[int | None]) -> list[float | None]:
    readings: list[int] = []
    medians: list[float | None] = []
    for event in events:
        if event is None:
            medians.append(median(readings))
        else:
            readings.append(event)
    return medians


def median(readings: list[int]) -> float | None:
    if not readings:
        return None
    ordered = sorted(readings)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
