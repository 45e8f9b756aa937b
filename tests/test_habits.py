"""A routine told like a story is told from a story, by its words alone."""

import numpy as np
import pytest

from interviewer.evidence.habits import against_occasion
from interviewer.evidence.story import read_story
from interviewer.evidence.story_heads import TRAINED

ROUTINE = (
    "Every Friday I take the week's rejected invoices, sort them by supplier and ring the three worst. I ask for a corrected "
    "copy, enter it the same hour and note who was late. Usually nine come in and two stay open until Monday. "
    "It takes me two hours, and the accountant gets a clean list."
)
ROUTINES = [
    ROUTINE,
    "whenever a build breaks I roll the last merge back, rerun it twice and only then look at the diff, it's mostly a flaky test",
    "On Mondays I count the drug cupboard with a second nurse, we compare the book, and as a rule one ampoule is missing.",
    "Each September a new class comes, and in September I test them, sort the papers and seat the weak beside the strong.",
]
STORIES = [
    "Every Friday I sort the rejected invoices. One Friday in March two hundred came in, so I rang the supplier and traced it to a VAT id.",
    "So last winter the pager goes, I roll the merge back and find a flag that is always on, and I write a test for it.",
    "The export kept failing on Mondays. I traced it to a weekly job that locked the table, moved the job and cut failures from 9 to 1.",
    "I found the leak, closed it and measured the pressure again. Since then I check that valve every week.",
]


@pytest.mark.parametrize("text", ROUTINES)
def test_what_recurs_and_has_no_past_speaks_against_an_occasion(text):
    assert against_occasion(text) >= 2


@pytest.mark.parametrize("text", STORIES)
def test_a_single_time_or_a_past_is_an_occasion(text):
    assert against_occasion(text) == 0


def test_quotation_marks_of_either_kind_are_read():
    told = "So it{}s March, everything usually runs, and the queue is full, so I drain it by hand."
    assert against_occasion(told.format("'")) == against_occasion(told.format("’")) == 0


def test_a_routine_needs_more_than_a_leaning_of_the_readers():
    """The heads and the second opinion taken together must be surer of an occasion than the words are of a routine."""

    def weigh(sure):
        return lambda text: np.array([sure] * (len(TRAINED) + 1))

    assert "real_event" not in read_story(ROUTINE, None, weigh(3.0)).shown
    assert "real_event" in read_story(ROUTINE, None, weigh(40.0)).shown
