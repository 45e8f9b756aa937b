def kth_largest_in_stream(k: int, operations: list[list]) -> list[int | None]:
    seen: list[int] = []
    answers: list[int | None] = []
    for operation in operations:
        if operation[0] == "add":
            seen.append(operation[1])
        elif len(seen) < k:
            answers.append(None)
        else:
            answers.append(sorted(seen, reverse=True)[k - 1])
    return answers
