def number_of_islands(grid: list[list[int]]) -> int:
    islands: list[set[tuple[int, int]]] = []
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell == 0:
                continue
            merged, apart = {(r, c)}, []
            for island in islands:
                if (r - 1, c) in island or (r, c - 1) in island:
                    merged |= island
                else:
                    apart.append(island)
            islands = [*apart, merged]
    return len(islands)
