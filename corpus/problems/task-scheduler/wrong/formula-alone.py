from collections import Counter


def task_scheduler(tasks: list[str], cooldown: int) -> int:
    if not tasks:
        return 0
    counts = list(Counter(tasks).values())
    most = max(counts)
    return (most - 1) * (cooldown + 1) + counts.count(most)
