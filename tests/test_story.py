"""Reading a story: each row attacks one rule of evidence.story."""

import numpy as np
import pytest

from interviewer.evidence.lexicon import QUANTITY
from interviewer.evidence.relevance import relevant
from interviewer.evidence.story import read_story
from interviewer.evidence.story_heads import TRAINED, shipped_heads

WHOLE = (
    "Last spring our fraud ranking model started missing refunds in one country. I was asked to find out why before the "
    "quarterly review. I pulled the label table, compared row counts per country and traced it to a join that silently "
    "dropped rows without a postcode. I fixed the join, backfilled three months and added a row-count alarm. Recall in that "
    "country went from 61% to 88%. Next time I would put the check in before launch."
)
WE = (
    "At my last company we had a recommender that was slow. We moved it to a cache and we rewrote the ranking service. "
    "In the end latency dropped from 300 ms to 120 ms and everybody was happy."
)
HABIT = "I always take ownership of my work. I usually make sure that everything is tested and I never leave things half done."
PLAN = "I would probably start with the data and then I would talk to the team. Ideally you should find the cause and fix it."
VAGUE = "We had a model whose accuracy went down. The team looked at it and it was fixed. It was a big success."


@pytest.mark.parametrize(
    ("answer", "signal", "shown"),
    [
        (WHOLE, "real_event", True),
        (WHOLE, "situation", True),
        (WHOLE, "task", True),
        (WHOLE, "action", True),
        (WHOLE, "personal_ownership", True),
        (WHOLE, "measured_result", True),
        (WHOLE, "root_cause", True),
        (WHOLE, "reflection", True),
        (WE, "action", True),
        (WE, "personal_ownership", False),
        (WE, "measured_result", True),
        (HABIT, "real_event", False),
        (HABIT, "action", False),
        (PLAN, "real_event", False),
        (PLAN, "action", False),
        (VAGUE, "situation", False),
        (VAGUE, "action", False),
        (VAGUE, "result", False),
        (VAGUE, "personal_ownership", False),
        (
            "I led a team of 12 engineers with a budget of 4 million and I wrote the plan and I built the service.",
            "measured_result",
            False,
        ),
    ],
)
def test_a_signal_is_shown_only_by_words_that_show_it(answer, signal, shown):
    assert (signal in read_story(answer).shown) is shown


def test_every_quote_is_the_candidates_own_words():
    for finding in read_story(WHOLE).signals:
        for span in finding.spans:
            assert WHOLE[span.start : span.end] == span.quote


@pytest.mark.parametrize(
    ("answer", "target", "shown"),
    [
        ("From about forty minutes to twelve.", "measured_result", True),
        ("I don't know, we never measured it.", "measured_result", False),
        ("I wrote the cache myself, Anna did the ranking service.", "personal_ownership", True),
        ("The team did most of that together.", "personal_ownership", False),
    ],
)
def test_a_follow_up_is_read_with_what_it_was_asked_for(answer, target, shown):
    assert (target in read_story(answer, target).shown) is shown


def test_the_number_of_the_problem_is_not_the_measured_outcome():
    story = "Two years ago recall had dropped by 9 points in Spain. I compared the tables and I rewrote the join. It was fixed."
    assert "measured_result" not in read_story(story).shown


def test_a_plan_is_hypothetical_and_a_story_is_not():
    assert read_story(PLAN).hypothetical
    assert not read_story(WHOLE).hypothetical


def test_what_we_did_is_the_hook_for_asking_what_you_did():
    assert read_story(WE).hooks["personal_ownership"].quote == "We moved it to a cache"


@pytest.mark.parametrize("text", ["", "🙂🙂🙂", "...", "    \n\n  ", "```python\nx = 1\n```", "word " * 10_000])
def test_odd_input_is_read_without_a_fault(text):
    read_story(text)


STRAYING = (
    "Well I started there in 2008, on a forklift, in the old hall with the green roof, and these days it is the new one, "
    "bigger, with its own canteen, and the food is decent. And Bernd, he is retired now, he has a garden, Bernd always "
    "said there is too much paper, and there is. Anyway, two years back, the week before Easter, the lists were in the wrong "
    "order. Everybody talked about it in the canteen, the new canteen as I said. And Bernd said it again, too much paper. "
    "So where was I, yes, that list got simpler. There is still a lot of paper, like I said, but that list is simple now."
)


