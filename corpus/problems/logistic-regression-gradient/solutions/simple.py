import math


def logistic_regression_gradient(
    rows: list[list[float]], labels: list[int], weights: list[float], bias: float, penalty: float
) -> list[float]:
    """One derivative after the other, each of them from the sum in its definition."""
    n = len(rows)

    def error(row: list[float], label: int) -> float:
        return sigmoid(sum(w * v for w, v in zip(weights, row, strict=True)) + bias) - label

    gradient = []
    for j, weight in enumerate(weights):
        total = sum(error(row, label) * row[j] for row, label in zip(rows, labels, strict=True))
        gradient.append(total / n + penalty * weight)
    gradient.append(sum(error(row, label) for row, label in zip(rows, labels, strict=True)) / n)
    return gradient


def sigmoid(z: float) -> float:
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))
