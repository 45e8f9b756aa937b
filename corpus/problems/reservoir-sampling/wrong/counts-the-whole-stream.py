def reservoir_sampling(items: list[int], k: int, draws: list[int]) -> list[int]:
    sample = items[:k]
    total = len(items)
    for item, number in zip(items[k:], draws, strict=True):
        slot = number % total
        if slot < k:
            sample[slot] = item
    return sample
