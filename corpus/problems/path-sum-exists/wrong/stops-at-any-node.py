def path_sum_exists(root: TreeNode | None, target: int) -> bool:
    stack = [(root, 0)] if root else []
    while stack:
        node, total = stack.pop()
        total += node.val
        if total == target:
            return True
        if node.left:
            stack.append((node.left, total))
        if node.right:
            stack.append((node.right, total))
    return False
