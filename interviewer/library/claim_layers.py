"""The upper half of MiniLM, trained further to tell whether a remark states a claim or has it the wrong way round.

A remark passes the embedder's own lower layers and then the three that are shipped here (models/claim_layers.npz, half
precision; its card is beside it). In training it also sees the remark before it; asked about an answer it is read
alone, so that nothing put in front of it moves its weight (the labelled sets are read equally well that way). Each
known claim has three vectors: which words of a remark to look at, what stating it looks like, and what its opposite
looks like.
Trained by `interviewer.evaluation.train_claim_layers`. Not covered: claims that were not trained, or whose text has
been changed since; and what a pair of logits means for an answer (`evidence.weighed_claims`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from interviewer.library.packed import embedded, through
from interviewer.library.story_layers import LOWER, WIDTH

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray
    from torch import nn

    Logits = NDArray[np.float32]

MOST_TOKENS = 96  # of a remark; what lies beyond is not read
HEADS = 12
_WEIGHTS = "models/claim_layers.npz"
_CLOSED = -1e4


@dataclass(frozen=True)
class Packed:
    """Remarks laid end to end, answer by answer. Places of tokens that a remark does not have are -1.

    `states`: (answers, tokens, 384) after the lower layers. `owner`: (answers, tokens), the number of the remark that
    a token belongs to; it sees its own and the number before. `places`: (answers, remarks, most tokens of a remark).
    """

    states: "torch.Tensor"
    owner: "torch.Tensor"
    places: "torch.Tensor"


def key(claim: str) -> str:
    """What a claim is known by: a hash of its text."""
    return hashlib.sha256(claim.encode()).hexdigest()[:16]


def lower_states(transformer: Any, tokenizer: Any, remarks: Sequence[str]) -> "list[torch.Tensor]":
    """For each remark the states of its tokens, (tokens, 384), after the lower layers, which see it alone."""
    return through(transformer.encoder.layer[:LOWER], embedded(transformer, token_ids(tokenizer, remarks)))


def token_ids(tokenizer: Any, remarks: Sequence[str]) -> list[list[int]]:
    ids: list[list[int]] = tokenizer(list(remarks), truncation=True, max_length=MOST_TOKENS)["input_ids"]
    return ids


def pack(answers: "Sequence[Sequence[torch.Tensor]]") -> Packed:
    """The states of the remarks of each answer, padded to the longest answer and the longest remark."""
    import torch

    tokens = max(sum(map(len, remarks)) for remarks in answers)
    longest = max(len(remark) for remarks in answers for remark in remarks)
    states = torch.zeros(len(answers), tokens, WIDTH)
    owner = torch.full((len(answers), tokens), -9)
    places = torch.full((len(answers), max(map(len, answers)), longest), -1)
    for row, remarks in enumerate(answers):
        at = 0
        for number, remark in enumerate(remarks):
            end = at + len(remark)
            states[row, at:end] = remark
            owner[row, at:end] = number
            places[row, number, : len(remark)] = torch.arange(at, end)
            at = end
    return Packed(states, owner, places)


def build(transformer: Any, stating: "torch.Tensor", turned: "torch.Tensor") -> "nn.Module":
    """The trainable part. `stating` and `turned`: (claims, 384), what stating a claim and its opposite begin as."""
    import copy

    import torch
    from torch import nn
    from torch.nn import functional

    class ClaimLayers(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = copy.deepcopy(transformer.encoder.layer[LOWER:])
            self.before = nn.Parameter(torch.zeros(len(self.layers), HEADS))  # for the words of the remark before
            self.look = nn.Parameter(torch.zeros_like(stating))
            self.stating = nn.Parameter(stating.clone())
            self.turned = nn.Parameter(turned.clone())
            self.scale = nn.Parameter(torch.tensor(12.0))
            self.bias = nn.Parameter(torch.full((2, len(stating)), -6.0))
            self.drop = nn.Dropout(0.1)

        def forward(self, packed: Packed, claims: torch.Tensor) -> torch.Tensor:
            """Logits, (answers, remarks, claims, 2), of stating and of turning round; `claims`: (answers, claims)."""
            seen = self._upper(packed)
            answers, remarks, longest = packed.places.shape
            at = packed.places.clamp(0).reshape(answers, -1, 1).expand(-1, -1, WIDTH)
            return self.weigh(torch.gather(seen, 1, at).view(answers, remarks, longest, WIDTH), packed.places, claims)

        def apart(self, remarks: Sequence[torch.Tensor], claims: torch.Tensor) -> torch.Tensor:
            """Logits, (remarks, claims, 2), for remarks of which none sees another; `claims`: (claims,)."""
            words = torch.nn.utils.rnn.pad_sequence(through(self.layers, remarks), batch_first=True)
            lengths = torch.tensor([len(states) for states in remarks])
            places = torch.where(torch.arange(words.shape[1]) < lengths[:, None], 0, -1)
            return self.weigh(words[None], places[None], claims[None])[0]

        def weigh(self, words: torch.Tensor, places: torch.Tensor, claims: torch.Tensor) -> torch.Tensor:
            wanted = torch.einsum("arwd,akd->arkw", words, self.look[claims])
            wanted = wanted.masked_fill((places < 0)[:, :, None, :], _CLOSED).softmax(-1)
            heard = functional.normalize(torch.einsum("arkw,arwd->arkd", wanted, words), dim=-1)
            heard = self.drop(heard) * self.scale
            logits = [torch.einsum("arkd,akd->ark", heard, v[claims]) for v in (self.stating, self.turned)]
            return torch.stack(logits, -1) + self.bias[:, claims].permute(1, 2, 0)[:, None]

        def _upper(self, packed: Packed) -> torch.Tensor:
            states, owner = packed.states, packed.owner
            answers, tokens, _ = states.shape
            own = owner[:, :, None] == owner[:, None, :]
            before = (owner[:, :, None] - 1 == owner[:, None, :]) & (owner[:, None, :] >= 0)
            closed = torch.where(own | before, 0.0, _CLOSED)[:, None]

            def by_head(values: torch.Tensor) -> torch.Tensor:
                return values.view(answers, tokens, HEADS, WIDTH // HEADS).transpose(1, 2)

            for number, layer in enumerate(self.layers):
                read = layer.attention.self
                mask = closed + self.before[number][None, :, None, None] * before[:, None].float()
                out = functional.scaled_dot_product_attention(
                    by_head(read.query(states)), by_head(read.key(states)), by_head(read.value(states)), attn_mask=mask
                )
                states = layer.attention.output(out.transpose(1, 2).reshape(answers, tokens, WIDTH), states)
                states = layer.output(layer.intermediate(states), states)
            return states

    return ClaimLayers()


class Weights:
    """The shipped layers, ready to be asked about the claims that they know."""

    def __init__(self, transformer: Any) -> None:
        import numpy as np
        import torch

        with resources.files("interviewer.library").joinpath(_WEIGHTS).open("rb") as file:
            stored = np.load(file, allow_pickle=False)
            self._places = {str(k): n for n, k in enumerate(stored["claims"])}
            state = {n: torch.from_numpy(stored[n].astype(np.float32)) for n in stored.files if n != "claims"}
        self._layers: Any = build(transformer, state["stating"], state["turned"])
        self._layers.load_state_dict(state)
        self._layers.eval()

    def knows(self, claims: Sequence[str]) -> bool:
        """Whether any of them was trained."""
        return any(key(claim) in self._places for claim in claims)

    def logits(self, claims: Sequence[str], remarks: "Sequence[torch.Tensor]") -> "Logits":
        """Two logits for each remark and claim, (remarks, claims, 2): it states it, it has it the wrong way round.

        `remarks` gives their states after the lower layers. NaN where a claim is not known.
        """
        import numpy as np
        import torch

        places = {n: self._places[key(c)] for n, c in enumerate(claims) if key(c) in self._places}
        found = np.full((len(remarks), len(claims), 2), np.nan, dtype=np.float32)
        if places and remarks:
            with torch.inference_mode():
                found[:, list(places)] = self._layers.apart(remarks, torch.tensor(list(places.values()))).numpy()
        return found
