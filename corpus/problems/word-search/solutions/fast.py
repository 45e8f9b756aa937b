from collections import Counter


def word_search(board: list[list[str]], word: str) -> bool:
    letters = Counter(letter for row in board for letter in row)
    if Counter(word) - letters:
        return False
    if letters[word[0]] > letters[word[-1]]:
        word = word[::-1]  # fewer cells to start from
    rows, columns = len(board), len(board[0])
    used: set[tuple[int, int]] = set()

    def spells(row: int, column: int, at: int) -> bool:
        """Whether word[at:] can be spelled from this cell on."""
        if not (0 <= row < rows and 0 <= column < columns):
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

    return any(spells(row, column, 0) for row in range(rows) for column in range(columns))
