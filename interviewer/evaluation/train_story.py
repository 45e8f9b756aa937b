"""Train the heads that read stories: `python -m interviewer.evaluation.train_story DIR [--siop CSV] --out FILE.npz`.

DIR holds behavioral.jsonl (labelled twice), behavioral_training.jsonl, behavioral_tellings.jsonl (each story in three
tellings) and siop_labels.jsonl, whose answers are looked up by id in the CSV; of a file with splits only the lines of
"tune" are used. Clauses that overlap a quoted span are examples of
its signal; those of answers without the signal are counterexamples, and so is every clause of prose that is no story:
the rubrics' anchors and the guides. The second heads are fitted on logits of clauses that the first ones had not seen
(five folds by story), and on the same answers with such prose stuck to them, which must change nothing.
scikit-learn is needed here and nowhere else.
"""

import argparse
import csv
import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from interviewer.content.bank import load
from interviewer.evidence.clauses import Clause, clauses
from interviewer.evidence.marks import Floats, marks
from interviewer.evidence.relevance import relevant
from interviewer.evidence.story_heads import (
    CONTEXT_SCALE,
    MARK_SCALE,
    TRAINED,
    StoryHeads,
    answer_features,
    beside,
    terms,
)
from interviewer.evidence.story_rules import StoryRules

FOLDS = 5
SEED = 7
_MIN_COUNT = 3
_CLAUSE_C = 3.0
_ANSWER_C = 0.3
_OVERLAP = 0.5


@dataclass
class Example:
    """An answer with its labels. `spans` are the places of the words that show a signal; `group` is its fold."""

    text: str
    signals: dict[str, bool]
    spans: dict[str, list[tuple[int, int]]]
    group: int

    def __post_init__(self) -> None:
        self.clauses = clauses(self.text)

    def labels(self, signal: str) -> Floats:
        """1, 0 or nan a clause: nan where the signal is shown but nobody said by which words."""
        if not self.signals[signal]:
            return np.zeros(len(self.clauses))
        spans = self.spans.get(signal)
        if not spans:
            return np.full(len(self.clauses), np.nan)
        return np.asarray([float(any(_overlaps(c, s) for s in spans)) for c in self.clauses])


def _overlaps(clause: Clause, span: tuple[int, int]) -> bool:
    shared = min(clause.end, span[1]) - max(clause.start, span[0])
    return shared > _OVERLAP * min(len(clause.text), span[1] - span[0])


