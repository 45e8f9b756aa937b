import heapq


def merge_k_sorted_lists(lists: list[list[int]]) -> list[int]:
    heads = [(numbers[0], which, 0) for which, numbers in enumerate(lists) if numbers]
    heapq.heapify(heads)
    merged = []
    while heads:
        number, which, at = heads[0]
        merged.append(number)
        if at + 1 < len(lists[which]):
            heapq.heapreplace(heads, (lists[which][at + 1], which, at + 1))
        else:
            heapq.heappop(heads)
    return merged
