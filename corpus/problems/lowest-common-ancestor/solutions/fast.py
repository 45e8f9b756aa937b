def lowest_common_ancestor(root: TreeNode, p: int, q: int) -> int:
    def find(node: TreeNode | None) -> TreeNode | None:
        """The target met in this subtree, or the meeting point where there are two."""
        if node is None or node.val in (p, q):
            return node
        left, right = find(node.left), find(node.right)
        if left is not None and right is not None:
            return node
        return left if left is not None else right

    return find(root).val
