def path_sum_exists(root: TreeNode | None, target: int) -> bool:
    if root is None:
        return False
    rest = target - root.val
    if rest < 0:
        return False
    if root.left is None and root.right is None:
        return rest == 0
    return path_sum_exists(root.left, rest) or path_sum_exists(root.right, rest)
