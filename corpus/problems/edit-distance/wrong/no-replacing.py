def edit_distance(source: str, target: str) -> int:
    above = list(range(len(target) + 1))
    for i, have in enumerate(source, start=1):
        row = [i]
        for j, want in enumerate(target, start=1):
            row.append(above[j - 1] if have == want else 1 + min(above[j], row[j - 1]))
        above = row
    return above[-1]
