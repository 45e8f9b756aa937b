import numpy as np


def k_means(points: list[list[float]], centres: list[list[float]], rounds: int) -> list[list[float]]:
    x = np.array(points, dtype=float)  # (n, d)
    c = np.array(centres, dtype=float)  # (k, d)
    before = None
    for _ in range(rounds):
        distances = ((x[:, None, :] - c[None, :, :]) ** 2).sum(axis=2)  # (n, k)
        nearest = distances.argmin(axis=1)  # the first of equal distances
        if before is not None and (nearest == before).all():
            break
        before = nearest
        for j in range(len(c)):
            members = x[nearest == j]
            if len(members):
                c[j] = members.mean(axis=0)
    return c.tolist()
