def edit_distance(source: str, target: str) -> int:
    differing = sum(have != want for have, want in zip(source, target))
    return differing + abs(len(source) - len(target))
