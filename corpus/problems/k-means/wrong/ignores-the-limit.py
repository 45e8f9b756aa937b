import numpy as np


def k_means(points: list[list[float]], centres: list[list[float]], rounds: int) -> list[list[float]]:
    x = np.array(points, dtype=float)
    c = np.array(centres, dtype=float)
    while True:
        distances = ((x[:, None, :] - c[None, :, :]) ** 2).sum(axis=2)
        nearest = distances.argmin(axis=1)
        before = c.copy()
        for j in range(len(c)):
            if (nearest == j).any():
                c[j] = x[nearest == j].mean(axis=0)
        if (c == before).all():
            return c.tolist()
