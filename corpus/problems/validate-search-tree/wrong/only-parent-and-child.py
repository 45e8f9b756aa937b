def validate_search_tree(root: TreeNode | None) -> bool:
    if root is None:
        return True
    if root.left and root.left.val >= root.val:
        return False
    if root.right and root.right.val <= root.val:
        return False
    return validate_search_tree(root.left) and validate_search_tree(root.right)
