"""Train how replies to follow-ups are read: `python -m interviewer.evaluation.train_follow_ups FILE --out FILE.json`.

FILE holds threads, one a line: `turns`, each with `answer`, `target` (null for the opening) and `signals`, the quotes
by signal of what this answer shows; only those with `split` "tune" are learnt from. A logistic regression over the
witnesses of `evidence.follow_ups`, with a start for each signal and one more where it was asked for. The figures for
the other threads are printed: of the signals that were asked for, how many are rightly and wrongly taken as shown.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interviewer.evidence.follow_ups import Line, bounded, may_tell
from interviewer.evidence.story import Weigh
from interviewer.evidence.story_heads import TRAINED, shipped_heads
from interviewer.evidence.story_rules import StoryRules

_C = 0.3
_NO_LAYERS = 0.0
_LOWEST = -5.0  # what was never told unasked in the threads may be, all the same


@dataclass(frozen=True)
class Reply:
    """What the witnesses say of one signal of one reply, and whether it is shown."""

    split: str
    signal: str
    asked: bool
    ruled: bool
    clause: float
    whole: float
    shown: bool


def replies(threads: Sequence[dict[str, Any]], weigh: Weigh) -> Iterator[Reply]:
    for thread in threads:
        for turn in thread["turns"][1:]:
            rules = StoryRules(turn["answer"], turn["target"])
            ruled = rules.shown
            told = [c for c in rules.clauses if may_tell(c)]
            if not told:
                continue
            clauses = shipped_heads().clause_logits(told).max(axis=0)
            whole = weigh(turn["answer"])
            for at, signal in enumerate(TRAINED):
                yield Reply(
                    thread["split"],
                    signal,
                    turn["target"] == signal,
                    signal in ruled,
                    bounded(float(clauses[at])),
                    bounded(float(whole[at])),
                    signal in turn["signals"],
                )


def fitted(told: Sequence[Reply], layers: bool) -> Line:
    from sklearn.linear_model import LogisticRegression

    features = _features(told, layers)
    spread = features.std(axis=0) + 1e-6
    head = LogisticRegression(C=_C, max_iter=4000).fit(features / spread, [r.shown for r in told])
    weights, bias = head.coef_[0] / spread, float(head.intercept_[0])
    count = len(TRAINED)
    start: dict[str, float] = {s: max(_LOWEST, round(bias + float(weights[3 + n]), 4)) for n, s in enumerate(TRAINED)}
    asked: dict[str, float] = {s: round(float(weights[3 + count + n]), 4) for n, s in enumerate(TRAINED)}
    rule, clause, whole = (round(float(w), 4) for w in weights[:3])
    return Line(rule, clause, whole if layers else _NO_LAYERS, start, asked)


def _features(told: Sequence[Reply], layers: bool) -> NDArray[np.float64]:
    one = np.eye(len(TRAINED))[[TRAINED.index(r.signal) for r in told]]
    asked = np.array([[r.asked] for r in told])
    witnesses = np.array([[r.ruled, r.clause, r.whole if layers else 0.0] for r in told])
    return np.hstack([witnesses, one, one * asked])


def figures(line: Line, told: Sequence[Reply]) -> str:
    """Of what was asked for, and of the rest: shown and found, missed, found and not shown, neither."""
    parts = []
    for asked in (True, False):
        some = [r for r in told if r.asked is asked]
        found = [line.logit(r.signal, ruled=r.ruled, clause=r.clause, whole=r.whole, asked=r.asked) > 0 for r in some]
        counts = [sum(f is a and r.shown is b for f, r in zip(found, some, strict=True)) for a, b in _CELLS]
        parts.append(f"{'asked for' if asked else 'the rest'}: " + ", ".join(map(str, counts)))
    return "; ".join(parts)


_CELLS = ((True, True), (False, True), (True, False), (False, False))


def main() -> None:
    parser = argparse.ArgumentParser(description="Train how replies to follow-ups are read.")
    parser.add_argument("threads", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    from interviewer.library.embedder import MiniLM

    threads = [json.loads(line) for line in args.threads.read_text(encoding="utf-8").splitlines() if line]
    told = list(replies(threads, MiniLM().story_logits))
    tune, test = ([r for r in told if r.split == split] for split in ("tune", "test"))
    lines = {name: fitted(tune, layers) for name, layers in (("with_layers", True), ("without_layers", False))}
    for name, line in lines.items():
        print(f"{name}: {figures(line, test)}")
    text = json.dumps({name: vars(line) for name, line in lines.items()}, indent=1)
    args.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
