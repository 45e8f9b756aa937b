def word_search(board: list[list[str]], word: str) -> bool:
    rows, columns = len(board), len(board[0])

    def spells(row: int, column: int, rest: str) -> bool:
        if not (0 <= row < rows and 0 <= column < columns) or board[row][column] != rest[0]:
            return False
        if len(rest) == 1:
            return True
        steps = ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1))
        return any(spells(r, c, rest[1:]) for r, c in steps)

    return any(spells(row, column, word) for row in range(rows) for column in range(columns))
