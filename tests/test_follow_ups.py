"""Replies to follow-ups: what is told counts, what is evaded does not."""

import json
from pathlib import Path

import pytest

from interviewer.evidence.follow_ups import line
from interviewer.evidence.story import read_story
from interviewer.evidence.story_heads import TRAINED

THREADS = Path(__file__).parent / "data" / "labelled" / "threads.jsonl"


def test_what_was_asked_for_starts_higher():
    for layers in (True, False):
        weighing = line(layers)
        for signal in TRAINED:
            asked, unasked = (
                weighing.logit(signal, ruled=False, clause=0.0, whole=0.0, asked=asked) for asked in (True, False)
            )
            assert asked > unasked


def test_no_witness_counts_beyond_its_bound():
    said = [line(True).logit("task", ruled=True, clause=c, whole=c, asked=True) for c in (6.0, 60.0)]
    assert said[0] == said[1]


@pytest.mark.parametrize(
    "reply", ["Hmm.", "Of hers and mine, you mean?", "I told you already.", "I don't know, honestly."]
)
@pytest.mark.parametrize("target", ["measured_result", "reflection", "action", "root_cause", "result"])
def test_words_to_the_interviewer_show_nothing(reply, target):
    assert read_story(reply, target).shown <= {"concise"}


def test_a_change_that_is_only_asked_about_is_not_told():
    assert read_story("From 40 minutes to 12, you mean?", "measured_result").shown <= {"concise"}


def test_the_clause_that_says_most_is_quoted_first():
    reply = "I mean, where do I begin. Recall went from 61 percent to 88 percent in four weeks. And so on and so forth."
    spans = next(f.spans for f in read_story(reply, "measured_result").signals if f.id == "measured_result")
    assert "88 percent" in spans[0].quote


@pytest.mark.real
def test_threads_of_a_writer_not_learnt_from_are_read_right():
    from interviewer.library.embedder import MiniLM

    weigh = MiniLM().story_logits
    right = wrong = missed = 0
    for thread in (json.loads(row) for row in THREADS.open(encoding="utf-8")):
        if not thread["id"].startswith("v3"):
            continue
        told: set[str] = set()
        heard: set[str] = set()
        for turn in thread["turns"]:
            told |= set(turn["signals"])
            heard |= read_story(turn["answer"], turn["target"], weigh).shown - {"concise"}
        right += len(heard & told)
        wrong += len(heard - told)
        missed += len(told - heard)
    assert right + missed == 161
    assert wrong <= 12
    assert missed <= 24
