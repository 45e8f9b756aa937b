"""Whether the shipped library finds the guide that answers a question.

150 questions as candidates type them (`data/retrieval_questions.jsonl`) were written before the guides were looked at;
then each was given the ids of all guides of which some section answers it. The library is the product's: every shipped
guide, rubric and question, the packaged embedder, no network. The passages of guides that a search finds are ranked by
vectors alone, by BM25 alone and by the product's fusion of both; a guide ranks where its first passage does among the
guides, and the first right guide counts. Behind each share stands the interval that holds 95 % of 2000 samples drawn
again from the questions. The line of the page is the library page's search, where rubrics and questions compete
for the same six places; the last one is the time of such a search. Questions that no guide answers are left out of all figures. Not measured: whether the passage
is the right section, and what a user's own documents change.

`python benchmarks/retrieval.py [--misses] [--home FOLDER]`. With --misses it also prints the questions that have no right
guide among the product's first three: its rank by vectors/BM25/both, and what was found in its place. Most of the time
goes into embedding the library; a folder given keeps the index, so that the next run embeds only what has changed.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from interviewer.library import search
from interviewer.services import Services
from interviewer.settings import Settings

QUESTIONS = Path(__file__).parent / "data" / "retrieval_questions.jsonl"
ONLY = ("guide",)
# Asking for more would give the fusion more candidates than a search of the product has.
PASSAGES = search.CANDIDATES // 2
# As many as the library page shows.
SHOWN = 6


def guides_of(ids, snapshot):
    """The guides of these passages, each where its first passage stands."""
    found = (snapshot.by_id[key] for key in ids)
    return list(dict.fromkeys(passage.document for passage in found if passage.kind == "guide"))


def rankings(library, question):
    """Guides, best first, for each way of searching."""
    snapshot = library._holdings.current()
    ways = {
        "vectors alone": library._near(question, search.CANDIDATES, ONLY, snapshot),
        "BM25 alone": search._covered(question, search.CANDIDATES, ONLY, snapshot),
        "both fused": [hit.id for hit in library.search(question, PASSAGES, ONLY)],
    }
    return {way: guides_of(list(ids)[:PASSAGES], snapshot) for way, ids in ways.items()}


def place(ranking, right):
    """The place of the first right guide, from 1; None where there is none."""
    return next((n for n, guide in enumerate(ranking, start=1) if guide in right), None)


def line(way, places):
    kinds = {
        "recall@1": [float(p == 1) for p in places],
        "recall@3": [float((p or 4) <= 3) for p in places],
        "MRR": [1 / p if p else 0.0 for p in places],
    }
    return f"{way:14}  " + "  ".join(f"{name} {share(values)}" for name, values in kinds.items()) + f"  n {len(places)}"


def share(values):
    """The mean with its bootstrap interval; the seed is fixed, so that the same ranks give the same line."""
    chance = random.Random(1)
    means = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _ in range(2000))
    return f"{statistics.fmean(values):.3f} ({means[50]:.2f}-{means[1949]:.2f})"


def measure(library, asked, tell_misses):
    places, shown, spent = {}, [], []
    for row in asked:
        # First, so that the time has the embedding of the question in it, which is remembered afterwards.
        began = time.perf_counter()
        hits = library.search(row["question"], SHOWN)
        spent.append(1000 * (time.perf_counter() - began))
        found = rankings(library, row["question"])
        for way, ranking in found.items():
            places.setdefault(way, []).append(place(ranking, row["guides"]))
        shown.append(float(any(hit.document in row["guides"] for hit in hits if hit.kind == "guide")))
        if tell_misses and (places["both fused"][-1] or 4) > 3:
            ranks = "/".join(str(of_way[-1]) for of_way in places.values())
            print(f"{row['id']} {ranks} {row['question']!r}: {found['both fused'][:3]}, right {row['guides']}")
    for way, of_way in places.items():
        print(line(way, of_way))
    print(f"a right guide among the {SHOWN} passages of the library page: {share(shown)}  n {len(asked)}")
    print(
        f"a search takes {statistics.median(spent):.0f} ms, one in twenty over {sorted(spent)[-len(spent) // 20]:.0f}"
    )


def main(home, tell_misses):
    rows = [json.loads(text) for text in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    asked = [row for row in rows if row["guides"]]
    services = Services(Settings(home=home, model="none", chroma_url=""))
    if unknown := {guide for row in rows for guide in row["guides"]} - set(services.bank.guides):
        print(f"no such guide: {', '.join(sorted(unknown))}; mend {QUESTIONS.name}")
        return 1
    measure(services.library, asked, tell_misses)
    services.close()
    print(f"questions that no guide answers, left out: {len(rows) - len(asked)}")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Whether the shipped library finds the guide that answers a question.")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--home", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(args.home or Path(temporary), args.misses))
