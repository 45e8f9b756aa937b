def lowest_common_ancestor(root: TreeNode, p: int, q: int) -> int:
    def holds(node: TreeNode | None, value: int) -> bool:
        if node is None:
            return False
        return node.val == value or holds(node.left, value) or holds(node.right, value)

    node = root
    while True:
        if holds(node.left, p) and holds(node.left, q):
            node = node.left
        elif holds(node.right, p) and holds(node.right, q):
            node = node.right
        else:
            return node.val
