from collections import Counter


def task_scheduler(tasks: list[str], cooldown: int) -> int:
    if not tasks:
        return 0
    most = max(Counter(tasks).values())
    return max(len(tasks), (most - 1) * (cooldown + 1) + 1)
