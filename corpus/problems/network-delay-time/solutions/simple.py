from math import inf


def network_delay_time(n: int, links: list[list[int]], source: int) -> int:
    arrival = [inf] * n
    arrival[source] = 0
    improved = True
    while improved:
        improved = False
        for sender, receiver, delay in links:
            if arrival[sender] + delay < arrival[receiver]:
                arrival[receiver] = arrival[sender] + delay
                improved = True
    latest = max(arrival)
    return -1 if latest == inf else latest
