"""Stories across a loop: told twice, and told differently."""

import pytest

from interviewer.evidence.likeness import Likeness
from interviewer.evidence.meaning import Meaning
from interviewer.evidence.occasions import deeds, occasion
from interviewer.evidence.quantities import counts, figures, phrase
from interviewer.evidence.retold import DATES, DOERS, RESULTS, Retold, Told, ToldThread
from tests.doubles import HashingEmbedder

JAM = (
    "In May 2021 our parcel sorter in Ghent jammed every evening. I filmed the belt for a whole shift and saw that glossy "
    "envelopes slid under the roller. I wrote a small detector for gloss and steered those envelopes onto the slow lane. "
    "Jams fell from 40 percent of the shifts to 12 percent, and the night foreman kept the detector."
)
JAM_AGAIN = (
    "The foreman of our sorter was desperate about the jams. I filmed the belt for one shift, and it was the glossy "
    "envelopes that slid under the roller. So I wrote a detector for gloss, which steered those envelopes onto the slow "
    "lane. It went from 40 percent of the shifts to 25 percent, and the foreman kept the detector at night."
)
OTHER = (
    "At a bank I was asked to explain a credit model to the auditors. I compared three explanation methods, chose the "
    "slowest because it was stable, and rehearsed with a colleague from compliance. The audit closed without a finding."
)
ALL = {"real_event", "situation", "task", "action", "personal_ownership", "result", "measured_result", "concise"}


@pytest.fixture
def retold():
    return Retold(Meaning(HashingEmbedder()))


def thread(place, *texts):
    return ToldThread(tuple(Told(f"{place}.{2 * n + 1}", text) for n, text in enumerate(texts)))


def test_a_paraphrase_is_noticed_and_another_story_is_not(retold):
    found = retold.stories([thread(0, JAM), thread(1, OTHER), thread(2, JAM_AGAIN)])
    assert found.reused == (("0.1", "2.1"),)


def test_a_third_telling_is_paired_with_the_first(retold):
    assert retold.stories([thread(n, JAM) for n in range(3)]).reused == (("0.1", "1.1"), ("0.1", "2.1"))


@pytest.mark.parametrize(
    "cue", ["This time it was the depot in Metz.", "It was once more the sorter.", "It jammed again."]
)
def test_an_event_that_came_back_is_another_event(retold, cue):
    assert not retold.same(JAM, f"{cue} {JAM_AGAIN}")


def test_no_longer_happening_again_is_no_second_event(retold):
    assert retold.same(JAM, JAM_AGAIN + " It never jammed again.")


def test_an_answer_of_a_few_words_is_no_retelling(retold):
    assert not retold.same("I don't know, I would ask around.", "I don't know, I would ask around.")


def test_a_number_told_differently_comes_with_both_quotes(retold):
    (clash,) = retold.stories([thread(0, JAM), thread(1, JAM_AGAIN)]).contradictions
    assert clash.what == RESULTS
    assert clash.turns == ("0.1", "1.1")
    assert "12 percent" in clash.quotes[0]
    assert clash.quotes[0] in JAM
    assert "25 percent" in clash.quotes[1]
    assert clash.quotes[1] in JAM_AGAIN


@pytest.mark.parametrize("second", ["twelve percent", "about 12%", "roughly 11.5 percent"])
def test_the_same_number_in_other_words_is_no_contradiction(retold, second):
    again = JAM_AGAIN.replace("25 percent", second)
    assert retold.same(JAM, again)
    assert not retold.stories([thread(0, JAM), thread(1, again)]).contradictions


def test_a_figure_left_out_contradicts_nothing(retold):
    again = JAM_AGAIN.replace("It went from 40 percent of the shifts to 25 percent", "It got much better")
    assert not retold.stories([thread(0, JAM), thread(1, again)]).contradictions


def test_a_telling_that_gives_both_figures_contradicts_nothing(retold):
    again = JAM_AGAIN + " A year later we stood at 12 percent."
    assert not retold.stories([thread(0, JAM), thread(1, again)]).contradictions


def test_a_date_told_differently(retold):
    again = JAM_AGAIN.replace("25 percent", "12 percent").replace(
        "The foreman of", "In November 2019 the foreman of", 1
    )
    (clash,) = retold.stories([thread(0, JAM), thread(1, again)]).contradictions
    assert clash.what == DATES
    assert "May 2021" in clash.quotes[0]
    assert "November 2019" in clash.quotes[1]


def test_somebody_else_did_it(retold):
    again = JAM_AGAIN.replace("25 percent", "12 percent").replace(
        "So I wrote a detector for gloss", "It was Pieter, a colleague, who wrote the detector for gloss"
    )
    (clash,) = retold.stories([thread(0, JAM), thread(1, again)]).contradictions
    assert clash.what == DOERS
    assert clash.quotes[0] in JAM
    assert clash.quotes[0].startswith("I wrote")
    assert "Pieter" in clash.quotes[1]


