from math import inf


def shortest_path_in_grid(grid: list[list[int]]) -> int:
    rows, cols = len(grid), len(grid[0])
    if grid[0][0] == 1:
        return -1
    best = {(r, c): inf for r in range(rows) for c in range(cols) if grid[r][c] == 0}
    best[0, 0] = 0
    improved = True
    while improved:
        improved = False
        for (r, c), steps in best.items():
            for neighbour in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
                if best.get(neighbour, inf) + 1 < steps:
                    steps = best[neighbour] + 1
                    best[r, c] = steps
                    improved = True
    target = best.get((rows - 1, cols - 1), inf)
    return -1 if target == inf else target
