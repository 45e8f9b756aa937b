def number_of_islands(grid: list[list[int]]) -> int:
    count = 0
    for r in range(len(grid)):
        for c in range(len(grid[r])):
            if grid[r][c] == 0:
                continue
            above = r > 0 and grid[r - 1][c] == 1
            left = c > 0 and grid[r][c - 1] == 1
            if not above and not left:
                count += 1
    return count
