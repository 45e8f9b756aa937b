"""Prose asserts, a list of terms does not."""

import pytest

from interviewer.evidence.assertions import asserts, listing, notes

PROSE = [
    "L1 shares the weight evenly among correlated features",
    "XGBoost needs all values imputed, while logistic regression handles missing values natively",
    "statistics over the batch dimension",
    "Boosting lowers bias, bagging lowers variance",
    "Precision falls, recall rises",
    "I would pick the lasso when only a few features matter.",
    "Weak arms get few samples",
]
LISTS = [
    "precision, recall, F1, AUC, threshold, confusion matrix",
    "Ensembles: bagging, boosting, stacking, random forest, bootstrap samples, weak learners, residuals",
    "Optimisers: SGD, momentum, Adam, learning rate, beta one and beta two, weight decay, batch size",
    "candidate generation, two-tower, ANN index, ranking, diversity, cold start, position bias",
    "MCAR, MAR, MNAR, dropping rows, mean, median, KNN imputation, missing indicator, pipelines",
    "",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_asserts(text):
    assert asserts(text)


@pytest.mark.parametrize("text", LISTS)
def test_a_list_does_not(text):
    assert not asserts(text)


def test_only_the_listing_sentence_is_numbered():
    assert listing("L1 gives zeros. Lasso, ridge, elastic net, penalty, sparsity, shrinkage.") == {1}


def test_a_short_sentence_built_like_a_list_may_be_a_note():
    text = (
        "nightly incremental updates, frozen embeddings, small ranking head. "
        "precision, recall, F1, AUC, threshold, confusion matrix, calibration, Brier score."
    )
    assert listing(text) >= notes(text) == {0}
