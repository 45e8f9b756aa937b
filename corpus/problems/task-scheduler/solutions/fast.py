from collections import Counter


def task_scheduler(tasks: list[str], cooldown: int) -> int:
    if not tasks:
        return 0
    counts = Counter(tasks).values()
    most = max(counts)
    tied = sum(count == most for count in counts)
    return max(len(tasks), (most - 1) * (cooldown + 1) + tied)
