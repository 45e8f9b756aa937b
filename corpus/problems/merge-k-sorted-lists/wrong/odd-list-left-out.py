def merge_k_sorted_lists(lists: list[list[int]]) -> list[int]:
    if not lists:
        return []
    while len(lists) > 1:
        lists = [merged_two(lists[i], lists[i + 1]) for i in range(0, len(lists) - 1, 2)]
    return lists[0]


def merged_two(left: list[int], right: list[int]) -> list[int]:
    both, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            both.append(left[i])
            i += 1
        else:
            both.append(right[j])
            j += 1
    return both + left[i:] + right[j:]
