"""Options: which answers choose one, what the interviewer then does, and what a choice earns."""

import dataclasses

import pytest
from pydantic import ValidationError

from interviewer.domain.question import Option, Question
from interviewer.domain.transcript import Transcript
from interviewer.evaluation.content import counts, faults
from interviewer.evidence.choices import read_choice
from interviewer.evidence.reader import Reader
from interviewer.evidence.readings import Readings
from interviewer.grading.intake import Intake
from interviewer.grading.scale import item_score
from interviewer.grading.scorecard import Grader
from interviewer.interviewing.planner import plan_loop
from interviewer.interviewing.spoken import spoken
from tests.doubles import HashingEmbedder

ITEM = "item-scaler-before-split"
OPTIONS = [
    Option(text=t)
    for t in (
        "The model has memorised the training rows, so its variance is too high.",
        "The learning rate is too small for the number of epochs.",
        "The scaler was fitted on all rows before the split.",
        "The classes are too unbalanced for accuracy to mean anything.",
    )
]
CHOSEN = [
    ("B", 1),
    ("b", 1),
    ("B.", 1),
    ("(c)", 2),
    ("c)", 2),
    ("B, because the steps are tiny", 1),
    ("I'd go with b", 1),
    ("I'd go with B, since it fits.", 1),
    ("the second one", 1),
    ("The second one, because of the steps.", 1),
    ("option C", 2),
    ("Option c because it leaks", 2),
    ("My answer is D.", 3),
    ("answer: D", 3),
    ("The answer is A.", 0),
    ("A", 0),
    ("a", 0),
    ("A because it memorises", 0),
    ("A, the gap is large.", 0),
    ("a) it memorised", 0),
    ("I think it's A.", 0),
    ("I'd choose A as the gap is large.", 0),
    ("Definitely D", 3),
    ("Probably C, I'm not sure though.", 2),
    ("I'm not sure, but C.", 2),
    ("C is right, because the scaler saw the test rows.", 2),
    ("Not A, so C.", 2),
    ("A is wrong because the gap is small, B is too vague, so I'd take C.", 2),
    ("Between B and C I'd take C.", 2),
    ("I first thought A, but it's C.", 2),
    ("B. No wait, C.", 2),
    ("B, actually C", 2),
    ("The last one.", 3),
    ("the last option, since 99% is trivial", 3),
    ("number 2", 1),
    ("2", 1),
    ("option 3", 2),
    ("The scaler was fitted on all rows before the split.", 2),
    ("I'd say the scaler was fitted on all the rows before they split", 2),
    ("Hmm, let me see. B.", 1),
    ("By elimination, D.", 3),
    ("C it is.", 2),
    ("It must be C: the scaler has seen the test rows. A would be a larger gap.", 2),
    ("B rather than A", 1),
    ("I prefer B over C.", 1),
    ("**B**", 1),
    ("“B”", 1),
    ("My pick: B", 1),
    ("I would go for a.", 0),
    ("We can rule out A and D. B is a red herring. So C.", 2),
    ("Either A or C, but I'd lean towards C because of leakage.", 2),
    ("C — the statistics of the test rows are in the scaler.", 2),
    ("I'm going with the third option.", 2),
    ("Final answer: B", 1),
    ("B - the steps are too small", 1),
    ("B for the reason that steps are small", 1),
    ("Sorry, I meant D.", 3),
    ("The first, because the gap is wide.", 0),
    ("I would tick C", 2),
    ("C. B would show up in training loss too.", 2),
    ("A and B can be ruled out, D is irrelevant, which leaves C.", 2),
    ("I'd pick D. Accuracy of 99 % says nothing when 1 % are positive.", 3),
]
OPEN = [
    "A or B",
    "B or C, hard to say",
    "A model that memorises has high variance.",
    "a large gap means overfitting",
    "I'm torn between B and D.",
    "B/C",
    "In an A/B test I would look at it first.",
    "I don't know.",
    "Not A.",
    "It can't be B.",
    "Variant B converts better.",
    "The first thing I'd do is plot the curves.",
    "First, I'd look at the data.",
    "I would write it in C because it's fast.",
    "A and C",
    "A is wrong.",
    "C would work but is too slow to say.",
    "Everything is overfitted, e.g. the trees.",
    "I'd go for a simpler model.",
    "Is it B?",
    "None of them.",
    "All of the above.",
    "E",
    "I would take a second look at the data.",
    "Vitamin C is healthy",
    "The scaler was not fitted on all rows before the split.",
    "A good learning rate matters. I'd tune it.",
    "B is tempting.",
    "I would drop B and D.",
    "One of the options is right.",
    "I'd ask my manager what to do.",
    "I'd just start coding and see how far I get.",
    "B? C? Who knows.",
    "A: no. B: maybe. C: maybe. D: no.",
    "Plan B would be to retrain.",
    "I have 3 years of experience.",
    "5",
    "I got a B in statistics.",
]


