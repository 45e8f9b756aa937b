def three_sum(amounts: list[int]) -> list[list[int]]:
    values = sorted(set(amounts))
    result = []
    for i, first in enumerate(values):
        left, right = i + 1, len(values) - 1
        while left < right:
            total = first + values[left] + values[right]
            if total == 0:
                result.append([first, values[left], values[right]])
                left += 1
                right -= 1
            elif total < 0:
                left += 1
            else:
                right -= 1
    return result
