def lowest_common_ancestor(root: TreeNode, p: int, q: int) -> int:
    node = root
    while node is not None:
        if p < node.val and q < node.val and node.left is not None:
            node = node.left
        elif p > node.val and q > node.val and node.right is not None:
            node = node.right
        else:
            return node.val
