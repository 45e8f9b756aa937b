import math
from collections.abc import Sequence

import numpy as np


def attention_block(
    x: np.ndarray, w_q: np.ndarray, w_k: np.ndarray, w_v: np.ndarray, w_o: np.ndarray, heads: int
) -> np.ndarray:
    """Position by position in plain Python, projecting the whole past again for each of them."""
    tokens = x.tolist()
    query, key, value, out = (w.tolist() for w in (w_q, w_k, w_v, w_o))
    result = []
    for t, token in enumerate(tokens):
        q = project(token, query)
        keys = [project(earlier, key) for earlier in tokens[: t + 1]]
        values = [project(earlier, value) for earlier in tokens[: t + 1]]
        size = len(token) // heads
        mixed: list[float] = []
        for start in range(0, len(token), size):
            part = slice(start, start + size)
            scores = [dot(q[part], k[part]) / math.sqrt(size) for k in keys]
            weights = softmax(scores)
            mixed += [dot(weights, column) for column in zip(*(v[part] for v in values), strict=True)]
        result.append([a + b for a, b in zip(token, project(mixed, out), strict=True)])
    return np.array(result)


def project(row: list[float], matrix: list[list[float]]) -> list[float]:
    return [dot(row, column) for column in zip(*matrix, strict=True)]


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def softmax(scores: list[float]) -> list[float]:
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]
