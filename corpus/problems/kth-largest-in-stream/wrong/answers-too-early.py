import heapq


def kth_largest_in_stream(k: int, operations: list[list]) -> list[int | None]:
    best = []
    answers = []
    for operation in operations:
        if operation[0] == "ask":
            answers.append(best[0] if best else None)
        else:
            heapq.heappush(best, operation[1])
            if len(best) > k:
                heapq.heappop(best)
    return answers
