def path_sum_exists(root: TreeNode | None, target: int) -> bool:
    def sums(node: TreeNode | None) -> set[int]:
        """The sums of all ways from this node down to a leaf."""
        if node is None:
            return set()
        if node.left is None and node.right is None:
            return {node.val}
        return {node.val + below for below in sums(node.left) | sums(node.right)}

    return target in sums(root)
