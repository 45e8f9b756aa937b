def k_means(points: list[list[float]], centres: list[list[float]], rounds: int) -> list[list[float]]:
    """Plain loops, and every round is carried out whether or not anything still moves."""
    for _ in range(rounds):
        groups: list[list[list[float]]] = [[] for _ in centres]
        for point in points:
            distances = [squared_distance(point, centre) for centre in centres]
            groups[distances.index(min(distances))].append(point)
        centres = [mean(group) if group else centre for group, centre in zip(groups, centres, strict=True)]
    return centres


def squared_distance(a: list[float], b: list[float]) -> float:
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True))


def mean(group: list[list[float]]) -> list[float]:
    return [sum(column) / len(group) for column in zip(*group, strict=True)]
