from collections import deque


def course_schedule(num_courses: int, prerequisites: list[list[int]]) -> bool:
    followers: list[list[int]] = [[] for _ in range(num_courses)]
    still_open = [0] * num_courses
    for course, required in prerequisites:
        followers[required].append(course)
        still_open[course] += 1

    ready = deque(course for course in range(num_courses) if still_open[course] == 0)
    taken = 0
    while ready:
        course = ready.popleft()
        taken += 1
        for follower in followers[course]:
            still_open[follower] -= 1
            if still_open[follower] == 0:
                ready.append(follower)
    return taken == num_courses
