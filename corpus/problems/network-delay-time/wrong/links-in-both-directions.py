import heapq


def network_delay_time(n: int, links: list[list[int]], source: int) -> int:
    graph = {i: [] for i in range(n)}
    for u, v, w in links:
        graph[u].append((v, w))
        graph[v].append((u, w))
    done = {}
    heap = [(0, source)]
    while heap:
        time, u = heapq.heappop(heap)
        if u in done:
            continue
        done[u] = time
        for v, w in graph[u]:
            heapq.heappush(heap, (time + w, v))
    return max(done.values()) if len(done) == n else -1
