from heapq import heappop, heappush


def network_delay_time(n: int, links: list[list[int]], source: int) -> int:
    outgoing = [[] for _ in range(n)]
    for sender, receiver, delay in links:
        outgoing[sender].append((receiver, delay))
    arrival: dict[int, int] = {}
    heap = [(0, source)]
    while heap:
        time, machine = heappop(heap)
        if machine in arrival:
            continue
        arrival[machine] = time
        for receiver, delay in outgoing[machine]:
            if receiver not in arrival:
                heappush(heap, (time + delay, receiver))
    return max(arrival.values()) if len(arrival) == n else -1
