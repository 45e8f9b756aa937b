import numpy as np


def attention_block(
    x: np.ndarray, w_q: np.ndarray, w_k: np.ndarray, w_v: np.ndarray, w_o: np.ndarray, heads: int
) -> np.ndarray:
    length, width = x.shape
    q, k, v = (split(x @ w, heads) for w in (w_q, w_k, w_v))  # each (heads, length, width / heads)
    scores = q @ k.swapaxes(-1, -2) / np.sqrt(width // heads)  # (heads, length, length)
    future = np.triu(np.ones((length, length), dtype=bool), 1)
    scores = np.where(future, -np.inf, scores)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    mixed = (weights @ v).swapaxes(0, 1).reshape(length, width)
    return x + mixed @ w_o


def split(projected: np.ndarray, heads: int) -> np.ndarray:
    length, width = projected.shape
    return projected.reshape(heads, length, width // heads)
