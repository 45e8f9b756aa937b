def word_search(board: list[list[str]], word: str) -> bool:
    used = set()

    def spells(row: int, column: int, at: int) -> bool:
        if row >= len(board) or column >= len(board[0]):
            return False
        if (row, column) in used or board[row][column] != word[at]:
            return False
        if at == len(word) - 1:
            return True
        used.add((row, column))
        steps = ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1))
        found = any(spells(r, c, at + 1) for r, c in steps)
        used.remove((row, column))
        return found

    return any(spells(row, column, 0) for row in range(len(board)) for column in range(len(board[0])))
