def reservoir_sampling(items: list[int], k: int, draws: list[int]) -> list[int]:
    sample: list[int] = []
    numbers = iter(draws)
    for seen, item in enumerate(items, start=1):
        if len(sample) < k:
            sample.append(item)
            continue
        slot = next(numbers) % seen
        if slot < k:
            sample[slot] = item
    return sample