@pytest.mark.parametrize(("text", "option"), CHOSEN)
def test_a_choice_is_read_with_its_words(text, option):
    choice = read_choice(text, OPTIONS)
    assert choice is not None
    assert choice.option == option
    assert text[choice.span.start : choice.span.end] == choice.span.quote


@pytest.mark.parametrize("text", OPEN)
def test_what_chooses_nothing_is_no_choice(text):
    assert read_choice(text, OPTIONS) is None


def test_options_without_exactly_one_best_are_refused(bank):
    data = bank.questions[ITEM].model_dump()
    for options in ([{"text": "a"}, {"text": "b"}, {"text": "c"}], [{"text": "a", "right": True}, {"text": "b"}]):
        with pytest.raises(ValidationError):
            Question.model_validate({**data, "options": options})


def test_an_item_is_put_with_its_letters(bank):
    assert "- **B.** It is biased" in spoken(bank.questions[ITEM])


@pytest.mark.parametrize("level", ["L4", "L5", "L6"])
def test_an_assessment_mixes_concepts_and_situations_with_two_follow_ups(bank, level):
    held = plan_loop(bank, bank.loops["full"], level, 7).rounds[1]
    asked = [bank.question(q.question_id) for q in held.questions]
    assert [q.choice_signal for q in asked].count("sound_choice") == 2
    assert [q.choice_signal for q in asked].count("right_choice") == 4
    assert {p.probes for p, q in zip(held.questions, asked, strict=True) if q.options} == {2}


def graded(bank, text):
    embedder = HashingEmbedder()
    grader = Grader(bank, Intake(bank, embedder), Readings(bank, Reader(embedder)))
    turns = [
        {"speaker": "interviewer", "text": "The item", "move": "ask", "question_id": ITEM},
        {"speaker": "candidate", "text": text},
    ]
    held = {"kind": "online_assessment", "turns": turns}
    return grader.grade(Transcript.model_validate({"version": 1, "level": "L5", "rounds": [held]}), {}).rounds[0]


@pytest.mark.parametrize(("text", "level", "chosen"), [("B", 5, "B"), ("C", 1, "C"), ("A or B", 1, "")])
def test_a_choice_alone_earns_the_choice_only(bank, text, level, chosen):
    card = graded(bank, text)
    levels = {v.id.split(".")[1]: v.level for v in card.criteria}
    assert (levels["concepts"], levels["reasons"], levels["situations"]) == (level, 1, None)
    assert (card.items[0].chosen, card.items[0].right) == (chosen, "B")
    assert card.items[0].why[0].startswith("B: ")


def test_the_sum_of_an_item_is_written_out(bank):
    item = bank.questions[ITEM]
    every = {c.id for c in item.claims}
    assert item_score(item, 1, set(), set()).score == 3.4
    assert item_score(item, 1, every, set()).score == 5.0
    assert item_score(item, None, set(), set()).score == 1.0


def test_there_are_twenty_items_without_a_fault(bank):
    assert counts(bank)["online-assessment items"] == 20
    bare = dataclasses.replace(bank, problems={})
    assert [f for f in faults(bare) if f.startswith("item-")] == []


def test_an_option_without_a_why_is_named(bank):
    item = bank.questions[ITEM]
    options = (Option(text="x"), *item.options[1:])
    changed = {**bank.questions, ITEM: item.model_copy(update={"options": options})}
    found = faults(dataclasses.replace(bank, problems={}, questions=changed))
    assert f"{ITEM}: option A has no `why`" in list(found)
