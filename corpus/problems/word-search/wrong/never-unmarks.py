def word_search(board: list[list[str]], word: str) -> bool:
    rows, columns = len(board), len(board[0])

    def spells(row: int, column: int, at: int, used: set[tuple[int, int]]) -> bool:
        if not (0 <= row < rows and 0 <= column < columns):
            return False
        if (row, column) in used or board[row][column] != word[at]:
            return False
        if at == len(word) - 1:
            return True
        used.add((row, column))
        steps = ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1))
        return any(spells(r, c, at + 1, used) for r, c in steps)

    return any(spells(row, column, 0, set()) for row in range(rows) for column in range(columns))
