def reverse_linked_list_in_groups(head: ListNode | None, k: int) -> ListNode | None:
    dummy = ListNode(0, head)
    before = dummy
    while True:
        last = before
        for _ in range(k):
            last = last.next
            if last is None:
                return dummy.next
        first, after = before.next, last.next
        previous, current = after, first
        while current is not after:
            current.next, previous, current = previous, current, current.next
        before.next = last
        before = first
