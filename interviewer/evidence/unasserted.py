"""What is said without being asserted: another's belief, a question, a word taken back, a proposal set aside.

"Should the threshold stay at one half? No." asserts nothing by its question. A question begins where an auxiliary
stands before its subject, or with "what", "why" and the like, and takes the condition before it along; a fragment with
a question mark asks as a whole; a tag ("..., right?") leaves the statement that it hangs on. Without a mark only an
auxiliary before a pronoun tells.
Not covered: questions in reported speech ("people ask whether ..."), and what is taken back sentences later.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from interviewer.evidence.clauses import Clause, count_words, sentences

Manner = Literal["asserted", "reported", "taken back", "asked"]

_REPORTED = re.compile(
    r"\b(?:(?:people|some|many|candidates|others|folks|they|you|textbooks|colleagues|beginners|everyone) (?:\w+ )?"
    r"(?:say|think|claim|believe|assume|expect|confuse|tell|told|would say|might say|might think)|myth|misconception|"
    r"(?:you|you'll|i|i've|i'd|we) (?:\w+ )?(?:hear|heard|read) (?:that|people|it|[\"“'])|used to (?:think|believe)|"
    r"(?:wanted|was going|was about) to say|(?:almost|nearly) said|first thought|"
    r"(?:colleague|friend|teammate|manager|boss|somebody|someone|blog|course|tutorial|article) (?:\w+ )?"
    r"(?:who |that )?(?:insist\w*|said|says|thought|thinks|believed|believes|claimed|claims|told|suggested)|"
    r"(?:some|many|most|lots of|a lot of|other) (?:people|teams|candidates|folks|engineers|companies|courses|books)|"
    r"mistake (?:is |would be )?to|mistake of|(?:common|classic|typical|usual|frequent|popular) mistake|"
    r"(?:be|is|it's) a mistake$|confusion|wrong (?:to|that)|wrongly|a trap|tempting|(?:it'?s|is) often said|the naive|"
    r"would be (?:wrong|simpler?|easier|easy|nice|convenient|neat)|one might|one could think|you'd think|sounds like|"
    r"contrary to|one (?:often |sometimes )?(?:hears|reads)|people who|slogan|rumou?r)\b|"
    r"^[\"“][^\"“”]+[\"”]\W*$"
)
_ASSUMED = re.compile(r"^(?:(?:or|and|but|so|now|then),? )*(?:assume|assuming|imagine|picture)\b")
_CALLED_WRONG = re.compile(
    r"\b(?:wrong|false|untrue|nonsense|a myth|not (?:true|so|right)|\w+n't (?:true|so|right))(?:,? too)?$"
)
_CORRECTED = re.compile(
    r"\b(?:no,? (?:no,? )?(?:wait|sorry|excuse|pardon|hold on|hang on|exactly not)|"
    r"sorry,? (?:no|not|i mean|i meant|the other|other way|that'?s|it'?s|at|let me)|"
    r"no,? that(?:'s| is| was) (?:wrong|not)|"
    r"wait,? no|(?:ah|uh|uhm|um|oh|hmm|er|erm|actually),? no|i misspoke|i take (?:that|it) back|scr(?:atch|ap) that|"
    r"(?:let me|i) correct|hold on|hang on|excuse me|"
    r"(?:no|sorry),? (?:it'?s )?the other way (?:round|around)|(?:no|sorry),? i meant?)\b|, sorry,|\bwait, |"
    r", i mean (?:up|down|lower|higher|more|less|fewer|larger|smaller|(?:\w+ ){0,2}\w+[.;]?$)"
)
_MEANT = re.compile(r"^i mean(?:t)? (?:\w+ ){0,2}\w+\W*$")  # "the former gets to zero, I mean L1"
_RUNS_ON = re.compile(
    r"^(?:and|or)\b"
)  # "you begin high and go lower, no, sorry, begin low"; "assume that it holds and ..."
_AT_ONCE = 12  # characters of a clause in which the correction of the clause before it begins
_BUT_NO = r", no, (?!but\b|because\b|since\b|not\b)"
_REPLACED = re.compile(rf"^(?:\w+\W+){{3,}}?\w+{_BUT_NO}")  # "the MAE is hit by outliers, no, the RMSE"
_REPLACES = re.compile(r"^no, (?!but\b|because\b|since\b|not\b)")
_DENIAL = re.compile(r"\b(?:not|never|cannot|nothing|nor|neither|hardly|nobody|\w+n't)\b")
_SET_ASIDE = re.compile(
    r"^(?:(?:i|you|we|one) (?:would |should |will |do |can )?(?:not|never)|(?:i|you|we|one) \w+n't|"
    r"(?:i|you|we)'(?:d|ll) (?:not|never|avoid|reject))"
    r"(?: ever)?(?: (?:do|want|use|recommend|ship|accept|trust|go for|go with))?(?: (?:that|this|it)\b|(?<= do)\W*$)"
)
_ASIDE = re.compile(r"^(?:needless to say|of course|obviously|naturally|by the way|to be clear)\W*$")
_NAMED = 4  # words: "and the false negatives, which one do they hurt?"
_SAYS = re.compile(r"\b(?:is|are|was|were|has|have|it|i|we|you|they)\b")
_REFUSED = re.compile(r"^no,? (?:since|because|as|otherwise|or else|that would|then)\b")
_AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|would|will|should|shall|can|could|has|have|had|may|might|must|am|"
    r"(?:do|does|did|is|are|was|were|would|should|could|has|have|ca|wo)n't)"
)
_QUESTION_WORD = r"(?:(?:in|at|by|for|with|of|on|from|to) )?(?:what|why|how|which|who|whom|whose|where|when)"
_BEFORE = r"(?:(?:and|but|so|or|now|well|then|because|hmm|okay|ok)[, ]+)*"
_OPENING = re.compile(
    rf"(?:^|[,;:–—-]\s+|\.\.\.\s*|\s(?=(?:and|but|so|or|because)\s)){_BEFORE}(?:{_AUXILIARY}|{_QUESTION_WORD})\b"
)
_UNMARKED = re.compile(rf"^{_BEFORE}{_AUXILIARY} (?:i|you|we|they|it|there)\b")
_CONDITION = re.compile(rf"^{_BEFORE}(?:if|when|suppose|supposing|say|imagine|were|had|with)\b")
_TAG = re.compile(
    r",\s+(?:right|no|yes|yeah|okay|ok|correct|you know|see|you see|huh|eh|"
    rf"{_AUXILIARY} (?:i|you|we|they|it|there|that))\?\W*$"
)


def manners(text: str, told: Sequence[Clause]) -> Iterator[Manner]:
    """How each clause of a text is said, in order."""
    stretches = asked(text)
    assumed = -1  # the sentence of which what was said so far is assumed
    for number, clause in enumerate(told):
        goes_on = clause.sentence == assumed and _RUNS_ON.match(clause.lower)
        assumed = clause.sentence if goes_on or _ASSUMED.match(clause.lower) else -1
        if only_asks(clause, stretches):
            yield "asked"
        elif _taken_back(told, number) or (_REFUSED.match(clause.lower) and _ends_before(clause, stretches)):
            yield "taken back"
        else:
            reported = _REPORTED.search(clause.lower) or (number and _called_wrong(told[number - 1], clause))
            yield "reported" if reported or assumed >= 0 else "asserted"


def asked(text: str) -> list[tuple[int, int]]:
    """Where a text asks: start and end of each stretch, in characters."""
    found: list[tuple[int, int]] = []
    for sentence in sentences(text):
        lowered = sentence.lower
        if lowered.rstrip("\"'”’)").endswith("?"):
            if not _TAG.search(lowered):
                found.append((sentence.start + _begins(lowered), sentence.end))
        elif _UNMARKED.match(lowered):
            ends = lowered.find(",")
            found.append((sentence.start, sentence.start + ends if ends > 0 else sentence.end))
    return found


def only_asks(clause: Clause, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether at least half of a clause lies in stretches that ask."""
    inside = sum(max(0, min(clause.end, end) - max(clause.start, start)) for start, end in stretches)
    return 2 * inside >= len(clause.text)


