def reservoir_sampling(items: list[int], k: int, draws: list[int]) -> list[int]:
    sample = items[:k]
    for i in range(k, len(items)):
        slot = draws[i - k] % i if i else 0
        if slot < k:
            sample[slot] = items[i]
    return sample
