def number_of_islands(grid: list[list[int]]) -> int:
    if not grid:
        return 0
    rows, cols = len(grid), len(grid[0])
    seen = [[False] * cols for _ in range(rows)]
    islands = 0
    for row in range(rows):
        for col in range(cols):
            if grid[row][col] == 0 or seen[row][col]:
                continue
            islands += 1
            seen[row][col] = True
            stack = [(row, col)]
            while stack:
                r, c = stack.pop()
                for y, x in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
                    if 0 <= y < rows and 0 <= x < cols and grid[y][x] == 1 and not seen[y][x]:
                        seen[y][x] = True
                        stack.append((y, x))
    return islands
