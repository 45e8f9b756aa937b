def lru_cache(capacity: int, operations: list[list]) -> list[int]:
    values: dict[int, int] = {}
    order: list[int] = []  # keys, the one used least recently first
    results = []
    for operation in operations:
        key = operation[1]
        if key in values:
            order.remove(key)
            order.append(key)
        if operation[0] == "get":
            results.append(values.get(key, -1))
            continue
        if key not in values:
            if len(order) == capacity:
                del values[order.pop(0)]
            order.append(key)
        values[key] = operation[2]
    return results
