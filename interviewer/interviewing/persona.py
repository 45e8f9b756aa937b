"""A persona's own lines: greetings, transitions, the answers to what candidates ask at the end.

Lines are taken in a fixed order that skips what has been said in this loop. When every line of a kind has been said,
the shortest is said again: only then, and only for courtesies.
"""

import re
from collections.abc import Sequence

from interviewer.domain.question import Principle
from interviewer.domain.rubric import Clarification
from interviewer.evidence.stems import stem
from interviewer.interviewing.state import RoundSoFar

_NEXT_QUESTION = re.compile(
    r"[?;]|(?:,? (?:and|or) |, )(?=(?:do|does|can|could|is|are|may|should|what|how|which|will) )", re.IGNORECASE
)
_SMALL = frozenset(
    """
    a an the is are do does did you your i we it of to in on for and or what how which can could would should
    my me about there be will any if may shall might have has had need need with from that this these some something
    one not no so just also then when where who as at by than too very really right okay
    """.split()
)

_SHARED = 2  # content words; one may stand in any question
_FEW = 3  # content words of a question that one of them may stand for
_ALONE = 0.4  # what one word counts in a longer question
# Small words only, so that nothing would be left to compare.
_HOW_I_DID = re.compile(r"\bhow (?:do you think )?(?:did )?i (?:do|did|was|am doing)\b|\bdid i do\b", re.IGNORECASE)
_FEEDBACK = "feedback, did I pass"


def line(so_far: RoundSoFar, lines: Sequence[str]) -> str:
    """The first of `lines` that nobody has said in this loop."""
    fresh = [text for text in lines if so_far.is_new(text)]
    return fresh[0] if fresh else min(lines, key=len)


def prepared_answer(question: str, prepared: Sequence[Clarification]) -> str | None:
    """The prepared answer whose ways of asking share most content words with `question`; None when none comes near."""
    asked = _content(_HOW_I_DID.sub(_FEEDBACK, question))
    best, score = None, 0.0
    for item in prepared:
        for wording in item.asks:
            words = _content(wording)
            shared = len(asked & words)
            closeness = shared / max(1, min(len(words), len(asked)))
            if len(words) == 1 and len(asked) > _FEW:
                closeness *= _ALONE
            if shared >= min(_SHARED, len(words), len(asked)) and closeness > score:
                best, score = item.answer, closeness
    return best if score >= 0.5 else None


def prepared_answers(question: str, prepared: Sequence[Clarification]) -> list[str]:
    """An answer to each of several questions that were asked in one breath; of what is asked at once, the nearest."""
    parts = [part for part in _NEXT_QUESTION.split(question) if part.strip()]
    each = list(dict.fromkeys(a for a in (prepared_answer(part, prepared) for part in parts) if a))
    if len(each) > 1:
        return each
    whole = prepared_answer(question, prepared)
    return [whole] if whole else []


def clarifications(so_far: RoundSoFar) -> tuple[Clarification, ...]:
    """What is prepared for questions back: on this question first, then on its round."""
    question, rubric = so_far.question, so_far.rubric
    general = so_far.bank.round_rubric("behavioral") if isinstance(rubric, Principle) else rubric
    of_round = (c for covering in so_far.covering for c in covering.clarifications)
    own = question.clarifications if question else ()
    return (*own, *getattr(general, "clarifications", ()), *of_round)


def _content(text: str) -> set[str]:
    words = "".join(c if c.isalnum() or c in "-'" else " " for c in text.lower()).split()
    return {stem(w) for w in words if w not in _SMALL and len(w) > 1}
