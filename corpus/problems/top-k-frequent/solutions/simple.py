def top_k_frequent(nums: list[int], k: int) -> list[int]:
    counts = []
    for value in set(nums):
        counts.append((nums.count(value), value))
    counts.sort(reverse=True)
    return [value for _, value in counts[:k]]
