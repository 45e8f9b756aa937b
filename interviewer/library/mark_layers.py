"""The upper half of MiniLM, trained further on marked exam answers, so that its tokens tell what a teacher looks for.

The lower layers are the embedder's own; three layers on top of them are shipped here (models/mark_layers.npz, half
precision; its card is beside it). They give a row for each token, as the embedder does.
Trained by `interviewer.evaluation.train_matching`. Not covered: what the rows of a reference and of an answer are worth
together (`evidence.matching`).
"""

from importlib import resources
from typing import TYPE_CHECKING, Any

from interviewer.library.story_layers import LOWER

if TYPE_CHECKING:
    from torch import nn

_WEIGHTS = "models/mark_layers.npz"


def build(transformer: Any) -> "nn.ModuleList":
    """The trainable part, started from the embedder's upper layers."""
    import copy

    layers: nn.ModuleList = copy.deepcopy(transformer.encoder.layer[LOWER:])
    return layers


def load(transformer: Any) -> "nn.ModuleList":
    """The shipped layers, ready to be asked."""
    import numpy as np
    import torch

    layers = build(transformer)
    with resources.files("interviewer.library").joinpath(_WEIGHTS).open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        layers.load_state_dict({name: torch.from_numpy(stored[name].astype(np.float32)) for name in stored.files})
    return layers.eval()
