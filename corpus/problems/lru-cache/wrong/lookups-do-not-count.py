from collections import OrderedDict


def lru_cache(capacity: int, operations: list[list]) -> list[int]:
    cache: OrderedDict[int, int] = OrderedDict()
    results = []
    for operation in operations:
        if operation[0] == "get":
            results.append(cache.get(operation[1], -1))
        else:
            _, key, value = operation
            cache[key] = value
            cache.move_to_end(key)
            if len(cache) > capacity:
                cache.popitem(last=False)
    return results
