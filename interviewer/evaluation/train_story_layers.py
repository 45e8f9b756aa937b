"""Train the upper layers that read whole stories: `python -m interviewer.evaluation.train_story_layers DIR --out FILE`.

The same answers as `train_story`. Each teaches its labels, and each of its tokens whether it is in a quoted span. A
third of the answers are seen with prose stuck before or after them that shows nothing (rubric anchors, guides): the
labels stay, but for `concise`, which is not asked then, and which counts more where it is false, because it seldom is.
Two runs from the same start see the answers in different orders, and their weights are averaged. Seeded, on the CPU,
in half precision.
"""

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

import numpy as np

from interviewer.evaluation.train_story import SEED, Example, asked, no_stories, read_examples
from interviewer.evidence.story_heads import TRAINED
from interviewer.library import story_layers

EPOCHS = 5
ORDERS = (SEED, SEED + 1)
BATCH = 8
_POOL = 64
_RATE = 6e-5
_HEAD_RATE = 1e-3
_WARM_UP = 40
_STUCK = 0.33
_TOKEN_WEIGHT = 3.0
_RAMBLING_WEIGHT = 4.0


def train(examples: Sequence[Example], transformer: Any, tokenizer: Any, order: int) -> Any:
    """The trained layers; `order` seeds the order in which the answers are seen."""
    import torch

    torch.manual_seed(SEED)
    chooser = random.Random(order)  # noqa: S311
    layers: Any = story_layers.build(transformer)
    for layer in layers.layers:
        layer.attention.self.dropout.p = 0.0  # with it a step takes twice as long
    upper = [p for name, p in layers.named_parameters() if name.startswith("layers.")]
    heads = [p for name, p in layers.named_parameters() if not name.startswith("layers.")]
    groups = [{"params": upper, "lr": _RATE}, {"params": heads, "lr": _HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * (-(-len(examples) // BATCH) + 1)
    slope = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / _WARM_UP) * max(0.0, 1 - step / steps)
    )
    prose = no_stories()
    layers.train()
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in _batches(examples, chooser):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states, mask, token_truth, truth = _prepared(batch, prose, chooser, transformer, tokenizer)
                tokens, answers = layers(states, mask)
            loss = _loss(tokens.float(), answers.float(), token_truth, truth)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(layers.parameters(), 1.0)
            optimiser.step()
            slope.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {total / len(examples):.3f}", flush=True)
    return layers.eval()


def _batches(examples: Sequence[Example], chooser: random.Random) -> Iterator[list[Example]]:
    """Batches of answers of like length, in random order: what is padded is paid for."""
    order = list(examples)
    chooser.shuffle(order)
    pools = [sorted(order[n : n + _POOL], key=lambda e: len(e.text)) for n in range(0, len(order), _POOL)]
    batches = [pool[n : n + BATCH] for pool in pools for n in range(0, len(pool), BATCH)]
    chooser.shuffle(batches)
    yield from batches


def _prepared(
    batch: Sequence[Example], prose: Sequence[str], chooser: random.Random, transformer: Any, tokenizer: Any
) -> tuple[Any, Any, Any, Any]:
    """States, mask, truth of the tokens and of the answers, -1 where unknown."""
    import torch

    texts, shifts, answers = [], [], []
    for example in batch:
        before = after = ""
        if chooser.random() < _STUCK:
            stuck = " ".join(chooser.sample(list(prose), chooser.randint(1, 5)))
            before, after = (f"{stuck}\n", "") if chooser.random() < 0.5 else ("", f"\n{stuck}")
        texts.append(before + example.text + after)
        shifts.append(len(before))
        concise = -1.0 if before or after else float(example.signals["concise"])
        answers.append([*(float(example.signals[s]) for s in TRAINED), concise])
    tokens = tokenizer(
        texts,
        truncation=True,
        max_length=story_layers.MOST_TOKENS,
        padding=True,
        return_offsets_mapping=True,
        return_tensors="pt",
    )
    places = tokens.pop("offset_mapping").numpy()
    truth = np.stack([_token_truth(e, p, s) for e, p, s in zip(batch, places, shifts, strict=True)])
    states = story_layers.lower_states(transformer, tokens)
    return states, tokens["attention_mask"].float(), torch.from_numpy(truth), torch.tensor(answers)


def _token_truth(example: Example, places: Any, shift: int) -> Any:
    truth = np.full((len(places), len(TRAINED)), -1.0, dtype=np.float32)
    for at, signal in enumerate(TRAINED):
        spans = example.spans.get(signal)
        if not example.signals[signal] or spans:
            truth[:, at] = 0
        for start, end in spans or ():
            inside = (places[:, 0] >= start + shift) & (places[:, 1] <= end + shift) & (places[:, 1] > places[:, 0])
            truth[inside, at] = 1
    return truth


def _loss(tokens: Any, answers: Any, token_truth: Any, truth: Any) -> Any:
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

    known = (token_truth >= 0).float() * (1 + _TOKEN_WEIGHT * (token_truth > 0))
    each = cross_entropy(tokens, token_truth.clamp(0), reduction="none")
    weight = (truth >= 0).float()
    weight[:, -1] *= torch.where(truth[:, -1] == 0, _RAMBLING_WEIGHT, 1.0)
    whole = (cross_entropy(answers, truth.clamp(0), reduction="none") * weight).sum() / (truth >= 0).sum()
    return whole + (each * known).sum() / ((token_truth >= 0).sum() + 1)


def _weights(examples: Sequence[Example], order: int) -> dict[str, Any]:
    """The trained weights by name, on one core: two runs side by side are faster than one run on two cores."""
    import torch

    from interviewer.library.embedder import MiniLM

    torch.set_num_threads(1)
    state = train(examples, *MiniLM().parts(), order).state_dict()
    return {name: value.numpy() for name, value in state.items()}


def main() -> None:
    args = asked("Train the layers that read whole stories.")
    examples = read_examples(args.labelled, args.siop)
    with ProcessPoolExecutor(len(ORDERS), mp_context=get_context("spawn")) as runs:
        trained = list(runs.map(partial(_weights, examples), ORDERS))
    averaged = {name: np.mean([weights[name] for weights in trained], axis=0) for name in trained[0]}
    np.savez_compressed(args.out, **{name: value.astype(np.float16) for name, value in averaged.items()})
    print(f"{len(examples)} answers, {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
