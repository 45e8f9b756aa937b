import heapq


def merge_k_sorted_lists(lists: list[list[int]]) -> list[int]:
    owner = {}
    heap = []
    for numbers in lists:
        if numbers:
            owner[numbers[0]] = (numbers, 0)
            heapq.heappush(heap, numbers[0])
    merged = []
    while heap:
        number = heapq.heappop(heap)
        merged.append(number)
        if number not in owner:
            continue
        numbers, at = owner.pop(number)
        if at + 1 < len(numbers):
            owner[numbers[at + 1]] = (numbers, at + 1)
            heapq.heappush(heap, numbers[at + 1])
    return merged
