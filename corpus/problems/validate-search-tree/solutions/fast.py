from math import inf


def validate_search_tree(root: TreeNode | None) -> bool:
    def fits(node: TreeNode | None, low: float, high: float) -> bool:
        if node is None:
            return True
        if not low < node.val < high:
            return False
        return fits(node.left, low, node.val) and fits(node.right, node.val, high)

    return fits(root, -inf, inf)
