def task_scheduler(tasks: list[str], cooldown: int) -> int:
    last_run: dict[str, int] = {}
    minute = 0
    for task in tasks:
        minute += 1
        if task in last_run:
            minute = max(minute, last_run[task] + cooldown + 1)
        last_run[task] = minute
    return minute
