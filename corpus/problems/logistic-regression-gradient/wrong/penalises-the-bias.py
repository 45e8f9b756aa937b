import numpy as np


def logistic_regression_gradient(
    rows: list[list[float]], labels: list[int], weights: list[float], bias: float, penalty: float
) -> list[float]:
    x = np.array(rows, dtype=float)
    x = np.hstack([x, np.ones((len(x), 1))])
    w = np.array([*weights, bias], dtype=float)
    p = 1 / (1 + np.exp(-np.clip(x @ w, -500, 500)))
    return (x.T @ (p - np.array(labels)) / len(labels) + penalty * w).tolist()
