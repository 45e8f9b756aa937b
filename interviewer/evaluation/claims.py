"""How many claims of an answer are found, and how many of those found are there.

`python -m interviewer.evaluation.claims FILE`, where FILE holds answers cut into pieces, each labelled with the claims
that it states (`+id`) or has the wrong way round (`-id`): {"question_id", "kind", "pieces": [[text, [label]], ...]}.
Not covered: whether a finding quotes the very piece that is labelled; and answers as a whole (`grading`).
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from interviewer.content.bank import Bank, load
from interviewer.domain.base import Value
from interviewer.domain.evidence import Finding, Reading
from interviewer.domain.question import Question
from interviewer.domain.rubric import Rubric
from interviewer.errors import BadInput
from interviewer.evaluation.labelled import read_rows


class Reads(Protocol):
    def read(self, text: str, rubric: Rubric, question: Question | None = None) -> Reading: ...


class LabelledAnswer(Value):
    question_id: str
    kind: str
    pieces: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        return " ".join(piece for piece, _ in self.pieces)

    def labelled(self, sign: str) -> set[str]:
        return {label[1:] for _, labels in self.pieces for label in labels if label[:1] == sign}


class Found(Value):
    """Counts of claims, summed over answers."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def plus(self, told: set[str], true: set[str]) -> "Found":
        return Found(
            right=self.right + len(told & true),
            wrong=self.wrong + len(told - true),
            missed=self.missed + len(true - told),
        )

    def __str__(self) -> str:
        told, true = self.right + self.wrong, self.right + self.missed
        return f"{self.right} of {told} found are there, {self.right} of {true} there are found"


def read_answers(path: Path, bank: Bank) -> list[tuple[LabelledAnswer, Question]]:
    """Each answer with its question. Raises BadInput for a line that is none, or that the bank does not know."""
    return [(a, _asked(f"{path}:{place}", a, bank)) for place, a in enumerate(read_rows(path, LabelledAnswer), 1)]


def _asked(place: str, answer: LabelledAnswer, bank: Bank) -> Question:
    question = bank.question(answer.question_id)
    if question is None:
        raise BadInput(f"{place}: the bank has no question {answer.question_id}; correct the line or leave it out")
    unknown = (answer.labelled("+") | answer.labelled("-")) - {c.id for c in question.claims}
    if unknown:
        raise BadInput(f"{place}: no claim {min(unknown)}; correct the line or leave it out")
    return question


def evaluate_claims(
    answers: Iterable[tuple[LabelledAnswer, Question]], reader: Reads, bank: Bank
) -> dict[str, tuple[Found, Found]]:
    """For each kind of answer what is stated, and what is the wrong way round."""
    found: dict[str, tuple[Found, Found]] = defaultdict(lambda: (Found(), Found()))
    for answer, question in answers:
        reading = reader.read(answer.text, bank.rubric(question.rubric), question)
        stated, turned = found[answer.kind]
        found[answer.kind] = (
            stated.plus(_ids(reading.claims), answer.labelled("+")),
            turned.plus(_ids(reading.contradicted), answer.labelled("-")),
        )
    return dict(found)


def _ids(findings: Iterable[Finding]) -> set[str]:
    return {f.id for f in findings}


def main() -> None:
    parser = argparse.ArgumentParser(description="Claims found in answers with labelled pieces.")
    parser.add_argument("file", type=Path)
    args = parser.parse_args()
    from interviewer.evidence.reader import Reader
    from interviewer.library.embedder import MiniLM

    bank = load()
    for kind, (stated, turned) in evaluate_claims(read_answers(args.file, bank), Reader(MiniLM()), bank).items():
        print(f"{kind}: stated: {stated}; the wrong way round: {turned}")


if __name__ == "__main__":
    main()
