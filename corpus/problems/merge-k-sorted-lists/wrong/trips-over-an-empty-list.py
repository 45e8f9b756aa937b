import heapq


def merge_k_sorted_lists(lists: list[list[int]]) -> list[int]:
    heads = [(numbers[0], which, 0) for which, numbers in enumerate(lists)]
    heapq.heapify(heads)
    merged = []
    while heads:
        number, which, at = heapq.heappop(heads)
        merged.append(number)
        if at + 1 < len(lists[which]):
            heapq.heappush(heads, (lists[which][at + 1], which, at + 1))
    return merged
