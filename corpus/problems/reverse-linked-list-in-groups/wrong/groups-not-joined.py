def reverse_linked_list_in_groups(head: ListNode | None, k: int) -> ListNode | None:
    start = head
    new_head = None
    while start:
        node = start
        count = 0
        while node and count < k:
            node = node.next
            count += 1
        if count < k:
            break
        previous, current = node, start
        for _ in range(k):
            following = current.next
            current.next = previous
            previous = current
            current = following
        if new_head is None:
            new_head = previous
        start = node
    return new_head or head
