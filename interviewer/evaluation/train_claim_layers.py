"""Train the layers that weigh claims: `python -m interviewer.evaluation.train_claim_layers ANSWERS PAIRS --out FILE`.

ANSWERS is read as by `evaluation.claims`, and so is the file of `--remarks`, whose lines state each claim once in some
voice; PAIRS is read as by `evaluation.claim_pairs`; the sentences of the bank are added.
Wrong answers sound different, and what is trained on answers alone learns that. So three things take the sound away:
half of the answers are made of remarks of different answers to the same question; one remark of every pair is put into
some answer, whichever it is; and beside every batch of answers stand pairs, of which the right remark must be weighed
above the wrong one. Seeded, on the CPU, in half precision; forty minutes on two cores.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer.content.bank import Bank, load
from interviewer.evaluation.claim_pairs import read_pairs
from interviewer.evaluation.claims import read_answers
from interviewer.library import claim_layers

if TYPE_CHECKING:
    import torch

SEED = 1
EPOCHS = 6
BATCH = 8
PAIRS = 16  # beside a batch
_POOL = 64
_RATE = 1e-4
_HEAD_RATE = 2e-3
_WARM_UP = 60
_MIXED = 0.5  # of the answers
_BANKED = 0.5  # of the sentences of the bank, each time
_MOST_REMARKS = 24
_RARE = 4.0  # a claim is stated in few remarks
_OF_OTHERS = 0.3  # a remark of a pair is labelled with one claim: what it says of others is hardly known
_OF_ITS_OWN = 2.5
_ORDER, _SIDES = 1.5, 0.5

Label = tuple[int, int]  # the claim's number, and 0 for stating it or 1 for having it the wrong way round


@dataclass(frozen=True)
class Remark:
    text: str
    labels: frozenset[Label]
    of_pair: bool = False


@dataclass
class Asked:
    """What is known of one question: the numbers of its claims, its answers, its pairs, the bank's own sentences."""

    claims: list[int] = field(default_factory=list)
    answers: list[list[Remark]] = field(default_factory=list)
    pairs: list[tuple[Remark, Remark]] = field(default_factory=list)
    banked: list[Remark] = field(default_factory=list)


def gather(answers: Sequence[Path], pairs: Path, parts: Sequence[str], bank: Bank) -> tuple[list[str], list[Asked]]:
    """The texts of all claims, and for each question what there is to learn from."""
    texts: list[str] = []
    numbers: dict[tuple[str, str], int] = {}
    known: dict[str, Asked] = defaultdict(Asked)
    for answer, question in chain.from_iterable(read_answers(path, bank) for path in answers):
        if question.id not in known:
            _add_claims(question, known[question.id], texts, numbers)
        known[question.id].answers.append(
            [
                Remark(text, frozenset((numbers[question.id, label[1:]], int(label[0] == "-")) for label in labels))
                for text, labels in answer.pieces
            ]
        )
    for pair, question, claim in read_pairs(pairs, bank, parts):
        number = numbers[question.id, claim.id]
        right, wrong = (
            Remark(text, frozenset({(number, turned)}), of_pair=True)
            for turned, text in enumerate((pair.right, pair.wrong))
        )
        known[question.id].pairs.append((right, wrong))
    return texts, list(known.values())


def _add_claims(question: Any, asked: Asked, texts: list[str], numbers: dict[tuple[str, str], int]) -> None:
    for claim in question.claims:
        number = numbers[question.id, claim.id] = len(texts)
        texts.append(claim.text)
        asked.claims.append(number)
        asked.banked += [Remark(t, frozenset({(number, 0)})) for t in (claim.text, *claim.paraphrases)]
        asked.banked += [Remark(t, frozenset({(number, 1)})) for t in claim.wrong]


