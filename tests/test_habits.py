"""A routine told like a story is told from a story, by its words alone."""

import numpy as np
import pytest

from interviewer.evidence.habits import REPEATED, ROUTINE, against_occasion
from interviewer.evidence.story import read_story
from interviewer.evidence.story_heads import TRAINED

INVOICES = (
    "Every Friday I take the week's rejected invoices, sort them by supplier and ring the three worst. I ask for a corrected "
    "copy, enter it the same hour and note who was late. Usually nine come in and two stay open until Monday. "
    "It takes me two hours, and the accountant gets a clean list."
)
ROUTINES = [  # with what speaks against an occasion
    (INVOICES, REPEATED),
    (
        "whenever a build breaks I roll the last merge back and look at the diff, it's mostly a flaky test",
        ROUTINE + REPEATED,
    ),
    (
        "On Mondays I count the drug cupboard with a nurse, we compare the book, and as a rule one ampoule is missing.",
        4.0,
    ),
    ("Each September a new class comes, and in September I test them, sort the papers and mix the desks.", ROUTINE),
    ("Every few weeks I walk the hall and write down which aisles are full.", ROUTINE),
    ("On the last day of the month I count the till, and usually it is right, whoever is there.", ROUTINE + REPEATED),
    ("I usually put the list down, set the clock and read it to the crew, whenever we are on one of 2000 sites.", 4.0),
    ("On Fridays I close the shop; once the list is empty I ring the depot, and in one day it is there, usually.", 4.0),
    ("Every morning I check an alert that may be false.", ROUTINE),
]
STORIES = [
    "Every Friday I sort the invoices. One Friday in March two hundred come in, so I ring the supplier and trace it to a VAT id.",
    "So last winter the pager goes, I roll the merge back and find a flag that is always on, and I write a test for it.",
    "So it's twenty-twenty, I usually do the rota, and half of the crew is ill, so I ring the agency.",
    "The export kept failing on Mondays. I traced it to a weekly job that locked the table, moved it and cut failures to 1.",
    "I found the leak, closed it and measured the pressure again. Since then I check that valve every week.",
    "It's the second week of November, as a rule I read the report, and the error is too good, so I listen to fifty calls.",
    "At the end of the day we are three, and I take the desk, ring the school and hand the keys over.",
    "The lift is stuck, so I ring the fitter, put a sign up and carry the parcels. Nobody complains. I do that every week.",
]


@pytest.mark.parametrize(("text", "against"), ROUTINES)
def test_what_recurs_and_has_no_past_speaks_against_an_occasion(text, against):
    assert against_occasion(text) == against


@pytest.mark.parametrize("text", STORIES)
def test_a_single_time_or_a_past_or_a_late_recurrence_does_not(text):
    assert against_occasion(text) == 0


def test_blanks_in_front_change_nothing():
    told = ROUTINES[3][0]
    assert against_occasion(" " * 500 + told + " " * 500) == against_occasion(told)


def test_quotation_marks_of_either_kind_are_read():
    told = "So it{}s March, everything usually runs, and the queue is full, so I drain it by hand."
    assert against_occasion(told.format("'")) == against_occasion(told.format("’")) == 0


def test_a_routine_needs_more_than_a_leaning_of_the_readers():
    """The heads and the second opinion taken together must be surer of an occasion than the words are of a routine."""

    def weigh(sure):
        return lambda text: np.array([sure] * (len(TRAINED) + 1))

    assert "real_event" not in read_story(INVOICES, None, weigh(3.0)).shown
    assert "real_event" in read_story(INVOICES, None, weigh(40.0)).shown
