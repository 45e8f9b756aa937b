from collections import OrderedDict


def lru_cache(capacity: int, operations: list[list]) -> list[int]:
    cache: OrderedDict[int, int] = OrderedDict()
    results = []
    for operation in operations:
        key = operation[1]
        if operation[0] == "get":
            if key in cache:
                cache.move_to_end(key)
            results.append(cache.get(key, -1))
        else:
            if len(cache) == capacity:
                cache.popitem(last=False)
            cache[key] = operation[2]
            cache.move_to_end(key)
    return results
