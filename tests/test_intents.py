import pytest

from interviewer.evidence.intents import intent, wants_hint


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Can you repeat the question please?", "repeat"),
        ("sorry I didn't catch that", "repeat"),
        ("Let me think for a moment.", "think"),
        ("Give me a minute", "think"),
        ("skip", "skip"),
        ("I'd like to skip this one.", "skip"),
        ("Can we move on?", "skip"),
        ("Please end the round", "end_round"),
        ("stop", "end_round"),
        ("How many users are there? And what latency do we need?", "clarify"),
        ("Can I assume the array fits in memory?", "clarify"),
        ("", "empty"),
        ("🙂", "empty"),
        ("I don't know.", "answer"),
        (
            "I skipped the meeting and wrote the job myself, then I measured it for a week and showed it to my manager.",
            "answer",
        ),
        ("```python\nprint(1)\n```", "answer"),
        (
            "In 2021 our search index went stale. Let me think, yes, it was spring. I found the job that had died and I "
            "rewrote it, and since then it has not failed. Does that answer it?",
            "answer",
        ),
    ],
)
def test_a_turn_does_what_it_says(text, meant):
    assert intent(text) == meant


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Could I get a hint?", True),
        ("hint please", True),
        ("I'm stuck.", True),
        ("Can you give me a small nudge?", True),
        ("I do not want a hint yet.", False),
        ("Thanks for the hint, so I store counts.", False),
        ("I am stuck on how not to count twice, and this is what I have tried so far.", False),
    ],
)
def test_who_wants_a_hint(text, wanted):
    assert wants_hint(text) is wanted