def test_a_short_ramble_is_no_more_concise_than_a_long_one():
    assert "concise" not in read_story(STRAYING).shown
    story = (
        "Last May the nightly job failed twice. As I said, I owned it. I traced it to a full disk and moved the logs."
    )
    assert "concise" in read_story(story).shown


def test_a_ramble_is_not_concise():
    assert "concise" not in read_story("So basically we looked at many things and it was a long process. " * 40).shown


RUN_ON = (
    "so last march our click model was down and my pager rang and i looked into it you know and the timestamps proved it "
    "and eastern users had shifted three hours and i called it and we got twelve percent back"
)


@pytest.mark.parametrize("text", [WE, RUN_ON, RUN_ON.replace(" and", ".")])
def test_an_answer_said_ten_times_over_shows_nothing_more(text):
    once, often = read_story(text), read_story(" ".join([text] * 10))
    assert often.shown < once.shown | {"concise"}
    assert "concise" not in often.shown


def test_words_that_show_nothing_count_twice_against_brevity():
    story = (
        "Last May I moved our nightly retrain to three machines, and it now takes forty minutes instead of nine hours. "
    )
    idle = "There was also the canteen, which everybody liked, with its blue chairs near the window. "
    assert "concise" in read_story(story).shown
    assert "concise" not in read_story(story + "".join(idle.replace("blue", c) for c in "abcdefghijklmn")).shown


def test_whoever_only_watched_another_do_the_work_owns_none_of_it():
    watched = (
        "My colleague Jonas traced it. In June 2022 our payment service lost 2 percent of refunds, and he dumped the queue, "
        "compared ids and found a race between two consumers. He added a lock, and losses went to zero. I followed along in "
        "the channel and I was really impressed."
    )
    assert "personal_ownership" not in read_story(watched).shown
    assert "personal_ownership" in read_story(watched.replace("He added a lock", "I added a lock, wrote a test")).shown


def test_that_nobody_measured_it_is_no_evidence_of_an_outcome():
    shown = read_story("We never measured it to be honest, nobody kept a count.", "measured_result").shown
    assert not shown & {"result", "measured_result"}


RAN = "In May our nightly report failed. I moved the job to another host and cut the run from thirteen hours to two."


def second_opinion(concise, asked):
    def weigh(text):
        asked.append(text)
        return np.array([2.0] * len(TRAINED) + [concise])

    return weigh


@pytest.mark.parametrize(("logit", "concise"), [(1.0, True), (-1.0, False)])
def test_the_second_opinion_says_whether_a_short_answer_is_concise(logit, concise):
    assert ("concise" in read_story(RAN, None, second_opinion(logit, [])).shown) is concise


@pytest.mark.parametrize(("times", "passes"), [(1, 2), (8, 1)])
def test_only_an_answer_that_is_not_long_is_weighed_twice(times, passes):
    said = " ".join(f"{RAN} It was run number {n}." for n in range(times))
    asked = []
    read_story(f"{said} {RAN}", None, second_opinion(1.0, asked))  # a sentence said again is blanked
    assert len(asked) == passes


@pytest.mark.parametrize("number", ["thirteen", "a tenth", "a fifth", "nineteen", "two thirds", "a quarter"])
def test_a_number_in_words_is_a_quantity(number):
    assert QUANTITY.search(f"it was {number}")


def test_what_is_no_language_is_not_read_where_no_stop_parts_it_from_the_story():
    told = "so i rang the depot and i moved the boxes to the other dock"
    strange = "Flarn veltic osh drummel kip antrevo sull, benk orlis tav chunder"
    heads = shipped_heads()
    assert relevant(f"{told} {strange} and it was fine", heads).split() == f"{told} and it was fine".split()
    assert relevant(f"{told} with Flarn Veltic and Osh", heads).endswith("with Flarn Veltic and Osh")


def test_we_alone_never_leaves_much_doubt_of_an_own_part():
    own = TRAINED.index("personal_ownership")
    told = "Our ranking service was slow last year. We moved it to a cache and we rewrote the loader. It worked well."
    reading = read_story(told, None, lambda text: np.where(np.arange(len(TRAINED) + 1) == own, -0.1, 3.0))
    assert "personal_ownership" not in reading.shown
    assert reading.doubt["personal_ownership"] == 0
