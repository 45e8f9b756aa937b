from collections.abc import Iterator

Path = list[tuple[int, int]]


def word_search(board: list[list[str]], word: str) -> bool:
    def paths(path: Path, length: int) -> Iterator[Path]:
        """Every way to go on until the path has this length, whatever the letters are."""
        if len(path) == length:
            yield path
            return
        row, column = path[-1]
        for r, c in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
            if 0 <= r < len(board) and 0 <= c < len(board[0]) and (r, c) not in path:
                yield from paths([*path, (r, c)], length)

    for row in range(len(board)):
        for column in range(len(board[0])):
            for path in paths([(row, column)], len(word)):
                if "".join(board[r][c] for r, c in path) == word:
                    return True
    return False
