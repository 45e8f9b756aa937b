import math


def logistic_regression_gradient(
    rows: list[list[float]], labels: list[int], weights: list[float], bias: float, penalty: float
) -> list[float]:
    n = len(rows)
    gradient = [penalty * w for w in weights]
    for_bias = 0.0
    for row, label in zip(rows, labels, strict=True):
        z = sum(w * v for w, v in zip(weights, row, strict=True)) + bias
        error = 1 / (1 + math.exp(-z)) - label
        for j, value in enumerate(row):
            gradient[j] += error * value / n
        for_bias += error / n
    return [*gradient, for_bias]
