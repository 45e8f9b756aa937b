import heapq


def network_delay_time(n: int, links: list[list[int]], source: int) -> int:
    graph = {i: [] for i in range(n)}
    for u, v, w in links:
        graph[u].append((v, w))
    seen = {source}
    heap = [(0, source)]
    latest = 0
    while heap:
        time, u = heapq.heappop(heap)
        latest = max(latest, time)
        for v, w in graph[u]:
            if v not in seen:
                seen.add(v)
                heapq.heappush(heap, (time + w, v))
    return latest if len(seen) == n else -1
