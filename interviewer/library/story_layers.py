"""The upper half of MiniLM, trained further to see the signals of a story in a whole answer.

The lower layers are the embedder's own, untouched; three layers on top of them and two linear heads are shipped here
(models/story_layers.npz, half precision; its card is beside it). One pass gives a logit a signal for the answer, and
one for whether it keeps to the matter.
Trained by `interviewer.evaluation.train_story_layers`. Not covered: where in the answer a signal is shown; that is the
clause heads' (`evidence.story_heads`).
"""

from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray
    from torch import nn

LOWER = 3
MOST_TOKENS = 500
SIGNALS = 10  # those that words show; an answer as a whole is concise or not besides
WIDTH = 384
_WEIGHTS = "models/story_layers.npz"


def lower_states(transformer: Any, tokens: Any) -> "torch.Tensor":
    """The states after the lower layers, shape (texts, tokens, 384), for what the tokeniser returned."""
    import torch

    with torch.no_grad():
        closed = (1 - tokens["attention_mask"].float()[:, None, None, :]) * -1e4
        states: torch.Tensor = transformer.embeddings(input_ids=tokens["input_ids"])
        for layer in transformer.encoder.layer[:LOWER]:
            out = layer(states, attention_mask=closed)
            states = out[0] if isinstance(out, tuple) else out
        return states


def build(transformer: Any) -> "nn.Module":
    """The trainable part, started from the embedder's upper layers."""
    import copy

    import torch
    from torch import nn

    class StoryLayers(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = copy.deepcopy(transformer.encoder.layer[LOWER:])
            self.token_head = nn.Linear(WIDTH, SIGNALS)
            self.answer_head = nn.Linear(2 * WIDTH + SIGNALS + 1, SIGNALS + 1)
            self.drop = nn.Dropout(0.1)

        def forward(self, states: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            """Logits of the tokens, (texts, tokens, signals), and of the answers, (texts, signals and concise)."""
            closed = (1 - mask[:, None, None, :]) * -1e4
            for layer in self.layers:
                out = layer(states, attention_mask=closed)
                states = out[0] if isinstance(out, tuple) else out
            inside = mask[:, :, None]
            tokens = self.token_head(self.drop(states))
            told = tokens - 1e4 * (1 - inside)
            spread = torch.logsumexp(told, 1) - torch.log(inside.sum(1))
            mean = (states * inside).sum(1) / inside.sum(1)
            useful = (torch.sigmoid(tokens.max(2).values) * mask).sum(1, keepdim=True) / inside.sum(1)
            seen = torch.cat([self.drop(torch.cat([mean, states[:, 0], told.max(1).values], 1)), useful], 1)
            return tokens, self.answer_head(seen) + nn.functional.pad(spread + 2, (0, 1))

    return StoryLayers()


def load(transformer: Any) -> "nn.Module":
    """The shipped layers, ready to be asked."""
    import numpy as np
    import torch

    layers = build(transformer)
    with resources.files("interviewer.library").joinpath(_WEIGHTS).open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        state = {name: torch.from_numpy(stored[name].astype(np.float32)) for name in stored.files}
    layers.load_state_dict(state)
    return layers.eval()


def answer_logits(transformer: Any, tokenizer: Any, layers: "nn.Module", text: str) -> "NDArray[np.float64]":
    """A logit for each of `evidence.story_heads.TRAINED` and for `concise`; above 0 is more likely shown than not."""
    import numpy as np
    import torch

    tokens = tokenizer(text, truncation=True, max_length=MOST_TOKENS, return_tensors="pt")
    with torch.no_grad():
        _, logits = layers(lower_states(transformer, tokens), tokens["attention_mask"].float())
    return np.asarray(logits[0].numpy(), dtype=np.float64)
