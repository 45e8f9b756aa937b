def number_of_islands(grid: list[list[int]]) -> int:
    n = len(grid)
    seen = set()
    count = 0
    for row in range(n):
        for col in range(n):
            if grid[row][col] == 0 or (row, col) in seen:
                continue
            count += 1
            stack = [(row, col)]
            while stack:
                r, c = stack.pop()
                if r < 0 or r >= n or c < 0 or c >= n or grid[r][c] == 0 or (r, c) in seen:
                    continue
                seen.add((r, c))
                stack += [(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)]
    return count
