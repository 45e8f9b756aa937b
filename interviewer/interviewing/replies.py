"""What is said to a candidate who asks something back: what was meant, a detail of the task, leave to do something.

None of these lines tells whether the candidate is right. Not here: what is answered at the end of a round, about the
team (`conductor`).
"""

import re

from interviewer.domain.events import MoveKind
from interviewer.interviewing.asides import ABOUT_US, AT_THE_END, tells_stories
from interviewer.interviewing.moves import Move
from interviewer.interviewing.persona import clarifications, line, prepared_answers
from interviewer.interviewing.probes import signal_asks
from interviewer.interviewing.spoken import spoken
from interviewer.interviewing.state import RoundSoFar

_YOURS_TO_DECIDE = (
    "Decide that as you think sensible, and tell me what you assume.",
    "I will leave that to you; state your assumption and go on from there.",
    "Take whichever you prefer, and say which one you took.",
    "Make an assumption that you could defend, and say it aloud.",
)
_GO_AHEAD = ("Yes, go ahead.", "Please do.", "Yes, do.", "You may.", "Of course.")
_SAME_STORY = "You may. A different story would show me something new, if you have one."
_OTHERWISE = ("Let me put it differently.", "I will ask it another way.", "In other words:", "Differently put:")
_AS_UNDERSTOOD = (
    "Take it the way you understand it, and go on.",
    "Read it that way if you like, and answer that.",
    "Choose the reading that makes most sense to you.",
)
_SAME = re.compile(r"\b(?:same|again|once more|one (?:more )?time(?: more)?|another time)\b")
_SPEAKING = re.compile(
    r"\b(?:may|can|could|shall|should|might) i (?:\w+ )?"
    r"(?:tell|say|add|start|begin|go|come|talk|continue|finish|speak|share|mention|do|repeat)\b|"
    r"\byou (?:\w+ )?to hear\b"
)
_CHECKS = re.compile(
    r"^(?:sorry,? |hm+,? |okay,? |so,? )*(?:(?:do )?you mean|are you asking)\b|"
    r"(?<!what )(?<!exactly )(?<!how )\bdo you mean\b"
)


def clarified(so_far: RoundSoFar) -> Move:
    """The answer to a turn of questions: what is prepared for them, or that it is the candidate's to decide."""
    said = so_far.turns[-1].text
    about_us = tells_stories(so_far) and ABOUT_US.search(said.lower().replace("’", "'"))
    answers = () if about_us else prepared_answers(said, clarifications(so_far))
    left = AT_THE_END if about_us else _YOURS_TO_DECIDE
    text = " ".join(a for a in answers if so_far.is_new(a)) or line(so_far, left)
    return again(so_far, "clarify", text, "the candidate asked a clarifying question")


def rephrased(so_far: RoundSoFar) -> Move:
    """The last follow-up in other words of its rubric; an opening question again, in its own."""
    last = _last_put(so_far)
    reason = "the candidate did not understand the question"
    if _CHECKS.search(so_far.turns[-1].text.lower()):
        return again(so_far, "clarify", line(so_far, _AS_UNDERSTOOD), "the candidate asked what was meant")
    target = so_far.turns[last].target
    other = next(signal_asks(so_far, [target], again=True), None) if target else None
    if other is not None:
        return again(so_far, "repeat", f"{line(so_far, _OTHERWISE)} {other.text}", reason)
    return again(so_far, "repeat", f"{line(so_far, so_far.persona.repeats)} {last_question(so_far)}", reason)


def leave_given(so_far: RoundSoFar) -> Move:
    """Yes, or what is prepared for such a question. How a problem is solved is left to the candidate."""
    asked = so_far.turns[-1].text
    story = tells_stories(so_far)
    prepared = [a for a in prepared_answers(asked, clarifications(so_far)) if so_far.is_new(a)]
    if prepared:
        text = " ".join(prepared)
    elif story and _SAME.search(asked.lower()) and so_far.is_new(_SAME_STORY):
        text = _SAME_STORY
    else:
        text = line(so_far, _GO_AHEAD if story or _SPEAKING.search(asked.lower()) else _YOURS_TO_DECIDE)
    return again(so_far, "clarify", text, "the candidate asked whether they may")


def again(so_far: RoundSoFar, kind: MoveKind, text: str, reason: str) -> Move:
    """A line on the question that is being talked about."""
    thread = so_far.thread
    return Move(kind, text, reason, thread.question_id if thread else None, thread.principle if thread else None)


def last_question(so_far: RoundSoFar) -> str:
    """What was asked last, as it was said."""
    last = so_far.turns[_last_put(so_far)]
    question = so_far.bank.question(last.question_id) if last.question_id and last.move == "ask" else None
    if question is None:
        return last.text
    return spoken(question) if question.options else question.text


def _last_put(so_far: RoundSoFar) -> int:
    return max(n for n, t in enumerate(so_far.turns) if t.speaker == "interviewer" and t.move in ("ask", "probe"))
