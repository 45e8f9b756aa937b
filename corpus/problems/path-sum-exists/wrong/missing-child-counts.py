def path_sum_exists(root: TreeNode | None, target: int) -> bool:
    if root is None:
        return target == 0
    rest = target - root.val
    return path_sum_exists(root.left, rest) or path_sum_exists(root.right, rest)
