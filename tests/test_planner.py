import itertools

import pytest

from interviewer.domain.rubric import ROUND_KINDS
from interviewer.errors import BadInput
from interviewer.interviewing.planner import plan_loop

SEEDS = range(30)


def plans(bank, preset):
    return [plan_loop(bank, bank.loops[preset], "L5", seed) for seed in SEEDS]


def test_the_same_seed_gives_the_same_loop(bank):
    assert plans(bank, "onsite") == plans(bank, "onsite")


def test_seeds_differ(bank):
    assert len({p.model_dump_json(exclude={"seed"}) for p in plans(bank, "onsite")}) > 20


@pytest.mark.parametrize("preset", ["full", "onsite", "express"])
def test_nothing_is_asked_twice(bank, preset):
    for plan in plans(bank, preset):
        asked = [q.question_id for r in plan.rounds for q in r.questions]
        principles = [q.principle for r in plan.rounds for q in r.questions if q.principle]
        assert len(asked) == len(set(asked))
        assert len(principles) == len(set(principles))


def test_an_onsite_has_five_rounds_of_55_minutes_with_two_or_three_principles_each(bank):
    for plan in plans(bank, "onsite"):
        assert [r.minutes for r in plan.rounds] == [55] * 5
        assert all(2 <= len(r.principles) <= 3 for r in plan.rounds)
        assert 10 <= sum(len(r.principles) for r in plan.rounds) <= 12
        assert len({r.persona for r in plan.rounds}) == 5


@pytest.mark.parametrize("preset", ["full", "onsite", "express"])
def test_exactly_one_round_is_the_bar_raisers_and_it_moves(bank, preset):
    raised = [[i for i, r in enumerate(p.rounds) if r.bar_raiser] for p in plans(bank, preset)]
    assert all(len(r) == 1 for r in raised)
    assert len(set(itertools.chain(*raised))) > 1


def test_express_asks_one_question_a_round_in_25_minutes(bank):
    for plan in plans(bank, "express"):
        assert all(len(r.questions) == 1 for r in plan.rounds)
        assert sum(r.minutes for r in plan.rounds) == 25


def test_a_full_loop_goes_through_every_stage(bank):
    kinds = [r.kind for r in plans(bank, "full")[0].rounds]
    assert kinds[:4] == ["recruiter_screen", "online_assessment", "phone_screen", "hiring_manager"]
    assert set(kinds) <= set(ROUND_KINDS)


def test_focus_pulls_questions_to_the_front(bank):
    wanted = "ctr-up-cvr-flat"
    for seed in SEEDS:
        plan = plan_loop(bank, bank.loops["express"], "L5", seed, {wanted: 1.0})
        assert wanted in [q.question_id for r in plan.rounds for q in r.questions]


def test_a_round_that_asks_for_too_much_says_so(bank):
    template = bank.loops["onsite"]
    greedy = template.rounds[0].model_copy(update={"problems": 400})
    with pytest.raises(BadInput, match=r"asks for 400 question"):
        plan_loop(bank, template.model_copy(update={"rounds": (greedy, greedy)}), "L5", 1)


@pytest.mark.parametrize("preset", ["onsite", "full"])
@pytest.mark.parametrize("first", [1, 40, 997])
def test_five_loops_one_after_the_other_share_less_than_a_fifth_of_their_questions(bank, preset, first):
    loops = [plan_loop(bank, bank.loops[preset], "L5", seed) for seed in range(first, first + 5)]
    asked = [{q.question_id for r in loop.rounds for q in r.questions} for loop in loops]
    shared = [len(a & b) / min(len(a), len(b)) for a, b in itertools.combinations(asked, 2)]
    assert sum(shared) / len(shared) < 0.2
    principles = [[q.principle for r in loop.rounds for q in r.questions if q.principle] for loop in loops]
    assert all(len(p) == len(set(p)) >= 10 for p in principles)
