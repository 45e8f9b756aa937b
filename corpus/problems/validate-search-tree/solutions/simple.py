def validate_search_tree(root: TreeNode | None) -> bool:
    if root is None:
        return True
    if any(value >= root.val for value in values_of(root.left)):
        return False
    if any(value <= root.val for value in values_of(root.right)):
        return False
    return validate_search_tree(root.left) and validate_search_tree(root.right)


def values_of(node: TreeNode | None) -> list[int]:
    values, stack = [], [node]
    while stack:
        node = stack.pop()
        if node is not None:
            values.append(node.val)
            stack += (node.left, node.right)
    return values
