"""Pairs of remarks that differ in a few words: one states a claim, the other has it the wrong way round.

`python -m interviewer.evaluation.claim_pairs FILE [--parts NAME ...]`, where FILE holds {"question_id", "claim",
"part", "right", "wrong"} a line. A reader that goes by how wrong answers sound cannot tell the two apart. Prints how
often the trained layers put the two in order, and how often the whole reading credits or flags either.
Not covered: remarks in the context of an answer (`evaluation.claims`).
"""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import Field

from interviewer.content.bank import Bank, load
from interviewer.domain.base import Value
from interviewer.domain.question import Claim, Question
from interviewer.errors import BadInput
from interviewer.evaluation.claims import Reads
from interviewer.evaluation.labelled import read_rows
from interviewer.evidence.weighed_claims import WeighClaims

Asked = tuple["ClaimPair", Question, Claim]


class ClaimPair(Value):
    question_id: str
    claim: str
    part: str
    right: str = Field(min_length=1)
    wrong: str = Field(min_length=1)


class Told(Value):
    """Counts of pairs. `ordered`: the layers lead further for the right remark than for the wrong one."""

    pairs: int = 0
    ordered: int = 0
    right_credited: int = 0
    right_flagged: int = 0
    wrong_credited: int = 0
    wrong_flagged: int = 0

    def __str__(self) -> str:
        return (
            f"{self.pairs} pairs, {self.ordered} in order by the layers; "
            f"right remarks: {self.right_credited} credited, "
            f"{self.right_flagged} flagged; wrong remarks: {self.wrong_credited} credited, {self.wrong_flagged} flagged"
        )


def read_pairs(path: Path, bank: Bank, parts: Sequence[str] = ()) -> list[Asked]:
    """The pairs of the file, or of some of its parts. Raises BadInput for a line that the bank does not know."""
    rows = enumerate(read_rows(path, ClaimPair), 1)
    return [_asked(f"{path}:{place}", pair, bank) for place, pair in rows if not parts or pair.part in parts]


def _asked(place: str, pair: ClaimPair, bank: Bank) -> Asked:
    question = bank.question(pair.question_id)
    claim = next((c for c in question.claims if c.id == pair.claim), None) if question else None
    if question is None or claim is None:
        raise BadInput(
            f"{place}: the bank has no claim {pair.claim} of {pair.question_id}; correct the line or leave it out"
        )
    return pair, question, claim


def evaluate_pairs(pairs: Iterable[Asked], weigh: WeighClaims, reader: Reads, bank: Bank) -> Told:
    counts = dict.fromkeys(Told.model_fields, 0)
    for pair, question, claim in pairs:
        logits = weigh([claim.text], [pair.right, pair.wrong])[:, 0]
        right_lead, wrong_lead = logits[:, 0] - logits[:, 1]
        counts["pairs"] += 1
        counts["ordered"] += bool(right_lead > wrong_lead)
        for name, remark in (("right", pair.right), ("wrong", pair.wrong)):
            reading = reader.read(remark, bank.rubric(question.rubric), question)
            counts[f"{name}_credited"] += any(f.id == claim.id for f in reading.claims)
            counts[f"{name}_flagged"] += bool(reading.contradicted)
    return Told(**counts)


def main() -> None:
    parser = argparse.ArgumentParser(description="How pairs of remarks are told apart.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--parts", nargs="*", default=[], help="only these parts of the file")
    args = parser.parse_args()
    from interviewer.evidence.reader import Reader
    from interviewer.library.embedder import MiniLM

    bank, embedder = load(), MiniLM()
    pairs = read_pairs(args.file, bank, args.parts)
    print(evaluate_pairs(pairs, embedder.claim_logits, Reader(embedder), bank))


if __name__ == "__main__":
    main()
