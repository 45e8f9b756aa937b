"""Short texts read by the encoder in one row, each seeing only itself, so that no padding is computed.

A batch pads every text to its longest; the clauses of an answer are of very different lengths, and a row without
padding takes about three quarters of the time (`benchmarks/embedding.py`). The vectors are those of
`SentenceTransformer.encode` up to rounding.
Not covered: models whose positions or attention cannot be handed in (BERT's can).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

_ROW = 256  # tokens: longer rows are better filled, but their attention grows with the square


def hidden_states(transformer: Any, ids: Sequence[Sequence[int]]) -> "Iterator[torch.Tensor]":
    """For each text, given by its token ids, the last hidden states of its tokens, shape (tokens, dimensions)."""
    import torch

    for group in _groups(ids):
        lengths = [len(text) for text in group]
        owner = torch.repeat_interleave(torch.arange(len(group)), torch.tensor(lengths))
        with torch.inference_mode():
            states = transformer(
                input_ids=torch.tensor([[token for text in group for token in text]]),
                position_ids=torch.tensor([[place for length in lengths for place in range(length)]]),
                attention_mask=(owner[:, None] == owner[None, :])[None, None],
            ).last_hidden_state[0]
        yield from torch.split(states, lengths)


def sentence_vectors(transformer: Any, ids: Sequence[Sequence[int]]) -> "torch.Tensor":
    """The mean of each text's tokens, of unit length, shape (texts, dimensions)."""
    import torch

    means = torch.stack([states.mean(dim=0) for states in hidden_states(transformer, ids)])
    return torch.nn.functional.normalize(means, dim=1)


def _groups(ids: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    group: list[Sequence[int]] = []
    for text in ids:
        if group and sum(map(len, group)) + len(text) > _ROW:
            yield group
            group = []
        group.append(text)
    if group:
        yield group
