def course_schedule(num_courses: int, prerequisites: list[list[int]]) -> bool:
    pairs = {(course, required) for course, required in prerequisites}
    return not any((required, course) in pairs for course, required in pairs)
