"""Train what hears the signals of a round: `python -m interviewer.evaluation.train_round_layers FILE --out FILE.npz`.

FILE holds answers, one a line: `rubric`, `target` (the signal asked for, or null), `answer`, and `signals`, the quotes
by signal of what is shown; only those with `split` "tune" are learnt from. Each teaches its labels and, token by token,
the quoted words. Every fourth answer is seen with prose stuck to it that no candidate said (anchors, guides): its
labels stay. A reply to a follow-up stands behind the name of what was asked for. Signals of the same id share a
direction ("monitoring" of a design and of a project). Two runs from the same start see the answers in different orders,
and their weights are averaged. Seeded, on the CPU, in half precision.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from interviewer.content.bank import Bank, load
from interviewer.evaluation.train_story import no_stories
from interviewer.evidence.clauses import count_words
from interviewer.library import round_layers
from interviewer.library.story_layers import MOST_TOKENS, lower_states

EPOCHS = 16
ORDERS = (7, 8)
BATCH = 8
_POOL = 64
_RATE = 1e-4
_HEAD_RATE = 2e-3
_WARM_UP = 30
_TOKEN_WEIGHT = 3.0
_SHOWN_WEIGHT = 2.0
_STUCK = 0.25
_FEWEST_WORDS = 6  # of prose that is stuck to an answer


@dataclass(frozen=True)
class RoundAnswer:
    """A labelled answer; `spans` are the places of the words that show each signal."""

    text: str
    rubric: str
    target: str | None
    spans: dict[str, list[tuple[int, int]]]

    def between(self, before: str, after: str) -> "RoundAnswer":
        """The same with text around it that shows nothing."""
        moved = {s: [(a + len(before), b + len(before)) for a, b in held] for s, held in self.spans.items()}
        return replace(self, text=before + self.text + after, spans=moved)


@dataclass(frozen=True)
class Known:
    """The signals to be trained: their rubrics, ids and keys, and the number that those of one id share."""

    rubrics: tuple[str, ...]
    ids: tuple[str, ...]
    keys: tuple[str, ...]
    shared: tuple[int, ...]

    @classmethod
    def of(cls, bank: Bank, rubrics: Sequence[str]) -> "Known":
        rows = [(r, s.id, round_layers.key(r, s.id, s.name)) for r in rubrics for s in bank.rounds[r].signals]
        every = sorted({name for _, name, _ in rows})
        held, ids, keys = zip(*rows, strict=True)
        return cls(held, ids, keys, tuple(every.index(name) for name in ids))


def read_answers(path: Path, split: str) -> list[RoundAnswer]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [
        RoundAnswer(
            row["answer"],
            row["rubric"],
            row["target"],
            {s: [_place(row["answer"], q) for q in quotes] for s, quotes in row["signals"].items()},
        )
        for row in rows
        if row["split"] == split
    ]


def _place(text: str, quote: str) -> tuple[int, int]:
    start = text.index(quote)
    return start, start + len(quote)


class Trainer:
    """One run. `order` seeds the order in which the answers are seen."""

    def __init__(self, known: Known, transformer: Any, tokenizer: Any, order: int) -> None:
        import torch

        torch.manual_seed(ORDERS[0])
        self._known = known
        self._prose = [text for text in no_stories() if count_words(text) >= _FEWEST_WORDS]
        self._transformer = transformer
        self._tokenizer = tokenizer
        self._chooser = random.Random(order)  # noqa: S311
        self.layers: Any = round_layers.build(transformer, known.shared)
        trained: Any = self.layers.layers
        for layer in trained:
            layer.attention.self.dropout.p = 0.0  # with it a step takes twice as long

    def train(self, answers: Sequence[RoundAnswer], epochs: int) -> Any:
        import torch

        upper = [p for name, p in self.layers.named_parameters() if name.startswith("layers.")]
        heads = [p for name, p in self.layers.named_parameters() if not name.startswith("layers.")]
        groups = [{"params": upper, "lr": _RATE}, {"params": heads, "lr": _HEAD_RATE}]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        steps = epochs * (-(-len(answers) // BATCH) + 1)
        slope = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1.0, step / _WARM_UP) * max(0.0, 1 - step / steps)
        )
        self.layers.train()
        for epoch in range(epochs):
            total = 0.0
            for batch in self._batches(answers):
                loss = self._loss([self._asked(self._with_prose(answer)) for answer in batch])
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.layers.parameters(), 1.0)
                optimiser.step()
                slope.step()
                total += loss.item() * len(batch)
            print(f"epoch {epoch + 1} of {epochs}: loss {total / len(answers):.3f}", flush=True)
        return self.layers.eval()

    def _batches(self, answers: Sequence[RoundAnswer]) -> Iterator[list[RoundAnswer]]:
        """Batches of answers of like length, in random order: what is padded is paid for."""
        order = list(answers)
        self._chooser.shuffle(order)
        pools = [sorted(order[n : n + _POOL], key=lambda a: len(a.text)) for n in range(0, len(order), _POOL)]
        batches = [pool[n : n + BATCH] for pool in pools for n in range(0, len(pool), BATCH)]
        self._chooser.shuffle(batches)
        yield from batches

    def _with_prose(self, answer: RoundAnswer) -> RoundAnswer:
        if self._chooser.random() >= _STUCK:
            return answer
        stuck = " ".join(self._chooser.sample(self._prose, self._chooser.randint(1, 3)))
        return answer.between(f"{stuck}\n", "") if self._chooser.random() < 0.5 else answer.between("", f"\n{stuck}")

    def _asked(self, answer: RoundAnswer) -> RoundAnswer:
        return answer.between(self._lead(answer), "")

    def _lead(self, answer: RoundAnswer) -> str:
        named = zip(self._known.rubrics, self._known.ids, self._known.keys, strict=True)
        names = (k.partition(": ")[2] for r, s, k in named if (r, s) == (answer.rubric, answer.target))
        return round_layers.lead(next(names, None))

    def _loss(self, batch: Sequence[RoundAnswer]) -> Any:
        import torch
        from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

        tokens = self._tokenizer(
            [a.text for a in batch],
            truncation=True,
            max_length=MOST_TOKENS,
            padding=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        places = tokens.pop("offset_mapping").numpy()
        mask = tokens["attention_mask"].float()
        begins = np.array([len(self._lead(a)) for a in batch])[:, None, None]
        told = torch.from_numpy(round_layers.replied(places - begins)) * mask
        truth, each, asked, counts = map(torch.from_numpy, self._labels(batch, places))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            said, whole = self.layers(lower_states(self._transformer, tokens), mask, told, asked)
        words = counts[:, None] * told[:, :, None]
        by_token = cross_entropy(said.float(), each, reduction="none") * words * (1 + _TOKEN_WEIGHT * each)
        by_answer = cross_entropy(whole.float(), truth, reduction="none", pos_weight=torch.tensor(_SHOWN_WEIGHT))
        loss = by_token.sum() / words.sum() + (by_answer * counts).sum() / counts.sum()
        return loss

    def _labels(self, batch: Sequence[RoundAnswer], places: Any) -> tuple[Any, Any, Any, Any]:
        """Truth of the answers and of their tokens, what was asked for, and which signals count: the rubric's."""
        known, count = self._known, len(self._known.ids)
        truth, asked, counts = (np.zeros((len(batch), count), np.float32) for _ in range(3))
        each = np.zeros((*places.shape[:2], count), np.float32)
        for row, answer in enumerate(batch):
            for at, (rubric, name) in enumerate(zip(known.rubrics, known.ids, strict=True)):
                if rubric != answer.rubric:
                    continue
                counts[row, at] = 1
                asked[row, at] = name == answer.target
                truth[row, at] = name in answer.spans
                for start, end in answer.spans.get(name, ()):
                    inside = (places[row, :, 0] >= start) & (places[row, :, 1] <= end)
                    each[row, inside & (places[row, :, 1] > places[row, :, 0]), at] = 1
        return truth, each, asked, counts


def _weights(answers: Sequence[RoundAnswer], known: Known, epochs: int, order: int) -> dict[str, Any]:
    """The trained weights by name, on one core: two runs side by side are faster than one run on two cores."""
    import torch

    from interviewer.library.embedder import MiniLM

    torch.set_num_threads(1)
    state = Trainer(known, *MiniLM().parts(), order).train(answers, epochs).state_dict()
    return {name: value.numpy() for name, value in state.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the layers that hear the signals of a round.")
    parser.add_argument("answers", type=Path)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    answers = read_answers(args.answers, "tune")
    known = Known.of(load(), sorted({a.rubric for a in answers}))
    with ProcessPoolExecutor(len(ORDERS), mp_context=get_context("spawn")) as runs:
        trained = list(runs.map(partial(_weights, answers, known, args.epochs), ORDERS))
    averaged = {name: np.mean([weights[name] for weights in trained], axis=0) for name in trained[0]}
    stored = {name: value.astype(np.float16) for name, value in averaged.items()}
    np.savez_compressed(args.out, signals=np.array(known.keys), shared=np.array(known.shared), **stored)
    print(f"{len(answers)} answers, {len(known.keys)} signals, {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
