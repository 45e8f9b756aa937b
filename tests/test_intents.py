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
        (
            "Before I draw anything, a few questions. How many users and how many candidate messages are we talking "
            "about, and is it batch, like planning the day for each user overnight, or does it need to react within "
            "seconds, for example to an abandoned cart? And what do we optimise, opens, purchases, or something longer "
            "term like people not turning notifications off?",
            "clarify",
        ),
        ("please what is quicker patch i do not understand the question", "unclear"),
        (
            "Sorry, what exactly do you mean by that, about myself? Like, as an engineer, or with other teams?",
            "unclear",
        ),
        ("You mean how I found what was broken?", "unclear"),
        ("I don't follow. There was no existing way", "unclear"),
        ("Instead of this? I'm not sure what you're asking.", "unclear"),
        (
            "You mean how I found it? I opened ten complaints by hand, looked the products up, and saw that eight of ten came from one supplier.",
            "answer",
        ),
        ("May I take the same story again? Or is that cheating?", "ask_leave"),
        ("I have one more story which I think is my best, may I tell it?", "ask_leave"),
        ("I have not told you how it came out, if you want to hear that.", "ask_leave"),
        ("i have no story like that", "skip"),
        ("I don't have an example for that.", "skip"),
        ("Because for new users we don't have any examples to learn from.", "answer"),
        ("Customers wrote to us: please stop it.", "answer"),
        ("I asked the lead, can we stop it?", "answer"),
        ("The annotators often did not understand the question.", "answer"),
        ("Not sure what you mean.", "unclear"),
        ("I can't think of an example.", "skip"),
        ("such a story i dont have can we finish please i am tired", "end_round"),
        ("no more i have nothing more thank you goodbye", "end_round"),
        (
            "I said goodbye to the old pipeline in May, after I had moved the last of the nine jobs over myself, one by one.",
            "answer",
        ),
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
