def course_schedule(num_courses: int, prerequisites: list[list[int]]) -> bool:
    required: list[list[int]] = [[] for _ in range(num_courses)]
    for course, before in prerequisites:
        required[course].append(before)

    for start in range(num_courses):
        visited = {start}
        stack = [start]
        while stack:
            for before in required[stack.pop()]:
                if before in visited:
                    return False
                visited.add(before)
                stack.append(before)
    return True
