"""What the layers that weigh claims are trained on; the training itself takes half an hour and is not run here."""

import json
import random
from pathlib import Path

import pytest

from interviewer.content.bank import load
from interviewer.errors import BadInput
from interviewer.evaluation.claim_pairs import evaluate_pairs, read_pairs
from interviewer.evaluation.train_claim_layers import epoch, gather

LABELLED = Path(__file__).parent / "data" / "labelled"
PAIR = {
    "question_id": "l1-or-l2",
    "claim": "l1-sparse",
    "part": "a",
    "right": "The lasso drops columns.",
    "wrong": "Ridge drops columns.",
}


def file_of(tmp_path, *rows):
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def known():
    return gather([LABELLED / "claims.jsonl"], LABELLED / "claim_pairs.jsonl", ["w01", "w02"], load())


def test_every_remark_is_labelled_with_claims_of_its_own_question(known):
    texts, asked = known
    assert len(texts) == sum(len(a.claims) for a in asked)
    for each in asked:
        assert all(claim in each.claims for answer in each.answers for r in answer for claim, _ in r.labels)
        assert all(
            right.labels == {(n, 0)} and wrong.labels == {(n, 1)}
            for (right, wrong) in each.pairs
            for n, _ in right.labels
        )


def test_one_remark_of_each_pair_is_among_the_answers_whichever_it_is(known):
    _, asked = known
    heard = [r for _, answer in epoch(asked, random.Random(3)) for r in answer if r.of_pair]
    turned = sum(next(iter(r.labels))[1] for r in heard)
    assert 0.4 * len(heard) < turned < 0.6 * len(heard)
    assert len(heard) <= sum(len(a.pairs) for a in asked)
    assert epoch(asked, random.Random(3)) == epoch(asked, random.Random(3))


def test_half_of_the_answers_are_made_of_remarks_of_many(known):
    _, asked = known
    whole = {tuple(r.text for r in answer) for a in asked for answer in a.answers}
    given = [
        tuple(r.text for r in answer if r not in a.banked and not r.of_pair)
        for a, answer in epoch(asked, random.Random(3))
    ]
    kept = sum(answer in whole for answer in given)
    assert 0.3 * len(given) < kept < 0.7 * len(given)


@pytest.mark.parametrize("change", [{"claim": "gone"}, {"question_id": "gone"}])
def test_a_pair_that_the_bank_does_not_know_is_named(tmp_path, change):
    with pytest.raises(BadInput, match=r"pairs.jsonl:2: the bank has no claim"):
        read_pairs(file_of(tmp_path, PAIR, {**PAIR, **change}), load())


def test_parts_are_chosen_and_pairs_counted(tmp_path):
    import numpy as np

    from interviewer.domain.evidence import Reading

    bank = load()
    pairs = read_pairs(file_of(tmp_path, PAIR, {**PAIR, "part": "b"}), bank, ["b"])

    class Deaf:
        def read(self, text, rubric, question=None):
            return Reading(words=3)

    def weigh(claims, remarks):
        return np.array([[[1.0, 0.0] if "lasso" in remark else [0.0, 1.0]] for remark in remarks])

    told = evaluate_pairs(pairs, weigh, Deaf(), bank)
    assert (told.pairs, told.ordered, told.right_credited, told.wrong_flagged) == (1, 1, 0, 0)
    assert str(told).startswith("1 pairs, 1 in order by the layers; right remarks: 0 credited")
