def validate_search_tree(root: TreeNode | None, low=None, high=None) -> bool:
    if root is None:
        return True
    if low and root.val <= low:
        return False
    if high and root.val >= high:
        return False
    return validate_search_tree(root.left, low, root.val) and validate_search_tree(root.right, root.val, high)
