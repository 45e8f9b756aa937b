"""The same story told in three ways: how far the score depends on the telling. A floor, not what is aimed at."""

import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from interviewer.evaluation.labelled import LabelledAnswer
from interviewer.evaluation.signals import evaluate_signals
from interviewer.services import Services
from interviewer.settings import Settings

pytestmark = pytest.mark.real

TELLINGS = Path(__file__).parent / "data" / "labelled" / "behavioral_tellings.jsonl"


def test_most_tellings_of_a_story_stay_within_half_a_point(tmp_path):
    rows = [json.loads(line) for line in TELLINGS.open(encoding="utf-8")]
    held = [row for row in rows if row["split"] == "test" and int(row["story"][-2:]) % 2 == 0]
    services = Services(Settings(home=tmp_path, model="none"))
    told = evaluate_signals([LabelledAnswer.model_validate(row) for row in held], services)
    services.close()
    by_story = defaultdict(list)
    for row in held:
        by_story[row["story"]].append(told.scores[row["id"]])
    pairs = [abs(a - b) for scores in by_story.values() for a, b in combinations(scores, 2)]
    assert len(pairs) >= 200
    assert sum(apart > 0.5 for apart in pairs) <= 0.18 * len(pairs)
    assert told.rank_correlation.value >= 0.88
    assert told.absent_macro_f1 >= 0.88
    assert told.absent_f1["concise"] >= 0.75
    assert told.absent_f1["real_event"] >= 0.9
    assert len(told.weak_scored_above_3) <= 0.02 * len(held)


def test_tellings_of_a_story_have_the_same_labels():
    by_story = defaultdict(list)
    for line in TELLINGS.open(encoding="utf-8"):
        row = json.loads(line)
        by_story[row["story"], row["split"]].append((row["signals"], row["score"]))
    assert all(len(same) == 3 and same[0] == same[1] == same[2] for same in by_story.values())
