"""How long the clauses of an answer take to embed, read in one row without padding, and with how little difference.

The floor is `SentenceTransformer.encode` on the same clauses in batches of 8, in the same run, both warm.
`python benchmarks/embedding.py [runs]`.
"""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np

from interviewer.content.bank import load
from interviewer.evidence.meaning import units_of
from interviewer.library import MiniLM

WORDS = 250


def texts():
    """Answers of 250 words, each cut from two references of the bank."""
    references = [q.reference for q in load().questions.values() if getattr(q, "reference", "")]
    pairs = zip(references[::2], references[1::2], strict=False)
    return [" ".join(f"{a} {b}".split()[:WORDS]) for a, b in pairs][:20]


def timed(read, answers):
    seconds = []
    for units in answers:
        begun = time.perf_counter()
        read(units)
        seconds.append(time.perf_counter() - begun)
    return seconds


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    embedder = MiniLM()
    model = embedder._loaded()
    answers = [[unit.text for unit in units_of(text)] for text in texts()]

    def padded(units):
        return model.encode(units, batch_size=8, normalize_embeddings=True, show_progress_bar=False)

    apart = max(float(np.abs(padded(units) - embedder.encode_document(units)).max()) for units in answers)
    ours, floor = [], []
    for _ in range(runs):
        floor += timed(padded, answers)
        ours += timed(embedder.encode_document, answers)
    one, other = statistics.median(ours), statistics.median(floor)
    print(f"{len(answers)} answers of {WORDS} words, {runs} runs: {one * 1000:.0f} ms in one row (median)")
    print(f"padded in batches of 8: {other * 1000:.0f} ms; ratio {one / other:.2f}; largest difference {apart:.1e}")


if __name__ == "__main__":
    main()
