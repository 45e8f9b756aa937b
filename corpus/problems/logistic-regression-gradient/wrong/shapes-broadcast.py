import numpy as np


def logistic_regression_gradient(
    rows: list[list[float]], labels: list[int], weights: list[float], bias: float, penalty: float
) -> list[float]:
    x = np.array(rows, dtype=float)
    y = np.array(labels, dtype=float).reshape(-1, 1)
    p = 1 / (1 + np.exp(-np.clip(x @ np.array(weights, dtype=float) + bias, -500, 500)))
    errors = p - y  # meant as (n, 1), but this is (n, n)
    for_weights = (x.T @ errors).mean(axis=1) / len(x) + penalty * np.array(weights)
    return [*for_weights.tolist(), float(errors.mean())]
