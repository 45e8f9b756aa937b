def course_schedule(num_courses: int, prerequisites: list[list[int]]) -> bool:
    followers: list[list[int]] = [[] for _ in range(num_courses)]
    for course, before in prerequisites:
        followers[before].append(course)
    path: set[int] = set()
    finished: set[int] = set()

    def sound(course: int) -> bool:
        if course in path:
            return False
        if course in finished:
            return True
        path.add(course)
        if not all(sound(follower) for follower in followers[course]):
            return False
        path.remove(course)
        finished.add(course)
        return True

    return sound(0)