def epoch(known: Sequence[Asked], chooser: random.Random) -> list[tuple[Asked, list[Remark]]]:
    """Answers to learn from: half as they were given, half mixed, with remarks of pairs and of the bank among them."""
    found = []
    for asked in known:
        pool = [remark for answer in asked.answers for remark in answer]
        chooser.shuffle(pool)
        answers = [
            [pool.pop() for _ in answer] if chooser.random() < _MIXED else list(answer) for answer in asked.answers
        ]
        added = [chooser.choice(pair) for pair in asked.pairs]
        added += [remark for remark in asked.banked if chooser.random() < _BANKED]
        for remark in added:
            answer = chooser.choice(answers)
            answer.insert(chooser.randint(0, len(answer)), remark)
        found += [(asked, answer[:_MOST_REMARKS]) for answer in answers]
    chooser.shuffle(found)
    return found


def _batches(found: list[tuple[Asked, list[Remark]]], chooser: random.Random) -> Iterator[list[Any]]:
    """Answers of like length together: what is padded is paid for."""
    pools = [found[n : n + _POOL] for n in range(0, len(found), _POOL)]
    for pool in pools:
        pool.sort(key=lambda each: sum(len(remark.text) for remark in each[1]))
    batches = [pool[n : n + BATCH] for pool in pools for n in range(0, len(pool), BATCH)]
    chooser.shuffle(batches)
    yield from batches


class Trainer:
    def __init__(self, known: Sequence[Asked], texts: Sequence[str], embedder: Any, seed: int) -> None:
        import torch

        torch.manual_seed(seed)
        self._chooser = random.Random(seed)  # noqa: S311
        self._known = known
        self._most = max(len(asked.claims) for asked in known)
        transformer, tokenizer = embedder.parts()
        self._states = _states(known, transformer, tokenizer)
        self.layers = claim_layers.build(transformer, *_beginnings(known, texts, embedder))
        self._deck: list[tuple[Asked, Remark, Remark]] = []

    def train(self, epochs: int) -> Any:
        import torch

        upper = [p for name, p in self.layers.named_parameters() if name.startswith("layers.")]
        heads = [p for name, p in self.layers.named_parameters() if not name.startswith("layers.")]
        groups = [{"params": upper, "lr": _RATE}, {"params": heads, "lr": _HEAD_RATE}]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        answers = sum(len(asked.answers) for asked in self._known)
        steps = epochs * (-(-answers // BATCH) + 2)
        slope = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1.0, (step + 1) / _WARM_UP) * max(0.0, 1 - step / steps)
        )
        self.layers.train()
        for number in range(epochs):
            total, seen = 0.0, 0
            for batch in _batches(epoch(self._known, self._chooser), self._chooser):
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    loss = self._of_answers(batch) + self._of_pairs(self._draw())
                optimiser.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                torch.nn.utils.clip_grad_norm_(self.layers.parameters(), 1.0)
                optimiser.step()
                slope.step()
                total, seen = total + loss.item(), seen + 1
            print(f"epoch {number + 1} of {epochs}: loss {total / seen:.3f}", flush=True)
        return self.layers.eval()

    def _of_answers(self, batch: Sequence[tuple[Asked, list[Remark]]]) -> "torch.Tensor":
        import torch
        from torch.nn.functional import binary_cross_entropy_with_logits, softplus

        packed = claim_layers.pack([[self._states[r.text] for r in remarks] for _, remarks in batch])
        logits = self.layers(packed, self._claims([asked for asked, _ in batch]))
        truth, weight = torch.zeros_like(logits), torch.zeros(logits.shape[:3])
        for row, (asked, remarks) in enumerate(batch):
            for number, remark in enumerate(remarks):
                weight[row, number, : len(asked.claims)] = _OF_OTHERS if remark.of_pair else 1.0
                for claim, turned in remark.labels:
                    place = asked.claims.index(claim)
                    truth[row, number, place, turned] = 1
                    if remark.of_pair:
                        weight[row, number, place] = _OF_ITS_OWN
        each = binary_cross_entropy_with_logits(logits, truth, reduction="none", pos_weight=torch.tensor(_RARE))
        decided = (truth.sum(-1) == 1).float() * weight
        lead = (logits[..., 0] - logits[..., 1]) * (truth[..., 0] - truth[..., 1])
        remarks_in_all = weight.gt(0).any(-1).sum()
        return (each.sum(-1) * weight).sum() / remarks_in_all + (softplus(-lead) * decided).sum() / decided.gt(
            0
        ).sum().clamp(1)

    def _of_pairs(self, drawn: Sequence[tuple[Asked, Remark, Remark]]) -> "torch.Tensor":
        import torch
        from torch.nn.functional import binary_cross_entropy_with_logits, softplus

        packed = claim_layers.pack([[self._states[r.text]] for _, right, wrong in drawn for r in (right, wrong)])
        logits = self.layers(packed, self._claims([asked for asked, _, _ in drawn for _ in range(2)]))[:, 0]
        place = torch.tensor([asked.claims.index(next(iter(right.labels))[0]) for asked, right, _ in drawn])
        rows = torch.arange(len(drawn))
        right, wrong = logits[0::2][rows, place], logits[1::2][rows, place]
        leads = right[:, 0] - right[:, 1], wrong[:, 0] - wrong[:, 1]
        truth = torch.tensor([[1.0, 0.0], [0.0, 1.0]])[:, None].expand(2, len(drawn), 2)
        return (
            _ORDER * softplus(leads[1] - leads[0]).mean()
            + _SIDES * (softplus(-leads[0]) + softplus(leads[1])).mean()
            + binary_cross_entropy_with_logits(torch.stack([right, wrong]), truth)
        )

    def _draw(self) -> list[tuple[Asked, Remark, Remark]]:
        drawn: list[tuple[Asked, Remark, Remark]] = []
        while len(drawn) < PAIRS:
            if not self._deck:
                self._deck = [(asked, *pair) for asked in self._known for pair in asked.pairs]
                self._chooser.shuffle(self._deck)
            drawn.append(self._deck.pop())
        return drawn

    def _claims(self, asked: Sequence[Asked]) -> "torch.Tensor":
        import torch

        return torch.tensor([a.claims + [0] * (self._most - len(a.claims)) for a in asked])


