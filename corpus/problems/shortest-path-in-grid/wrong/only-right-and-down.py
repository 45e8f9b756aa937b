from math import inf


def shortest_path_in_grid(grid: list[list[int]]) -> int:
    rows, cols = len(grid), len(grid[0])
    best = [[inf] * cols for _ in range(rows)]
    for r in range(rows):
        for c in range(cols):
            if grid[r][c] == 1:
                continue
            if r == 0 and c == 0:
                best[r][c] = 0
            if r > 0:
                best[r][c] = min(best[r][c], best[r - 1][c] + 1)
            if c > 0:
                best[r][c] = min(best[r][c], best[r][c - 1] + 1)
    return -1 if best[-1][-1] == inf else best[-1][-1]
