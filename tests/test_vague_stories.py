"""What sounds like a part of a story and tells none: findings without a cause, managing without a step."""

import pytest

from interviewer.evidence.quantities import before_and_now
from interviewer.evidence.story import read_story

ROUND_ABOUT = (
    "Last year our Kafka pipeline had a big problem with the data quality and the accuracy of the model went down. The "
    "team looked into it, {found} and they were fixed. After that everything was good again."
)
IN_CHARGE = (
    "In 2021 I was responsible for a budget of 4 million euros and a team of 12 people in 3 countries, for the new claims "
    "platform at an insurer. There were 900 users and 45 interfaces. I managed it very closely, I drove it forward every "
    "day, I held 2 meetings a day. It was delivered."
)


@pytest.mark.parametrize(
    "found",
    ["some issues were found", "several problems were identified", "we found some issues", "we saw a few errors"],
)
def test_that_something_was_found_is_no_cause(found):
    assert "root_cause" not in read_story(ROUND_ABOUT.format(found=found)).shown


def test_a_cause_that_is_named_is_one():
    named = (
        "Last spring our fraud ranking model in Spain missed refunds. Some issues were found by the team. I compared the "
        "row counts per country and traced it to a join that silently dropped rows without a postcode. I fixed the join."
    )
    assert "root_cause" in read_story(named).shown


@pytest.mark.parametrize(
    "deeds",
    [
        "I managed it very closely, I drove it forward every day, I held 2 meetings a day.",
        "I coordinated everything. I had three calls a week with everyone. I pushed it forward.",
        "I supervised the team closely. I organised daily stand-ups. I drove the project ahead.",
    ],
)
def test_being_in_charge_is_no_step(deeds):
    head, _, _ = IN_CHARGE.partition(" I managed")
    assert "action" not in read_story(f"{head} {deeds} It was delivered.").shown


def test_that_it_was_delivered_is_a_faint_outcome_at_most():
    found = read_story(f"{IN_CHARGE} I rewrote two interfaces and tested them against the old ledger.").finding(
        "result"
    )
    assert found is None or not found.clear


NOW = "Payroll needs half a day now, and there are two who still use paper."


def test_what_took_days_and_takes_half_a_day_now_is_measured():
    text = (
        "The thing with the timesheets. Care home, 2021, ninety carers, paper, and payroll typed them for four days each "
        "month. I made a form for the phone with three fields, tested it with my own shift for a week, then went round "
        f"with a tablet to each of the nine stations. {NOW}"
    )
    assert "measured_result" in read_story(text).shown


@pytest.mark.parametrize(
    "text",
    [
        NOW,
        f"We worked on it for four days. {NOW}",
        "Payroll typed them for four days. Payroll would need half a day now.",
        "Payroll typed them for four days. Payroll still needs four days now.",
        "Payroll typed them for four days. Payroll costs 900 euros now.",
        "Payroll typed them for four days. Does payroll need half a day now?",
    ],
)
def test_figures_that_are_not_of_one_thing_are_no_change(text):
    assert before_and_now(text) == []
