import numpy as np


def logistic_regression_gradient(
    rows: list[list[float]], labels: list[int], weights: list[float], bias: float, penalty: float
) -> list[float]:
    x = np.array(rows, dtype=float)  # (n, d)
    y = np.array(labels, dtype=float)  # (n,)
    w = np.array(weights, dtype=float)  # (d,)
    errors = sigmoid(x @ w + bias) - y  # (n,)
    for_weights = x.T @ errors / len(y) + penalty * w
    return [*for_weights.tolist(), float(errors.mean())]


def sigmoid(z: np.ndarray) -> np.ndarray:
    small = np.exp(-np.abs(z))  # never above one, so it cannot overflow
    return np.where(z >= 0, 1, small) / (1 + small)
