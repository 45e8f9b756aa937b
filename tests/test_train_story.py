"""What the readers of stories are trained on; the trainings themselves take minutes and are not run here."""

import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from interviewer.evaluation.train_story import FOLDS, Example, read_examples
from interviewer.evidence.story_heads import TRAINED

LABELLED = Path(__file__).parent / "data" / "labelled"


def rows(name):
    return [json.loads(line) for line in (LABELLED / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def examples():
    return read_examples(LABELLED, None)


@pytest.fixture(scope="module")
def stories():
    """The story of each telling that is learnt from, by its text."""
    return {row["answer"]: row["story"] for row in rows("behavioral_tellings.jsonl") if row["split"] == "tune"}


def test_only_what_is_there_to_tune_is_learnt_from(examples, stories):
    learnt = {e.text for e in examples}
    assert set(stories) <= learnt
    kept = [*rows("behavioral_tellings.jsonl"), *rows("behavioral.jsonl")]
    assert not {row["answer"] for row in kept if row["split"] != "tune"} & learnt
    writers = {row["story"].partition("-")[0] for row in rows("behavioral_tellings.jsonl") if row["split"] != "tune"}
    assert not writers & {story.partition("-")[0] for story in stories.values()}


def test_all_tellings_of_a_story_are_in_one_fold(examples, stories):
    folds = defaultdict(set)
    for example in examples:
        if example.text in stories:
            folds[stories[example.text]].add(example.group)
    assert all(len(each) == 1 for each in folds.values())
    assert set.union(*folds.values()) == set(range(FOLDS))


def test_nearly_every_signal_of_a_telling_has_a_clause_that_shows_it(examples, stories):
    shown = [e.labels(s).max() for e in examples if e.text in stories for s in TRAINED if e.signals[s]]
    assert not np.isnan(shown).any()
    assert np.mean(shown) > 0.97


def test_what_nobody_quoted_is_left_unknown():
    example = Example("I moved the job. It took an hour.", dict.fromkeys(TRAINED, True), {}, 0)
    assert np.isnan(example.labels("action")).all()
