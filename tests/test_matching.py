"""The match of an answer with a reference: the arithmetic on any rows, and the shipped weights on the real embedder."""

from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import ContentError
from interviewer.evaluation.exams import read_exams
from interviewer.evaluation.statistics import pearson
from interviewer.evidence.matching import WEIGHTS, Head, load_head
from interviewer.evidence.reference import ReferenceScorer, load_weights
from interviewer.evidence.words import read_words
from interviewer.library import MiniLM
from tests.doubles import HashingEmbedder

EXAMS = Path(__file__).parent / "data" / "labelled" / "exam_answers.jsonl"
HELD_OUT = ("nn5", "ds6", "os6", "ml4")
QUESTION = "What is a page fault?"
REFERENCE = "The process touches a page that is not in memory, so the kernel has to load it from disk."
ANSWERS = [
    "an access to something that was swapped out, the OS brings it in from the drive",
    "When the page of the book is faulty.",
    "the the of",
    "Segmentation fault, the program is killed because the address belongs to somebody else.",
]


def words(text):
    return read_words(HashingEmbedder(), text)


def columns():
    return np.zeros(len(load_weights().features))


def test_the_shipped_head_fits_the_line_and_is_small():
    head = load_head()
    hidden = len(head.wanted)
    assert head.wanted.shape == head.said.shape == (hidden, 768)
    assert len(head.weights) == 2 * hidden + 7 + len(load_weights().features)
    assert WEIGHTS.stat().st_size < 400_000


def test_where_nothing_can_be_matched_the_line_stands():
    assert load_head().value(words(QUESTION), words(REFERENCE), words("🙂"), columns(), 0.37) == 0.37
    assert load_head().value(words(QUESTION), words("…"), words("a page"), columns(), 0.37) == 0.37


def test_a_question_without_words_is_no_obstacle():
    vectors = 384
    hidden = 2
    head = Head(
        *(np.zeros(shape, np.float32) for shape in ((hidden, 2 * vectors), hidden, (hidden, 2 * vectors), hidden)),
        np.zeros(2 * hidden + 7 + len(columns()), np.float32),
        np.float32(0.25),
        np.float32(0.5),
    )
    row = np.ones((2, vectors), np.float32) / vectors**0.5
    two = words("page fault")
    known = type(two)(two.stems, two.weights, row)
    assert head.value(words("?"), known, known, columns(), 0.5) == pytest.approx(0.5)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_broken_weights_are_told_with_the_file(tmp_path, content):
    path = tmp_path / "matching.npz"
    path.write_bytes(content)
    with pytest.raises(ContentError, match=r"matching\.npz: the weights cannot be read"):
        load_head(path)


@pytest.mark.real
def test_training_and_use_have_the_same_arithmetic():
    import torch

    from interviewer.evaluation.graded_answers import GradedAnswer
    from interviewer.evaluation.train_matching import Reading, build, head_of

    embedder = MiniLM()
    reading = Reading(embedder)
    given = {"question_id": "q", "question": QUESTION, "reference_answer": REFERENCE, "score": 1, "max_score": 1}
    asked = reading.read([GradedAnswer(id=f"{n}", student_answer=a, **given) for n, a in enumerate(ANSWERS)], True)[0]
    torch.manual_seed(3)
    net = build(embedder.parts()[0]).eval()
    for part in (net.worth.weight, net.wanted.weight, net.said.weight, net.worth.bias, net.said.bias):
        torch.nn.init.normal_(part, std=0.1)
    with torch.no_grad():
        learnt = net(asked, range(len(ANSWERS))).numpy()
    head = head_of(net)
    scorer = ReferenceScorer(embedder)
    for place, answer in enumerate(ANSWERS):
        found = load_weights().columns(scorer.features(QUESTION, [REFERENCE], answer))
        # The net's layers are still the embedder's own, so its rows are the embedder's.
        texts = (read_words(embedder, text) for text in (QUESTION, REFERENCE, answer))
        used = head.value(*texts, found, float(asked.line[place]))
        assert used == pytest.approx(float(learnt[place]), abs=2e-3)


@pytest.mark.real
def test_on_exams_that_were_not_trained_on_the_match_helps():
    embedder = MiniLM()
    answers = [a for a in read_exams(EXAMS, HELD_OUT) if int(a.id.split("-")[1]) % 4 == 0]

    class Plain:
        embed_tokens = staticmethod(embedder.embed_tokens)

    true = np.array([a.share for a in answers])
    both, plain = (
        np.array([by.judge(a.question, a.references, a.student_answer).score for a in answers])
        for by in (ReferenceScorer(embedder), ReferenceScorer(Plain()))
    )
    assert len(answers) >= 300
    assert pearson(both, true) > pearson(plain, true) + 0.02
