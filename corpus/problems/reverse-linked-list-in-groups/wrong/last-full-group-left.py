def reverse_linked_list_in_groups(head: ListNode | None, k: int) -> ListNode | None:
    dummy = ListNode(0, head)
    before = dummy
    while True:
        after = before.next
        count = 0
        while after and count < k:
            after = after.next
            count += 1
        if after is None:
            return dummy.next
        first = before.next
        previous, current = after, first
        while current is not after:
            following = current.next
            current.next = previous
            previous, current = current, following
        before.next = previous
        before = first
