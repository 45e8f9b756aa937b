import heapq


def kth_largest_in_stream(k: int, operations: list[list]) -> list[int | None]:
    best: list[int] = []  # min-heap of the k largest scores so far
    answers: list[int | None] = []
    for operation in operations:
        if operation[0] == "ask":
            answers.append(best[0] if len(best) == k else None)
        elif len(best) < k:
            heapq.heappush(best, operation[1])
        else:
            heapq.heappushpop(best, operation[1])
    return answers
