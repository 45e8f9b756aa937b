"""The interviewer's last line said back is not the candidate's evidence; a word or two taken up are."""

import pytest

from interviewer.domain.transcript import Turn
from interviewer.evidence.parroting import without_question
from interviewer.evidence.reader import Reader
from interviewer.evidence.readings import Readings
from tests.doubles import HashingEmbedder

ASKED = "What was at stake if nobody had found it?"


@pytest.mark.parametrize(
    ("asked", "said", "left"),
    [
        (ASKED, "What was at stake if nobody had found it: well, a lot.", ": well, a lot."),
        ("Why was your team asked to do it?", "Why was my team asked to do it, hm.", ", hm."),
        ("What did you decide against?", "I decided against the cache.", "I decided against the cache."),
        ("Would the weights shrink or become zero?", "The weights become zero.", "The weights become zero."),
        (
            "You said “we moved it to a cache”. What did you do of that?",
            "I moved it to a cache myself.",
            "I moved it to a cache myself.",
        ),
        ("", "Anything at all that is said.", "Anything at all that is said."),
    ],
)
def test_only_runs_of_the_line_before_are_blank(asked, said, left):
    blanked = without_question(said, asked)
    assert len(blanked) == len(said)
    assert blanked.strip() == left


def test_a_question_said_back_shows_nothing(bank):
    def shown(reply):
        turns = (
            Turn(
                speaker="interviewer",
                text="Tell me.",
                move="ask",
                question_id="dive_deep-root-cause",
                principle="dive_deep",
            ),
            Turn(speaker="candidate", text="Last year our heating was cold. I fixed it."),
            Turn(speaker="interviewer", text=ASKED, move="probe", target="task", principle="dive_deep"),
            Turn(speaker="candidate", text=reply),
        )
        return Readings(bank, Reader(HashingEmbedder())).of(turns)[3]

    assert "task" not in shown("What was at stake if nobody had found it: that is the question.").shown
    own = "What was at stake if nobody had found it: the clinic would have lost its heating licence."
    reading = shown(own)
    assert "task" in reading.shown
    assert all(own[s.start : s.end] == s.quote for f in reading.signals for s in f.spans)
