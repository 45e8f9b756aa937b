"""The check of the whole corpus: each thing that it must not let pass is put into a small bank, and named."""

import dataclasses

import pytest

from interviewer.domain.question import Topic
from interviewer.evaluation.content import counts, faults
from tests.doubles import HashingEmbedder


def found(bank, **changes):
    """The faults of the bank with these changes, without its problems, which are run elsewhere."""
    return list(faults(dataclasses.replace(bank, problems={}, **changes)))


def question(bank, name="l1-or-l2", **changes):
    return {**bank.questions, name: bank.questions[name].model_copy(update=changes)}


def claim(bank, **changes):
    first, *rest = bank.questions["l1-or-l2"].claims
    return question(bank, claims=(first.model_copy(update=changes), *rest))


def test_a_question_that_is_complete_has_no_fault(bank):
    assert not [f for f in found(bank) if f.startswith("l1-or-l2")]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"sources": ()}, "no guide teaches it"),
        ({"sources": ("nowhere",)}, "'nowhere' is no guide"),
        ({"ladder": ()}, "a ladder of 0 steps"),
        ({"reference": "Short."}, "a reference of 1 words"),
        ({"claims": ()}, "0 claims"),
    ],
)
def test_what_a_question_lacks_is_named(bank, changes, fault):
    named = [f for f in found(bank, questions=question(bank, **changes)) if f.startswith("l1-or-l2")]
    assert fault in named[0]


@pytest.mark.parametrize(("changes", "fault"), [({"wrong": ()}, "has it wrong"), ({"paraphrases": ("x",)}, "1 paraph")])
def test_what_a_claim_lacks_is_named(bank, changes, fault):
    named = [f for f in found(bank, questions=claim(bank, **changes)) if f.startswith("l1-or-l2.")]
    assert fault in named[0]


def test_a_topic_without_questions_is_named(bank):
    topics = {**bank.topics, "quantum": Topic(id="quantum", rubric="ml_depth", name="Quantum")}
    assert "topic quantum: 0 questions, 2 are needed" in found(bank, topics=topics)


def test_too_little_is_named(bank):
    assert any("1 guides, 30 are needed" in f for f in found(bank, guides=dict(list(bank.guides.items())[:1])))
    assert counts(bank)["principles"] == 16


def test_a_principle_without_worked_answers_is_named(bank):
    bare = bank.principles["dive_deep"].model_copy(update={"worked": (), "questions": ()})
    named = [f for f in found(bank, principles={**bank.principles, "dive_deep": bare}) if f.startswith("dive_deep")]
    assert [n.split(": ")[1].split(",")[0] for n in named] == ["0 opening questions", "needs two worked answers"]


def test_a_round_rubric_without_probes_is_named(bank):
    bare = bank.rounds["coding"].criteria[0].model_copy(update={"probes": ()})
    rubric = bank.rounds["coding"].model_copy(update={"criteria": (bare,)})
    assert f"coding.{bare.id}: needs three probes, one a tone" in found(bank, rounds={**bank.rounds, "coding": rubric})


def test_a_signal_over_a_round_that_nothing_asks_for_is_named(bank):
    raiser = bank.rounds["bar_raiser"]
    fewer = raiser.model_copy(update={"criteria": raiser.criteria[:-1]})
    named = [f for f in found(bank, rounds={**bank.rounds, "bar_raiser": fewer}) if f.startswith("bar_raiser")]
    assert named == ["bar_raiser: nothing asks for 'carries_forward'; write probes for it, one a tone"]


def test_at_least_ten_round_rubrics_say_how_time_is_spent_and_what_ends_it(bank):
    assert counts(bank)["round rubrics"] >= 10
    assert all(r.time and r.ends_early for r in bank.rounds.values())
    few = dict(list(bank.rounds.items())[:9])
    assert any(
        f == "9 round rubrics, 10 are needed" for f in faults(dataclasses.replace(bank, problems={}, rounds=few))
    )


def test_two_questions_that_ask_the_same_are_named(bank):
    twin = bank.questions["l1-or-l2"].model_copy(update={"id": "twin"})
    bank = dataclasses.replace(bank, problems={}, questions={**bank.questions, "twin": twin})
    assert [f for f in faults(bank, HashingEmbedder()) if "twin" in f and "nearly the same" in f]
