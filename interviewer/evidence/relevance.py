"""The sentences of an answer that say anything for or against a story; the rest is blanked before the whole is weighed.

Each sentence is judged by itself, so that what stands beside it cannot make it count: an answer with padding, questions
or pasted text around it reads exactly as it does alone. A sentence said again is read once.
"""

import re

from interviewer.evidence import lexicon as lex
from interviewer.evidence.clauses import Clause, clauses, count_words, sentences, without_code
from interviewer.evidence.story_heads import StoryHeads

LEAST = -1.6  # the best logit that a clause of the sentence has for some signal
_NEVER_ALONE = 3  # words; a shorter sentence is not judged by itself
_QUESTION = re.compile(r"\?\W*$")


def relevant(text: str, heads: StoryHeads) -> str:
    """The same length as `text`, blank where a sentence bears on nothing, is code, or was said before."""
    prose = without_code(text)
    seen: set[str] = set()
    for sentence in sentences(prose):
        said = " ".join(re.findall(r"[\w']+", sentence.text.lower()))
        if said in seen or not _bears(sentence, heads):
            prose = prose[: sentence.start] + " " * len(sentence.text) + prose[sentence.end :]
        seen.add(said)
    return prose


def _bears(sentence: Clause, heads: StoryHeads) -> bool:
    lowered = sentence.lower
    if count_words(sentence.text) < _NEVER_ALONE or (
        _QUESTION.search(sentence.text) and not lex.FIRST_PERSON.search(lowered)
    ):
        return False
    if lex.HYPOTHETICAL.search(lowered) or lex.HABIT.search(lowered) or lex.DENIAL.search(lowered):
        return True
    return bool(heads.clause_logits(clauses(sentence.text)).max() > LEAST)
