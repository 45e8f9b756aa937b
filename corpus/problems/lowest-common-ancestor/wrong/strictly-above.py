def lowest_common_ancestor(root: TreeNode, p: int, q: int) -> int:
    parent = {root.val: None}
    stack = [root]
    while stack:
        node = stack.pop()
        for child in (node.left, node.right):
            if child is not None:
                parent[child.val] = node.val
                stack.append(child)
    above = set()
    value = parent[p]
    while value is not None:
        above.add(value)
        value = parent[value]
    value = parent[q]
    while value not in above:
        value = parent[value]
    return value
