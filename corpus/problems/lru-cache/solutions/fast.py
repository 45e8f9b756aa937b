class Node:
    def __init__(self, key: int = 0, value: int = 0) -> None:
        self.key = key
        self.value = value
        self.older = self
        self.newer = self


class Cache:
    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.nodes: dict[int, Node] = {}
        self.ends = Node()  # sentinel: its newer neighbour is the oldest entry, its older one the most recent

    def get(self, key: int) -> int:
        node = self.nodes.get(key)
        if node is None:
            return -1
        self._unlink(node)
        self._append(node)
        return node.value

    def put(self, key: int, value: int) -> None:
        if key in self.nodes:
            self._unlink(self.nodes[key])
        elif len(self.nodes) == self.capacity:
            oldest = self.ends.newer
            self._unlink(oldest)
            del self.nodes[oldest.key]
        self.nodes[key] = Node(key, value)
        self._append(self.nodes[key])

    def _unlink(self, node: Node) -> None:
        node.older.newer = node.newer
        node.newer.older = node.older

    def _append(self, node: Node) -> None:
        node.older, node.newer = self.ends.older, self.ends
        node.older.newer = node
        self.ends.older = node


def lru_cache(capacity: int, operations: list[list]) -> list[int]:
    cache = Cache(capacity)
    results = []
    for name, *rest in operations:
        if name == "put":
            cache.put(*rest)
        else:
            results.append(cache.get(*rest))
    return results
