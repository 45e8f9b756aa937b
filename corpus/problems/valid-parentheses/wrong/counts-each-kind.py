def valid_parentheses(source: str) -> bool:
    pairs = ["()", "[]", "{}"]
    counts = [0, 0, 0]
    for char in source:
        for i, pair in enumerate(pairs):
            if char == pair[0]:
                counts[i] += 1
            elif char == pair[1]:
                counts[i] -= 1
                if counts[i] < 0:
                    return False
    return counts == [0, 0, 0]
