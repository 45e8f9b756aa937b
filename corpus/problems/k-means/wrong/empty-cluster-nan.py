import numpy as np


def k_means(points: list[list[float]], centres: list[list[float]], rounds: int) -> list[list[float]]:
    x = np.array(points, dtype=float)
    c = np.array(centres, dtype=float)
    for _ in range(rounds):
        distances = ((x[:, None, :] - c[None, :, :]) ** 2).sum(axis=2)
        nearest = distances.argmin(axis=1)
        moved = np.array([x[nearest == j].mean(axis=0) for j in range(len(c))])
        if np.array_equal(moved, c):
            break
        c = moved
    return c.tolist()
