from collections import deque


def shortest_path_in_grid(grid: list[list[int]]) -> int:
    rows, cols = len(grid), len(grid[0])
    if grid[0][0] == 1 or grid[-1][-1] == 1:
        return -1
    steps = [[-1] * cols for _ in range(rows)]
    steps[0][0] = 0
    queue = deque([(0, 0)])
    while queue:
        r, c = queue.popleft()
        if (r, c) == (rows - 1, cols - 1):
            break
        for y, x in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
            if 0 <= y < rows and 0 <= x < cols and grid[y][x] == 0 and steps[y][x] == -1:
                steps[y][x] = steps[r][c] + 1
                queue.append((y, x))
    return steps[-1][-1]
