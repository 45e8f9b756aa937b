from collections import Counter


def task_scheduler(tasks: list[str], cooldown: int) -> int:
    """Play it minute by minute: of the kinds that are rested, run the one with most jobs left."""
    left = Counter(tasks)
    rested_from = dict.fromkeys(left, 0)
    minute = 0
    while left:
        ready = [kind for kind in left if rested_from[kind] <= minute]
        if ready:
            kind = max(ready, key=lambda name: left[name])
            rested_from[kind] = minute + cooldown + 1
            left[kind] -= 1
            if left[kind] == 0:
                del left[kind]
        minute += 1
    return minute
