def reservoir_sampling(items: list[int], k: int, draws: list[int]) -> list[int]:
    """Slot by slot: its item is the last one of the stream that was drawn for it."""
    sample = []
    for slot, item in enumerate(items[:k]):
        for place in range(k, len(items)):
            if draws[place - k] % (place + 1) == slot:
                item = items[place]
        sample.append(item)
    return sample
