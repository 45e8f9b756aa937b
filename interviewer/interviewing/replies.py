"""What is said to a candidate who asks something back: what was meant, a detail of the task, leave to do something.

None of these lines tells whether the candidate is right. Not here: what is answered at the end of a round, about the
team (`conductor`).
"""

import re
from collections.abc import Iterator

from interviewer.domain.events import MoveKind
from interviewer.domain.question import Principle, Question
from interviewer.domain.rubric import Clarification
from interviewer.evidence.clauses import Clause, count_words, sentences
from interviewer.evidence.code_blocks import without_code
from interviewer.evidence.corrections import corrects, withholds
from interviewer.evidence.lexicon import TOLD_BEFORE
from interviewer.evidence.readings import is_project, of_stories
from interviewer.interviewing.moves import Move
from interviewer.interviewing.persona import line, prepared_answer, prepared_answers
from interviewer.interviewing.probes import signal_asks
from interviewer.interviewing.spoken import spoken
from interviewer.interviewing.state import RoundSoFar

_YOURS_TO_DECIDE = (
    "Decide that as you think sensible, and tell me what you assume.",
    "I will leave that to you; state your assumption and go on from there.",
    "Take whichever you prefer, and say which one you took.",
    "Make an assumption that you could defend, and say it aloud.",
)
_YOURS = ("That is yours to decide.", "I leave that to you.", "Assume what seems sensible.", "Your choice.")
_AT_THE_END = (
    "Keep that one for the end, please.",
    "Ask me that when we are through.",
    "I would rather hear you; ask me at the end.",
    "We can come to that at the end.",
)
_WITHHELD = ("Understood, leave out what is not for outsiders.", "That is all right, leave it out.", "Of course.")
_TOLD = "Fair enough."
_HEARD = ("I follow.", "I have noted it.", "I have it down.")
_CORRECTED = ("Noted, I have corrected it.", "I have put that right in my notes.", "Corrected.")
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
_ADDRESSED = re.compile(
    r"\b(?:you|your)\b|\b(?:can|may|should|shall|could) (?:i|we)\b|\b(?:right|correct|okay)\?$|"
    r"\bis (?:that|this|it) (?:right|ok|okay|fine|correct)\b|\b(?:do|are|is|can) (?:we|there|it)\b|"
    r"^(?:so |and |but )?how (?:many|much|often|fast|large|big|long)\b"
)
_CHECKS_BACK = re.compile(
    r"\b(?:does|did) (?:that|this|it|what i) (?:\w+ )?(?:make sense|answer|help|say|match)|\bdid i (?:\w+ )?answer\b|"
    r"\bmakes? sense\b|\b(?:do|can) you (?:\w+ )?(?:see|follow) (?:what i|me|it)\b|"
    r"\b(?:is|was) (?:that|this|it) (?:roughly |about |more or less )?"
    r"(?:what you|the kind|the sort|enough|clear|okay|ok|fine)\b"
)
_ABOUT_US = re.compile(
    r"\b(?:in|at|on|with|for) your (?:\w+ )?(?:team|company|place|group|side|shop)\b|\byour (?:team|company|group)\b|"
    r"\b(?:what|how) (?:would|do|did|have) you (?!want|like|mean|need|prefer)\b|"
    r"\b(?:have|did) you (?:ever|also|guys)\b|\byou ever\b|\bwhat do you think\b|\bat amazon\b"
)
_REPORTED = re.compile(r"[\"“”]|\b(?:said|says|say|asked|asks|ask|told|tells|goes|thought|wondered|wrote|like,)\b")
_SHORT_REPLY = 60  # words: who protests and tells more than that has taken up the question
_FEWEST = 4  # words of a question that is worth an answer


