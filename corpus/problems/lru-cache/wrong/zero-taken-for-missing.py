from collections import OrderedDict


def lru_cache(capacity: int, operations: list[list]) -> list[int]:
    cache: OrderedDict[int, int] = OrderedDict()
    results = []
    for operation in operations:
        key = operation[1]
        if operation[0] == "get":
            value = cache.get(key)
            if value:
                cache.move_to_end(key)
                results.append(value)
            else:
                results.append(-1)
            continue
        cache[key] = operation[2]
        cache.move_to_end(key)
        if len(cache) > capacity:
            cache.popitem(last=False)
    return results
