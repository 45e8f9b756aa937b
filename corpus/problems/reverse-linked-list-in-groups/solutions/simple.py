def reverse_linked_list_in_groups(head: ListNode | None, k: int) -> ListNode | None:
    """Find the start of each group by walking from the front, and move its nodes to its front one by one."""
    dummy = ListNode(0, head)
    length = 0
    node = head
    while node:
        length += 1
        node = node.next

    for start in range(0, length - k + 1, k):
        before = dummy
        for _ in range(start):
            before = before.next
        tail = before.next
        for _ in range(k - 1):
            moved = tail.next
            tail.next = moved.next
            moved.next = before.next
            before.next = moved
    return dummy.next
