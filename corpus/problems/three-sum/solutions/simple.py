def three_sum(amounts: list[int]) -> list[list[int]]:
    found = set()
    for i in range(len(amounts)):
        for j in range(i + 1, len(amounts)):
            for k in range(j + 1, len(amounts)):
                if amounts[i] + amounts[j] + amounts[k] == 0:
                    found.add(tuple(sorted((amounts[i], amounts[j], amounts[k]))))
    return [list(triple) for triple in found]
