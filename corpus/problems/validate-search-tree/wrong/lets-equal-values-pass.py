def validate_search_tree(root: TreeNode | None) -> bool:
    values = []

    def inorder(node):
        if node:
            inorder(node.left)
            values.append(node.val)
            inorder(node.right)

    inorder(root)
    return values == sorted(values)
