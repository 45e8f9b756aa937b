def edit_distance(source: str, target: str) -> int:
    def cost(i: int, j: int) -> int:
        """Edits that turn source[i:] into target[j:]."""
        if i == len(source):
            return len(target) - j
        if j == len(target):
            return len(source) - i
        if source[i] == target[j]:
            return cost(i + 1, j + 1)
        return 1 + min(cost(i + 1, j + 1), cost(i + 1, j), cost(i, j + 1))

    return cost(0, 0)
