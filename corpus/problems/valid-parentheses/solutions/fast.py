PARTNER = {")": "(", "]": "[", "}": "{"}


def valid_parentheses(source: str) -> bool:
    still_open: list[str] = []
    for char in source:
        if char in "([{":
            still_open.append(char)
        elif char in PARTNER:
            if not still_open or still_open.pop() != PARTNER[char]:
                return False
    return not still_open
