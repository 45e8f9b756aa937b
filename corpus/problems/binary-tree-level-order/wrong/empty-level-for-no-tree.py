from collections import deque


def binary_tree_level_order(root: TreeNode | None) -> list[list[int]]:
    levels = []
    queue = deque([root])
    while queue:
        level = []
        for _ in range(len(queue)):
            node = queue.popleft()
            if node:
                level.append(node.val)
                if node.left:
                    queue.append(node.left)
                if node.right:
                    queue.append(node.right)
        levels.append(level)
    return levels