def clarified(so_far: RoundSoFar) -> Move:
    """The answer to a turn of questions: what is prepared for them, or that it is the candidate's to decide."""
    said = so_far.turns[-1].text
    about_us = _tells_stories(so_far) and _ABOUT_US.search(said.lower().replace("’", "'"))
    answers = () if about_us else prepared_answers(said, _prepared(so_far))
    left = _AT_THE_END if about_us else _YOURS_TO_DECIDE
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
    story = isinstance(so_far.rubric, Principle)
    prepared = [a for a in prepared_answers(asked, _prepared(so_far)) if so_far.is_new(a)]
    if prepared:
        text = " ".join(prepared)
    elif story and _SAME.search(asked.lower()) and so_far.is_new(_SAME_STORY):
        text = _SAME_STORY
    else:
        text = line(so_far, _GO_AHEAD if story or _SPEAKING.search(asked.lower()) else _YOURS_TO_DECIDE)
    return again(so_far, "clarify", text, "the candidate asked whether they may")


def beside(so_far: RoundSoFar) -> str:
    """What is said, before the next follow-up, to a word to us within an answer; nothing where there is none."""
    return noted(so_far) or (_of_a_story(so_far) if _tells_stories(so_far) else _of_a_task(so_far))


def noted(so_far: RoundSoFar) -> str:
    """What is said to a reply that corrects something, or says that it is not for outsiders."""
    said = so_far.turns[-1].text
    if _is_reply(so_far) and corrects(said):
        return line(so_far, _CORRECTED)
    return line(so_far, _WITHHELD) if _is_reply(so_far) and _of_own_work(so_far) and withholds(said) else ""


def _of_a_task(so_far: RoundSoFar) -> str:
    said = so_far.turns[-1].text
    put = list(_put_to_us(said))
    answers = [a for a in (prepared_answer(q.text, _prepared(so_far)) for q in put) if a and so_far.is_new(a)]
    if answers:
        return answers[0]
    if not put or not _ends(put[-1], said):
        return ""
    return line(so_far, _HEARD if _CHECKS_BACK.search(put[-1].text.lower()) else _YOURS)


def _of_a_story(so_far: RoundSoFar) -> str:
    """To a protest, once a loop, and to a question at the end that is put to us: whether it was enough, or about us."""
    said = so_far.turns[-1].text
    first = sentences(without_code(said))[:1]
    protests = any(TOLD_BEFORE.search(s.text.lower().replace("’", "'")) for s in first)
    if protests and _is_reply(so_far) and count_words(said) <= _SHORT_REPLY and so_far.is_new(_TOLD):
        return _TOLD
    put = [q for q in _put_to_us(said) if _ends(q, said) and not _REPORTED.search(q.text.lower())]
    if not put:
        return ""
    asked = put[-1].text.lower().replace("’", "'")
    if _CHECKS_BACK.search(asked):
        return line(so_far, _HEARD)
    return line(so_far, _AT_THE_END) if _ABOUT_US.search(asked) else ""


def _is_reply(so_far: RoundSoFar) -> bool:
    """Whether the last answer is one to a follow-up."""
    return so_far.thread is not None and len(so_far.thread.exchanges) > 1


def _tells_stories(so_far: RoundSoFar) -> bool:
    return so_far.rubric is not None and of_stories(so_far.rubric)


def _of_own_work(so_far: RoundSoFar) -> bool:
    return _tells_stories(so_far) or (so_far.rubric is not None and is_project((so_far.rubric, None)))


def _ends(question: Clause, said: str) -> bool:
    return question.sentence == sentences(without_code(said))[-1].sentence


def _put_to_us(answer: str) -> Iterator[Clause]:
    """The questions in an answer that speak to somebody: nobody puts those to us that they answer themselves."""
    for sentence in sentences(without_code(answer)):
        text = sentence.text.lower().replace("’", "'").strip()
        if text.endswith("?") and _ADDRESSED.search(text) and count_words(text) >= _FEWEST:
            yield sentence


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


def _prepared(so_far: RoundSoFar) -> tuple[Clarification, ...]:
    """What is prepared for questions back: on this question first, then on its round."""
    question: Question | None = so_far.question
    rubric = so_far.rubric
    general = so_far.bank.round_rubric("behavioral") if isinstance(rubric, Principle) else rubric
    of_round = (c for covering in so_far.covering for c in covering.clarifications)
    own = question.clarifications if question else ()
    return (*own, *getattr(general, "clarifications", ()), *of_round)
