def binary_tree_level_order(root: TreeNode | None) -> list[list[int]]:
    def at_depth(node: TreeNode | None, depth: int, found: list[int]) -> None:
        if node is None:
            return
        if depth == 0:
            found.append(node.val)
            return
        at_depth(node.left, depth - 1, found)
        at_depth(node.right, depth - 1, found)

    levels = []
    while True:
        found: list[int] = []
        at_depth(root, len(levels), found)
        if not found:
            return levels
        levels.append(found)
