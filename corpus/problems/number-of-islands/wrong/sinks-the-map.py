def number_of_islands(grid: list[list[int]]) -> int:
    count = 0
    for row in range(len(grid)):
        for col in range(len(grid[0])):
            if grid[row][col] == 0:
                continue
            count += 1
            grid[row][col] = 0
            stack = [(row, col)]
            while stack:
                r, c = stack.pop()
                for y, x in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
                    if 0 <= y < len(grid) and 0 <= x < len(grid[0]) and grid[y][x] == 1:
                        grid[y][x] = 0
                        stack.append((y, x))
    return count
