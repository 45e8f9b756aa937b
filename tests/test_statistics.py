"""The figures of an evaluation against sums done by hand."""

import numpy as np
import pytest

from interviewer.evaluation.statistics import (
    accuracy,
    estimate,
    macro_f1,
    mean_absolute_error,
    pearson,
    quadratic_kappa,
    ranks,
    spearman,
    within,
)


def row(*numbers):
    return np.array(numbers, dtype=np.float64)


def test_pearson_is_the_sum_done_by_hand():
    # Centred: -2 -1 0 1 2 and -1 -2 1 0 2; products 2 + 2 + 0 + 0 + 4 = 8; squares 10 and 10.
    assert pearson(row(1, 2, 3, 4, 5), row(2, 1, 4, 3, 5)) == pytest.approx(8 / 10)


def test_spearman_sees_the_order_only():
    assert spearman(row(1, 2, 3, 4), row(1, 10, 100, 1000)) == pytest.approx(1.0)
    assert spearman(row(1, 2, 3, 4), row(9, 7, 5, 1)) == pytest.approx(-1.0)


def test_equal_values_share_the_mean_of_their_ranks():
    assert ranks(row(10, 20, 20, 5)).tolist() == [2.0, 3.5, 3.5, 1.0]


def test_mean_absolute_error_is_the_sum_done_by_hand():
    assert mean_absolute_error(row(0.5, 1.0, 0.0), row(1.0, 1.0, 0.25)) == pytest.approx((0.5 + 0 + 0.25) / 3)


def kappa_by_table(first, second, grades):
    """The textbook's way: observed and expected tables under quadratic weights."""
    n, weight, observed, expected = len(first), 0.0, 0.0, 0.0
    for a in range(grades):
        for b in range(grades):
            weight = (a - b) ** 2
            observed += weight * sum(x == a and y == b for x, y in zip(first, second, strict=True)) / n
            expected += weight * (sum(x == a for x in first) / n) * (sum(y == b for y in second) / n)
    return 1 - observed / expected


def test_kappa_without_a_table_is_the_kappa_of_the_table():
    random = np.random.default_rng(3)
    first, second = random.integers(0, 5, 60), random.integers(0, 5, 60)
    assert quadratic_kappa(first.astype(float), second.astype(float)) == pytest.approx(kappa_by_table(first, second, 5))


def test_kappa_of_a_small_case_by_hand():
    # Squares of the differences 0 0 1 0: 1/4. By chance: 0.25 + 0.1875 + 0.0625 = 0.5.
    assert quadratic_kappa(row(0, 0, 1, 1), row(0, 0, 0, 1)) == pytest.approx(1 - 0.25 / 0.5)


def test_macro_f1_counts_a_label_never_told_as_zero():
    true = ["a", "a", "b", "c"]
    told = ["a", "b", "b", "b"]
    # a: 2*1/(1+2); b: 2*1/(3+1); c: 0.
    assert macro_f1(told, true) == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)
    assert accuracy(told, true) == pytest.approx(2 / 4)


def test_within_takes_each_groups_own_mean_off():
    assert within(row(1, 3, 10, 20), ["x", "x", "y", "y"]).tolist() == [-1.0, 1.0, -5.0, 5.0]


def test_difficulty_alone_correlates_pooled_and_not_within():
    # The scorer knows only which question is easy.
    told, true, groups = row(1, 1, 0, 0), row(1.0, 0.8, 0.2, 0.0), ["easy", "easy", "hard", "hard"]
    assert pearson(told, true) > 0.9
    assert pearson(within(told, groups), within(true, groups)) is None


@pytest.mark.parametrize("constant", [row(2, 2, 2), row(0.1, 0.1, 0.1)])
def test_a_constant_row_has_no_correlation_rather_than_zero(constant):
    assert pearson(constant, row(1, 2, 3)) is None
    assert spearman(constant, row(1, 2, 3)) is None


def test_nothing_to_compare_is_undefined_everywhere():
    nothing = row()
    found = [statistic(nothing, nothing) for statistic in (pearson, spearman, quadratic_kappa, mean_absolute_error)]
    assert found == [None, None, None, None]
    assert accuracy([], []) is None
    assert macro_f1([], []) is None


def sample(questions, each, seed=0):
    random = np.random.default_rng(seed)
    true = random.normal(size=questions * each)
    groups = [f"q{n // each}" for n in range(questions * each)]
    return true + random.normal(size=len(true)), true, groups


def test_an_interval_holds_its_figure_and_comes_out_the_same_twice():
    told, true, groups = sample(20, 10)
    once, twice = (estimate(pearson, told, true, groups) for _ in range(2))
    assert once == twice
    assert once.low < once.value < once.high


def test_an_interval_does_not_depend_on_the_order_of_the_rows():
    told, true, groups = sample(8, 5)
    turned = estimate(pearson, told[::-1].copy(), true[::-1].copy(), groups[::-1])
    straight = estimate(pearson, told, true, groups)
    assert turned.low == pytest.approx(straight.low)
    assert turned.high == pytest.approx(straight.high)


def test_answers_that_hang_together_make_the_interval_wider():
    random = np.random.default_rng(5)
    shift = np.repeat(random.normal(size=10), 30)
    true = shift + random.normal(size=300) * 0.1
    told = np.repeat(random.normal(size=10), 30) + shift
    groups = [f"q{n // 30}" for n in range(300)]
    clustered = estimate(pearson, told, true, groups)
    alone = estimate(pearson, told, true, [str(n) for n in range(300)])
    assert clustered.high - clustered.low > 2 * (alone.high - alone.low)


def test_one_question_is_resampled_by_answer():
    told, true, _ = sample(1, 40)
    found = estimate(pearson, told, true, ["only"] * 40)
    assert found.low < found.value < found.high
