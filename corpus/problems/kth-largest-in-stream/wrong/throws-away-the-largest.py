import heapq


def kth_largest_in_stream(k: int, operations: list[list]) -> list[int | None]:
    heap = []
    answers = []
    for operation in operations:
        if operation[0] == "ask":
            answers.append(-heap[0] if len(heap) == k else None)
        else:
            heapq.heappush(heap, -operation[1])
            if len(heap) > k:
                heapq.heappop(heap)
    return answers
