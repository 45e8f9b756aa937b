from collections import deque


def binary_tree_level_order(root: TreeNode | None) -> list[list[int]]:
    levels = []
    queue = deque([root] if root else [])
    while queue:
        level = []
        i = 0
        while i < len(queue):
            node = queue.popleft()
            level.append(node.val)
            if node.left:
                queue.append(node.left)
            if node.right:
                queue.append(node.right)
            i += 1
        levels.append(level)
    return levels