def _begins(lowered: str) -> int:
    """Where the question begins in a sentence; what is named in a few words before it belongs to it."""
    opening = _OPENING.search(lowered)
    if opening is None or _CONDITION.match(lowered):
        return 0
    before = lowered[: opening.start()]
    return 0 if count_words(before) <= _NAMED and not _SAYS.search(before) else opening.start()


def _ends_before(clause: Clause, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(0 <= clause.start - end < _AT_ONCE for _, end in stretches)


def _called_wrong(before: Clause, clause: Clause) -> bool:
    """ "It's wrong, too, that an empty cell carries no information"."""
    return clause.lower.startswith("that ") and _CALLED_WRONG.search(before.lower) is not None


def _taken_back(told: Sequence[Clause], number: int) -> bool:
    """Whether the speaker corrects himself or refuses within this clause, or begins the next one by doing so."""
    here = told[number].lower
    if _CORRECTED.search(here) or (_REPLACED.match(here) and not _DENIAL.search(here)):
        return True
    if number + 1 == len(told):
        return False
    following = told[number + 1]
    if _ASIDE.match(following.lower) and number + 2 < len(told):
        following = told[number + 2]
    correction = _CORRECTED.search(following.lower)
    if following.sentence != told[number].sentence:
        return here.endswith(("...", "…")) and correction is not None and correction.start() < _AT_ONCE
    if correction is not None and (correction.start() < _AT_ONCE or _RUNS_ON.match(following.lower)):
        return True
    if _MEANT.match(following.lower) or (here.endswith(", no") and following.lower.startswith("let me ")):
        return True
    return bool(_SET_ASIDE.match(following.lower) or (_REPLACES.match(following.lower) and not _DENIAL.search(here)))