def read_examples(folder: Path, siop: Path | None) -> list[Example]:
    texts = _siop_texts(siop)
    found = []
    for name in ("behavioral.jsonl", "behavioral_training.jsonl", "behavioral_tellings.jsonl", "siop_labels.jsonl"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row.get("answer") or texts.get(row["id"])
            if text and row.get("split", "tune") == "tune":
                found.append(Example(text, row["signals"], _places(text, row.get("spans", {})), _fold(row)))
    return found


def _siop_texts(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["answer"] for row in csv.DictReader(file)}


def _places(text: str, spans: dict[str, list[Any]]) -> dict[str, list[tuple[int, int]]]:
    """Spans as places, whether they are given as places or as quotes."""
    found: dict[str, list[tuple[int, int]]] = {}
    for signal, quotes in spans.items():
        for quote in quotes:
            start, end = (text.find(quote), text.find(quote) + len(quote)) if isinstance(quote, str) else quote
            if start >= 0:
                found.setdefault(signal, []).append((start, end))
    return found


def _fold(row: dict[str, Any]) -> int:
    """All tellings of a story are in one fold."""
    told = row.get("story") or row["id"]
    return int(hashlib.md5(told.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def no_stories() -> list[str]:
    """Prose that is about good answers and is none: what rubrics and guides say."""
    bank = load()
    anchors = [
        a for p in bank.principles.values() for c in p.criteria for a in (*c.anchors.values(), *c.levels.values())
    ]
    anchors += [f"{p.summary}" for p in bank.principles.values()]
    guides = [line for g in bank.guides.values() for line in g.text.splitlines() if len(line.split()) > 8]
    return anchors + guides


class Vocabulary:
    def __init__(self, texts: Iterable[str]) -> None:
        counts: dict[str, int] = {}
        total = 0
        for text in texts:
            total += 1
            for term in set(terms(text)):
                counts[term] = counts.get(term, 0) + 1
        kept = sorted(t for t, n in counts.items() if n >= _MIN_COUNT)
        self.index = {t: i for i, t in enumerate(kept)}
        self.idf = np.asarray([np.log((1 + total) / (1 + counts[t])) + 1 for t in kept])

    def matrix(self, texts: Sequence[str]) -> Any:
        from scipy.sparse import csr_matrix

        rows, columns, values = [], [], []
        for row, text in enumerate(texts):
            counts: dict[int, int] = {}
            for term in terms(text):
                if term in self.index:
                    counts[self.index[term]] = counts.get(self.index[term], 0) + 1
            weights = np.asarray([1 + np.log(n) for n in counts.values()]) * self.idf[list(counts)]
            norm = np.sqrt(weights @ weights) or 1.0
            rows += [row] * len(counts)
            columns += list(counts)
            values += list(weights / norm)
        return csr_matrix((values, (rows, columns)), shape=(len(texts), len(self.index)))


def train(examples: Sequence[Example]) -> dict[str, Any]:
    """The arrays of `StoryHeads`, for `numpy.savez`."""
    from scipy.sparse import csr_matrix, hstack

    prose = [Example(t, dict.fromkeys(TRAINED, False), {}, n % FOLDS) for n, t in enumerate(no_stories())]
    everything = [*examples, *prose]
    texts = [c.text for e in everything for c in e.clauses]
    around = [b for e in everything for b in beside(e.clauses)]
    vocabulary = Vocabulary(texts)
    marked = [marks(e.clauses) for e in everything]
    columns = hstack(
        [
            vocabulary.matrix(texts),
            vocabulary.matrix(around) * CONTEXT_SCALE,
            csr_matrix(np.vstack(marked) * MARK_SCALE),
        ]
    ).tocsr()
    folds = np.repeat([e.group for e in everything], [len(e.clauses) for e in everything])
    ends = np.cumsum([len(e.clauses) for e in everything])
    unseen = np.zeros((len(texts), len(TRAINED)))
    weights, bias = np.zeros((columns.shape[1], len(TRAINED))), np.zeros(len(TRAINED))
    for at, signal in enumerate(TRAINED):
        truth = np.concatenate([e.labels(signal) for e in everything])
        known = ~np.isnan(truth)
        for fold in range(FOLDS):
            model = _fit(columns[known & (folds != fold)], truth[known & (folds != fold)], _CLAUSE_C)
            unseen[folds == fold, at] = model.decision_function(columns[folds == fold])
        model = _fit(columns[known], truth[known], _CLAUSE_C)
        weights[:, at], bias[at] = model.coef_[0], model.intercept_[0]
    parts = [(unseen[end - len(e.clauses) : end], m) for e, m, end in zip(everything, marked, ends, strict=True)]
    answer, answer_bias = _second(examples, parts, prose, everything)
    size = len(vocabulary.index)
    return {
        "terms": "\n".join(vocabulary.index),
        "idf": vocabulary.idf.astype(np.float32),
        "words": np.stack([weights[:size], weights[size : 2 * size]]).astype(np.float16),
        "marks": weights[2 * size :].astype(np.float32),
        "bias": bias.astype(np.float32),
        "answer": answer.astype(np.float32),
        "answer_bias": answer_bias.astype(np.float32),
    }


def _second(
    examples: Sequence[Example], parts: Sequence[tuple[Floats, Floats]], prose: Sequence[Example], everything: Any
) -> tuple[Floats, Floats]:
    """The second heads: on every answer, and on it with prose stuck to it."""
    chooser = random.Random(SEED)  # noqa: S311
    offset = len(examples)
    rows, origin = [], []
    for place, example in enumerate(examples):
        logits, marked = parts[place]
        rows.append(answer_features(logits, StoryRules(example.text).shown, marked))
        origin.append(place)
        stuck = [chooser.randrange(len(prose)) for _ in range(4)]
        longer = example.text + "\n" + "\n".join(prose[n].text for n in stuck)
        joined = np.vstack([logits, *(parts[offset + n][0] for n in stuck)])
        rows.append(
            answer_features(
                joined,
                StoryRules(longer).shown,
                np.vstack([marked, *(parts[offset + n][1] for n in stuck)]),
            )
        )
        origin.append(place)
    features = np.asarray(rows)
    weights, bias = np.zeros((features.shape[1], len(TRAINED))), np.zeros(len(TRAINED))
    for at, signal in enumerate(TRAINED):
        truth = np.asarray([examples[n].signals[signal] for n in origin], dtype=float)
        model = _fit(features, truth, _ANSWER_C)
        weights[:, at], bias[at] = model.coef_[0], model.intercept_[0]
    return weights, bias


def _fit(columns: Any, truth: Floats, strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, class_weight="balanced", solver="liblinear", max_iter=300, random_state=SEED)
    return model.fit(columns, truth)


def asked(description: str) -> argparse.Namespace:
    """The options of both training scripts: the labelled folder, --siop and --out."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--siop", type=Path, default=None)
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


def main() -> None:
    args = asked("Train the heads that read stories.")
    examples = read_examples(args.labelled, args.siop)
    first = StoryHeads.of(train(examples))
    # What is weighed at run time has lost the sentences that bear on nothing; so has what the last heads learn from.
    arrays = train([Example(relevant(e.text, first), e.signals, e.spans, e.group) for e in examples])
    np.savez_compressed(args.out, **arrays)
    print(f"{len(examples)} answers, {arrays['words'].shape[1]} terms, {args.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
