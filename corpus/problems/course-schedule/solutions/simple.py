def course_schedule(num_courses: int, prerequisites: list[list[int]]) -> bool:
    """Follow every chain of requirements to its end; exponential, as nothing is remembered between chains."""
    required: list[list[int]] = [[] for _ in range(num_courses)]
    for course, before in prerequisites:
        required[course].append(before)
    path: set[int] = set()

    def leads_into_a_cycle(course: int) -> bool:
        if course in path:
            return True
        path.add(course)
        found = any(leads_into_a_cycle(before) for before in required[course])
        path.remove(course)
        return found

    return not any(leads_into_a_cycle(course) for course in range(num_courses))
