"""A word to the candidate before the next question: to a correction, a refusal, a protest, or a question to us.

None of these lines tells whether the candidate is right. Not here: what is said to a turn that only asks (`replies`).
"""

import re
from collections.abc import Iterator

from interviewer.evidence.clauses import Clause, count_words, sentences
from interviewer.evidence.code_blocks import without_code
from interviewer.evidence.corrections import corrects, withholds
from interviewer.evidence.lexicon import TOLD_BEFORE
from interviewer.evidence.readings import is_project, of_stories
from interviewer.interviewing.persona import clarifications, line, prepared_answer
from interviewer.interviewing.state import RoundSoFar

_YOURS = ("That is yours to decide.", "I leave that to you.", "Assume what seems sensible.", "Your choice.")
AT_THE_END = (
    "Keep that one for the end, please.",
    "Ask me that when we are through.",
    "I would rather hear you; ask me at the end.",
    "We can come to that at the end.",
)
_WITHHELD = ("Understood, leave out what is not for outsiders.", "That is all right, leave it out.", "Of course.")
_TOLD = "Fair enough."
_HEARD = ("I follow.", "I have noted it.", "I have it down.")
_CORRECTED = ("Noted, I have corrected it.", "I have put that right in my notes.", "Corrected.")
_CHECKS_BACK = re.compile(
    r"\b(?:does|did) (?:that|this|it|what i) (?:\w+ )?(?:make sense|answer|help|say|match)|\bdid i (?:\w+ )?answer\b|"
    r"\bmakes? sense\b|\b(?:do|can) you (?:\w+ )?(?:see|follow) (?:what i|me|it)\b|"
    r"\b(?:is|was) (?:that|this|it) (?:roughly |about |more or less )?"
    r"(?:what you|the kind|the sort|enough|clear|okay|ok|fine)\b"
)
ABOUT_US = re.compile(
    r"\b(?:in|at|on|with|for) your (?:\w+ )?(?:team|company|place|group|side|shop)\b|\byour (?:team|company|group)\b|"
    r"\b(?:what|how) (?:would|do|did|have) you (?!want|like|mean|need|prefer)\b|"
    r"\b(?:have|did) you (?:ever|also|guys)\b|\byou ever\b|\bwhat do you think\b|\bat amazon\b"
)
_TAG = re.compile(r", (?:right|correct|okay)\?$")
_REPORTED = re.compile(r"[\"“”]|\b(?:said|says|say|asked|asks|ask|told|tells|goes|thought|wondered|wrote|like,)\b")
_ADDRESSED = re.compile(
    r"\b(?:you|your)\b|\b(?:can|may|should|shall|could) (?:i|we)\b|\b(?:right|correct|okay)\?$|"
    r"\bis (?:that|this|it) (?:right|ok|okay|fine|correct)\b|\b(?:do|are|is|can) (?:we|there|it)\b|"
    r"^(?:so |and |but )?how (?:many|much|often|fast|large|big|long)\b"
)
_SHORT_REPLY = 60  # words: who protests and tells more than that has taken up the question
_FEWEST = 4  # words of a question that is worth an answer


def beside(so_far: RoundSoFar) -> str:
    """What is said, before the next follow-up, to a word to us within an answer; nothing where there is none."""
    return noted(so_far) or (_of_a_story(so_far) if tells_stories(so_far) else _of_a_task(so_far))


def noted(so_far: RoundSoFar) -> str:
    """What is said to a reply that corrects something, or says that it is not for outsiders."""
    said = so_far.turns[-1].text
    if _is_reply(so_far) and corrects(said):
        return line(so_far, _CORRECTED)
    return line(so_far, _WITHHELD) if _is_reply(so_far) and _of_own_work(so_far) and withholds(said) else ""


def _of_a_task(so_far: RoundSoFar) -> str:
    said = so_far.turns[-1].text
    put = list(_put_to_us(said))
    answers = [a for a in (prepared_answer(q.text, clarifications(so_far)) for q in put) if a and so_far.is_new(a)]
    if answers:
        return answers[0]
    if not put or not _ends(put[-1], said):
        return ""
    asked = put[-1].text.lower()
    return line(so_far, _HEARD if _CHECKS_BACK.search(asked) or _TAG.search(asked) else _YOURS)


def _of_a_story(so_far: RoundSoFar) -> str:
    """To a protest, once a loop, and to a question at the end that is put to us: whether it was enough, or about us."""
    said = so_far.turns[-1].text
    if _protests(said) and _is_reply(so_far) and so_far.is_new(_TOLD):
        return _TOLD
    put = [q for q in _put_to_us(said) if _ends(q, said) and not _REPORTED.search(q.text.lower())]
    if not put:
        return ""
    asked = put[-1].text.lower().replace("’", "'")
    if _CHECKS_BACK.search(asked):
        return line(so_far, _HEARD)
    return line(so_far, AT_THE_END) if ABOUT_US.search(asked) else ""


def told_already(so_far: RoundSoFar) -> bool:
    """Whether what opens a story says that it has been told before: going through it again would bring nothing."""
    thread = so_far.thread
    opening = thread is not None and [e.answered for e in thread.exchanges] == [len(so_far.turns) - 1]
    return opening and tells_stories(so_far) and _protests(so_far.turns[-1].text)


def _protests(said: str) -> bool:
    """Whether a short turn begins by saying that this was told before."""
    first = sentences(without_code(said))[:1]
    told = any(TOLD_BEFORE.search(s.text.lower().replace("’", "'")) for s in first)
    return told and count_words(said) <= _SHORT_REPLY


def _is_reply(so_far: RoundSoFar) -> bool:
    """Whether the last answer is one to a follow-up."""
    return so_far.thread is not None and len(so_far.thread.exchanges) > 1


def tells_stories(so_far: RoundSoFar) -> bool:
    return so_far.rubric is not None and of_stories(so_far.rubric)


def _of_own_work(so_far: RoundSoFar) -> bool:
    return tells_stories(so_far) or (so_far.rubric is not None and is_project((so_far.rubric, None)))


def _ends(question: Clause, said: str) -> bool:
    return question.sentence == sentences(without_code(said))[-1].sentence


def _put_to_us(answer: str) -> Iterator[Clause]:
    """The questions in an answer that speak to somebody: nobody puts those to us that they answer themselves."""
    for sentence in sentences(without_code(answer)):
        text = sentence.text.lower().replace("’", "'").strip()
        if text.endswith("?") and _ADDRESSED.search(text) and count_words(text) >= _FEWEST:
            yield sentence
