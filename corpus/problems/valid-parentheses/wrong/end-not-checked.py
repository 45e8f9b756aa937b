def valid_parentheses(source: str) -> bool:
    closing = {"(": ")", "[": "]", "{": "}"}
    stack = []
    for char in source:
        if char in closing:
            stack.append(closing[char])
        elif char in closing.values():
            if not stack or stack.pop() != char:
                return False
    return True
