def three_sum(amounts: list[int]) -> list[list[int]]:
    amounts = sorted(amounts)
    result = []
    for i in range(len(amounts) - 2):
        left, right = i + 1, len(amounts) - 1
        while left < right:
            total = amounts[i] + amounts[left] + amounts[right]
            if total == 0:
                result.append([amounts[i], amounts[left], amounts[right]])
                left += 1
            elif total < 0:
                left += 1
            else:
                right -= 1
    return result
