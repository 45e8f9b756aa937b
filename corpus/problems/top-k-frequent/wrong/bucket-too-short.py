from collections import Counter


def top_k_frequent(nums: list[int], k: int) -> list[int]:
    buckets: list[list[int]] = [[] for _ in range(len(nums))]
    for value, count in Counter(nums).items():
        buckets[count].append(value)
    result: list[int] = []
    for bucket in reversed(buckets):
        result.extend(bucket)
    return result[:k]