def test_we_contradicts_nobody(retold):
    again = JAM_AGAIN.replace("25 percent", "12 percent").replace("So I wrote", "So we wrote")
    assert not retold.stories([thread(0, JAM), thread(1, again)]).contradictions


def test_a_follow_up_of_the_same_thread_may_contradict_but_is_no_retelling(retold):
    found = retold.stories([thread(0, JAM, "Jams fell from 40 percent of the shifts to 25 percent, I measured it.")])
    assert found.reused == ()
    assert [c.turns for c in found.contradictions] == [("0.1", "0.3")]


def test_a_correction_is_no_contradiction(retold):
    corrected = "Sorry, I was wrong before: jams fell from 40 percent of the shifts to 25 percent."
    assert not retold.stories([thread(0, JAM, corrected)]).contradictions
    first = thread(0, JAM.replace("12 percent", "15 percent"), "I said it was 15 percent, I misspoke, it was 12.")
    assert not retold.stories([first, thread(1, JAM)]).contradictions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It went from forty to about twelve minutes.", [("before", 2400), ("after", 720)]),
        ("It took us two and a half months.", [("took", 75)]),
        ("Latency dropped to 0.3 seconds", [("after", 0.3)]),
        ("We cut it from $1,200 to $300", [("before", 1200), ("after", 300)]),
        ("There were nine people in the room.", []),
    ],
)
def test_figures(text, expected):
    assert [(f.slot, pytest.approx(f.value)) for f in figures(text)] == [(s, pytest.approx(v)) for s, v in expected]


def test_counts_know_what_they_count():
    assert [(c.value, c.of[0]) for c in counts("Eleven models and 30,000 drawings in half a year")] == [
        (11, "model"),
        (30_000, "draw"),
        (182.5, "long"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "excludes"),
    [
        ("In March 2021 it broke.", "It was in late 2022 that it broke.", True),
        ("In the summer of 2019 it broke.", "It was over the Christmas holidays in 2023 and it broke.", True),
        ("It was the week before Black Friday.", "It was in the middle of January.", True),
        ("In spring it broke down badly for us.", "In April it broke down badly for us.", False),
        ("In 2021 it broke down badly for us.", "In May it broke down badly for us.", False),
        ("Two years ago it broke down.", "Four years ago it broke down.", True),
    ],
)
def test_dates_exclude_each_other_only_where_both_are_said(one, other, excludes):
    first, second = occasion(one), occasion(other)
    assert first is not None
    assert second is not None
    assert first.excludes(second) is excludes


@pytest.mark.parametrize("text", ["We had to be ready by March.", "It may break.", "Since 2019 it has worked."])
def test_a_deadline_is_no_date_of_the_event(text):
    assert occasion(text) is None


def test_whose_idea_it_was():
    assert [(d.kind, d.by_self) for d in deeds("Two lanes was my own idea.")] == [("idea", True)]
    assert [(d.kind, d.by_self) for d in deeds("That was our architect's idea, I only helped.")] == [("idea", False)]


@pytest.mark.parametrize(
    "text",
    [
        "The migration was led by Henrik, and I took part.",
        "One of our designers, Yuki, proposed another layout.",
        "I asked Sofia, a student nurse, to design the sheet.",
        "Our QA tester Mo spotted it.",
        "My shift leader Karol took the decision to move it.",
    ],
)
def test_a_deed_of_somebody_else(text):
    (deed,) = deeds(text)
    assert not deed.by_self
    assert deed.phrase.quote in text


def test_only_persons_do_deeds():
    assert not deeds("After the model was retrained the new version found nothing, and this led to a review.")


def test_the_one_who_did_it_is_the_candidate():
    assert [(d.kind, d.by_self) for d in deeds("I was the one who spotted it.")] == [("find", True)]


@pytest.mark.parametrize(("text", "value"), [("each of the hundred and eighty shops", 180), ("all 180 shops", 180)])
def test_a_hundred_and_eighty_is_one_number(text, value):
    assert [c.value for c in counts(text)] == [value]


@pytest.mark.parametrize(("second", "clashes"), [("under 6,000 euros a year", False), ("9,000 euros a year", True)])
def test_a_bound_that_holds_contradicts_nothing(retold, second, clashes):
    first = JAM + " It saved about 5,000 euros a year."
    again = JAM_AGAIN.replace("25 percent", "12 percent") + f" It saved {second}."
    assert bool(retold.stories([thread(0, first), thread(1, again)]).contradictions) is clashes


def test_last_spring_is_not_two_years_ago():
    first, second = occasion("Last spring it broke down for us."), occasion("Two years ago it broke down for us.")
    assert first is not None
    assert second is not None
    assert first.excludes(second)


