def reverse_linked_list_in_groups(head: ListNode | None, k: int) -> ListNode | None:
    dummy = ListNode(0, head)
    before = dummy
    while before.next:
        first = before.next
        previous, current = None, first
        for _ in range(k):
            if current is None:
                break
            current.next, previous, current = previous, current, current.next
        before.next = previous
        first.next = current
        before = first
    return dummy.next
