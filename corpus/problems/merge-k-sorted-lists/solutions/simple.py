def merge_k_sorted_lists(lists: list[list[int]]) -> list[int]:
    merged: list[int] = []
    for numbers in lists:
        merged = merged_two(merged, numbers)
    return merged


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
