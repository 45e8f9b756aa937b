"""Short texts through the encoder's layers, laid end to end, each seeing only itself: hardly any padding is computed.

A batch pads every text to its longest; the clauses of an answer are of very different lengths. Only the attention is
padded here, among texts of like length, and it is the cheapest part; all else is one row. The states are those of the
model itself up to rounding (`benchmarks/embedding.py` times it).
Not covered: models that are not built like BERT.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

_ROW = 256  # tokens: beyond it texts of unlike length come together, and memory grows
_CLOSED = -1e4


def embedded(transformer: Any, ids: Sequence[Sequence[int]]) -> "list[torch.Tensor]":
    """For each text, given by its token ids, the states of its tokens before any layer, (tokens, dimensions)."""
    import torch

    if not ids:
        return []
    with torch.inference_mode():
        states = transformer.embeddings(
            input_ids=torch.tensor([[token for text in ids for token in text]]),
            position_ids=torch.tensor([[place for text in ids for place in range(len(text))]]),
        )[0]
        return list(torch.split(states, [len(text) for text in ids]))


def through(layers: Iterable[Any], texts: "Sequence[torch.Tensor]", learning: bool = False) -> "list[torch.Tensor]":
    """The states of each text after some layers of the encoder, (tokens, dimensions). `learning`: with gradients."""
    import torch

    found, layers = list(texts), tuple(layers)
    with torch.inference_mode(not learning):
        for group in _groups(texts):
            for place, states in zip(group, _through(layers, [texts[n] for n in group]), strict=True):
                found[place] = states
    return found


def hidden_states(transformer: Any, ids: Sequence[Sequence[int]]) -> "list[torch.Tensor]":
    """For each text, given by its token ids, the last hidden states of its tokens, (tokens, dimensions)."""
    return through(transformer.encoder.layer, embedded(transformer, ids))


def means(texts: "Sequence[torch.Tensor]") -> "torch.Tensor":
    """The mean of each text's states, of unit length, (texts, dimensions)."""
    import torch

    return torch.nn.functional.normalize(torch.stack([states.mean(dim=0) for states in texts]), dim=1)


def _through(layers: Sequence[Any], texts: "Sequence[torch.Tensor]") -> "Sequence[torch.Tensor]":
    import torch

    lengths = torch.tensor([len(states) for states in texts])
    inside = torch.arange(int(lengths.max())) < lengths[:, None]
    places = (inside.flatten().cumsum(0) - 1).clamp(0)  # what is padded takes any row: it is not looked at
    closed = torch.where(inside, 0.0, _CLOSED)[:, None, None, :]
    states = torch.cat(list(texts))
    for layer in layers:
        read = layer.attention.self
        heads = (*inside.shape, read.num_attention_heads, -1)
        query, key, value = (
            part(states).index_select(0, places).view(heads).transpose(1, 2)
            for part in (read.query, read.key, read.value)
        )
        seen = torch.nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=closed)
        states = layer.attention.output(seen.transpose(1, 2).flatten(2)[inside], states)
        states = layer.output(layer.intermediate(states), states)
    return torch.split(states, lengths.tolist())


def _groups(texts: "Sequence[torch.Tensor]") -> Iterator[list[int]]:
    """The numbers of texts that go together: of like length, and of no more tokens than a row has."""
    group: list[int] = []
    tokens = 0
    for place in sorted(range(len(texts)), key=lambda n: len(texts[n])):
        if group and tokens + len(texts[place]) > _ROW:
            yield group
            group, tokens = [], 0
        group.append(place)
        tokens += len(texts[place])
    if group:
        yield group
