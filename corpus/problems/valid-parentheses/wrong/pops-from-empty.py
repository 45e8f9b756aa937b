def valid_parentheses(source: str) -> bool:
    matching = {")": "(", "]": "[", "}": "{"}
    stack = []
    for char in source:
        if char in matching.values():
            stack.append(char)
        elif char in matching:
            if stack.pop() != matching[char]:
                return False
    return len(stack) == 0