def test_likeness_is_the_same_both_ways_and_for_another_embedder():
    likeness = Likeness(Meaning(HashingEmbedder()))
    assert likeness.score(JAM, JAM_AGAIN) == pytest.approx(likeness.score(JAM_AGAIN, JAM))
    assert likeness.score(JAM, JAM) > likeness.score(JAM, JAM_AGAIN) > likeness.score(JAM, OTHER)


def test_a_quote_is_at_most_twelve_words_of_the_text():
    text = "We looked at it for long and after that the p99 went from 900 ms down to about 300 ms in production everywhere."
    found = phrase(text, text.index("900"), text.index("900") + 6)
    assert text[found.start : found.end] == found.quote
    assert len(found.quote.split()) <= 12


RETOLD_FREELY = [
    (
        "Two winters ago the greenhouse controller at our start-up began to water at midnight. I pulled the log of the valves "
        "and found that the daylight sensor reported local time while the scheduler assumed UTC. I converted everything at "
        "the gateway and added a test for both clock changes. Water use went down by a fifth.",
        "Our plants were being watered in the dark, and the agronomists had stopped trusting the controller. I read the valve "
        "log line by line. The sensor for daylight spoke local time, the scheduler UTC. I moved the conversion to the gateway, "
        "wrote tests for the clock changes in spring and autumn, and showed the growers the fifth less water we used.",
        True,
    ),
    (
        "The greenhouse controller at our start-up began to water at midnight. I pulled the log of the valves and found that "
        "the daylight sensor reported local time while the scheduler assumed UTC. I converted everything at the gateway.",
        "At the greenhouse start-up the growers ignored our dashboard, because it had thirty charts. I sat with two of them "
        "for a morning, kept the four charts that they looked at and put a plain sentence above each. Every grower opens it "
        "before breakfast now, and we got two features requested by the farms themselves.",
        False,
    ),
]


@pytest.mark.real
@pytest.mark.parametrize(("first", "second", "same"), RETOLD_FREELY)
def test_with_the_real_embedder(first, second, same):
    from interviewer.library.embedder import MiniLM

    assert Retold(Meaning(MiniLM())).same(first, second) is same


OTHER_NUMBERS = [
    (
        "I asked for three weeks to try something else. I built an index on trigrams and ran the two systems side by side. "
        "The match rate rose from 91.2 to 95.6 percent, and adding a country now takes two days in place of a month.",
        "Others took it up. The returns team used the same index with a model of their own, and they needed about a week for "
        "it. The rule file was deleted in the following spring.",
    ),
    (
        "I asked marketing to send one campaign at random, and switched the targeting to the new model in the next one. The "
        "cost for each additional order fell from 9.40 to 5.10 euros, against a random control.",
        "The random campaign was the price. Forty thousand people chosen by chance cost us about 6,000 euros in coupons that "
        "the old model would have placed differently.",
    ),
]


@pytest.mark.real
@pytest.mark.parametrize(("opening", "more"), OTHER_NUMBERS)
def test_a_follow_ups_other_numbers_contradict_nothing(opening, more):
    from interviewer.library.embedder import MiniLM

    thread = ToldThread((Told("0.1", opening), Told("0.3", more)))
    assert list(Retold(Meaning(MiniLM())).within(thread)) == []


@pytest.mark.parametrize(
    ("later", "clash"),
    [
        ("Overall we reduced transfers by 25 percent, but people were happy.", True),
        ("In billing transfers went down by 25 percent.", False),
        ("A correction, transfers went down by 25 percent.", False),
        ("Transfers went down by about 42 percent.", False),
        ("We cut the waiting time by 25 percent.", False),
        ("Transfers went down by another 25 percent.", False),
        ("A competitor reduced transfers by 25 percent.", False),
        ("I was asked to cut transfers by 25 percent.", False),
        ("Mobile transfers fell by 25 percent.", False),
    ],
)
def test_one_change_with_two_sizes_is_a_contradiction_in_a_project_too(retold, later, clash):
    told = thread(0, "I rebuilt the routing of tickets. Transfers went down by 40 percent.", later)
    found = retold.stories([], [told]).contradictions
    assert [c.quotes[0] for c in found] == ["Transfers went down by 40 percent"] * clash
    assert all(
        quote in text for c in found for quote, text in zip(c.quotes, (told.answers[0].text, later), strict=True)
    )


def test_what_was_corrected_is_not_held_against_what_came_before(retold):
    first = "I rebuilt the routing of tickets. Transfers went down by 40 percent."
    later = ("A correction, transfers went down by 25 percent.", "And so transfers went down by 25 percent.")
    assert not retold.stories([], [thread(0, first, *later)]).contradictions
