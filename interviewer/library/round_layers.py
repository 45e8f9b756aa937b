"""The upper half of MiniLM, trained further to hear the signals of a round: constraints, labels, an own part.

The lower layers are the embedder's own; three layers and a linear head are shipped here (models/round_layers.npz, half
precision; its card is beside it). A reply is heard as a whole, so that "it only writes down what it would have done"
is a rollout where one is talked about, and behind the name of what was asked for, so that "the triage desk" is a
baseline where one was asked for. Each token of the reply has a logit a signal; the answer's are their sum, softly.
Trained by `interviewer.evaluation.train_round_layers`. Not covered: signals that were not trained, or whose rubric
gives them another name; then `evidence.claims` goes by terms and cues alone.
"""

from collections.abc import Sequence
from importlib import resources
from math import log
from typing import TYPE_CHECKING, Any

from interviewer.library.packed import embedded, through
from interviewer.library.story_layers import LOWER, MOST_TOKENS, WIDTH

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import nn

    Logits = NDArray[np.float32]

_WEIGHTS = "models/round_layers.npz"
_SPAN = log(8.0)  # tokens that show a signal, about: so many at even odds make the answer's odds even


def key(rubric: str, signal: str, name: str) -> str:
    """What a signal is known by: a rubric that renames it means something else."""
    return f"{rubric}.{signal}: {name}"


def lead(name: str | None) -> str:
    """What stands before a reply that was asked for the signal of this name; nothing before an opening."""
    return f"{name}.\n" if name else ""


def build(transformer: Any, shared: Sequence[int]) -> "nn.Module":
    """The trainable part; `shared` numbers the signals, those of the same id in several rubrics alike."""
    import copy

    import torch
    from torch import nn

    class RoundLayers(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = copy.deepcopy(transformer.encoder.layer[LOWER:])
            self.common = nn.Linear(WIDTH, max(shared) + 1)
            self.own = nn.Linear(WIDTH, len(shared))
            self.scale = nn.Parameter(torch.ones(len(shared)))
            self.start = nn.Parameter(torch.zeros(len(shared)))
            self.asked = nn.Parameter(torch.zeros(len(shared)))
            self.drop = nn.Dropout(0.1)
            nn.init.zeros_(self.own.weight)

        def forward(
            self, states: torch.Tensor, mask: torch.Tensor, told: torch.Tensor, asked: torch.Tensor
        ) -> tuple[Any, Any]:
            """Logits of the tokens, (texts, tokens, signals), and of the texts.

            `mask` and `told` are (texts, tokens), 0 or 1: what is there, and what of it the candidate said; `asked` is
            (texts, signals), 0 or 1.
            """
            closed = (1 - mask[:, None, None, :]) * -1e4
            for layer in self.layers:
                out = layer(states, attention_mask=closed)
                states = out[0] if isinstance(out, tuple) else out
            return self.weigh(states, told, asked)

        def weigh(self, states: torch.Tensor, told: torch.Tensor, asked: torch.Tensor) -> tuple[Any, Any]:
            """The same from the states after all layers."""
            seen = self.drop(states)
            tokens = self.common(seen)[..., list(shared)] + self.own(seen)
            whole = torch.logsumexp(tokens - 1e4 * (1 - told[:, :, None]), 1) - _SPAN
            return tokens, whole * self.scale + self.start + self.asked * asked

    return RoundLayers()


def replied(offsets: "NDArray[np.int64]") -> "NDArray[np.float32]":
    """1 for the tokens of the reply and those that mark its ends, 0 for what stands before it; (tokens,) or more.

    `offsets` (..., tokens, 2) are counted from where the reply begins, so what stands before it ends at 0 at most.
    """
    import numpy as np

    before = (offsets[..., 1] <= 0) & (offsets[..., 1] > offsets[..., 0])
    return np.asarray(~before, np.float32)


class Heard:
    """The shipped layers, ready to be asked about the signals that they know."""

    def __init__(self, transformer: Any) -> None:
        import numpy as np
        import torch

        with resources.files("interviewer.library").joinpath(_WEIGHTS).open("rb") as file:
            stored = np.load(file, allow_pickle=False)
            self._places = {str(k): n for n, k in enumerate(stored["signals"])}
            self._layers: Any = build(transformer, [int(n) for n in stored["shared"]])
            held = {
                n: torch.from_numpy(stored[n].astype(np.float32)) for n in stored.files if n in _state(self._layers)
            }
        self._layers.load_state_dict(held)
        self._layers.eval()

    def logits(
        self, transformer: Any, tokenizer: Any, text: str, keys: Sequence[str], asked: int | None, spans: Any
    ) -> "tuple[Logits, Logits]":
        """A logit for each known signal of `keys`, (signals,), and the best of each span, (spans, signals).

        `asked` is the place in `keys` of what was asked for; `spans` are (start, end) in `text`. NaN where a signal is
        not known; a span beyond the longest text that is read (500 tokens) has minus infinity.
        """
        import numpy as np
        import torch

        before = lead(keys[asked].partition(": ")[2] if asked is not None else None)
        read = tokenizer(before + text, truncation=True, max_length=MOST_TOKENS, return_offsets_mapping=True)
        offsets = np.asarray(read["offset_mapping"]) - len(before)
        told = torch.from_numpy(replied(offsets)[None])
        wanted = torch.zeros(1, len(self._places))
        if asked is not None and keys[asked] in self._places:
            wanted[0, self._places[keys[asked]]] = 1
        halfway = through(transformer.encoder.layer[:LOWER], embedded(transformer, [read["input_ids"]]))
        with torch.inference_mode():
            states = through(self._layers.layers, halfway)[0]
            each, whole = self._layers.weigh(states[None], told, wanted)
        places = [self._places.get(k, -1) for k in keys]
        known = np.asarray(places) >= 0
        said = np.where(known, whole[0].numpy()[places], np.nan).astype(np.float32)
        by_span = np.full((len(spans), len(keys)), -np.inf, dtype=np.float32)
        for row, (start, end) in enumerate(spans):
            inside = (offsets[:, 0] >= start) & (offsets[:, 1] <= end) & (offsets[:, 1] > offsets[:, 0])
            if inside.any():
                by_span[row] = np.where(known, each[0].numpy()[inside][:, places].max(axis=0), np.nan)
        return said, by_span


def _state(layers: "nn.Module") -> set[str]:
    return set(layers.state_dict())
