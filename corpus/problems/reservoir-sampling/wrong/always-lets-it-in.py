def reservoir_sampling(items: list[int], k: int, draws: list[int]) -> list[int]:
    if k == 0:
        return []
    sample = items[:k]
    for item, number in zip(items[k:], draws, strict=True):
        sample[number % k] = item
    return sample
