def three_sum(amounts: list[int]) -> list[list[int]]:
    ordered = sorted(amounts)
    triples = []
    for i, first in enumerate(ordered):
        if first > 0:
            break
        if i > 0 and first == ordered[i - 1]:
            continue
        low, high = i + 1, len(ordered) - 1
        while low < high:
            total = first + ordered[low] + ordered[high]
            if total < 0:
                low += 1
            elif total > 0:
                high -= 1
            else:
                triples.append([first, ordered[low], ordered[high]])
                low += 1
                while low < high and ordered[low] == ordered[low - 1]:
                    low += 1
    return triples
