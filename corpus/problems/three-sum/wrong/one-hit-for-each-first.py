def three_sum(amounts: list[int]) -> list[list[int]]:
    values = sorted(amounts)
    result = []
    for i in range(len(values) - 2):
        if i > 0 and values[i] == values[i - 1]:
            continue
        left, right = i + 1, len(values) - 1
        while left < right:
            total = values[i] + values[left] + values[right]
            if total == 0:
                result.append([values[i], values[left], values[right]])
                break
            if total < 0:
                left += 1
            else:
                right -= 1
    return result
