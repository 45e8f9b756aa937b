def valid_parentheses(source: str) -> bool:
    """Strike out pairs that stand side by side until there is none left."""
    brackets = "".join(char for char in source if char in "()[]{}")
    before = None
    while brackets != before:
        before = brackets
        for pair in ("()", "[]", "{}"):
            brackets = brackets.replace(pair, "")
    return not brackets