def _states(known: Sequence[Asked], transformer: Any, tokenizer: Any) -> Mapping[str, "torch.Tensor"]:
    """The states of every remark after the lower layers, which are not trained."""
    texts = {r.text for a in known for remarks in (*a.answers, *a.pairs, a.banked) for r in remarks}
    ordered = sorted(texts, key=lambda text: (len(text), text))
    found: dict[str, torch.Tensor] = {}
    for start in range(0, len(ordered), 16):
        group = ordered[start : start + 16]
        found.update(
            zip(group, (s.clone() for s in claim_layers.lower_states(transformer, tokenizer, group)), strict=True)
        )
    return found


def _beginnings(known: Sequence[Asked], texts: Sequence[str], embedder: Any) -> tuple["torch.Tensor", "torch.Tensor"]:
    """For each claim the mean direction of the bank's sentences that state it, and of those that have it wrong."""
    import torch
    from torch.nn.functional import normalize

    said: dict[Label, list[str]] = defaultdict(list)
    for asked in known:
        for remark in asked.banked:
            said[next(iter(remark.labels))].append(remark.text)
    rows = [
        [torch.from_numpy(embedder.embed(said[n, turned] or said[n, 0]).mean(axis=0)) for n in range(len(texts))]
        for turned in (0, 1)
    ]
    return normalize(torch.stack(rows[0]), dim=1), normalize(torch.stack(rows[1]), dim=1)


def main() -> None:
    import numpy as np

    from interviewer.library.embedder import MiniLM

    parser = argparse.ArgumentParser(description="Train the layers that weigh claims.")
    parser.add_argument("answers", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--remarks", type=Path, nargs="*", default=[])
    parser.add_argument("--parts", nargs="*", default=[], help="the parts of PAIRS to learn from; all when left out")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    texts, known = gather([args.answers, *args.remarks], args.pairs, args.parts, load())
    layers = Trainer(known, texts, MiniLM(), SEED).train(args.epochs)
    stored = {name: value.numpy().astype(np.float16) for name, value in layers.state_dict().items()}
    np.savez_compressed(args.out, claims=np.array([claim_layers.key(t) for t in texts]), **stored)
    print(f"{len(texts)} claims, {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
