def lowest_common_ancestor(root: TreeNode, p: int, q: int) -> int:
    def find(node):
        if node is None:
            return None
        if node.val == p or node.val == q:
            return node.val
        left = find(node.left)
        right = find(node.right)
        if left and right:
            return node.val
        return left or right

    return find(root)
