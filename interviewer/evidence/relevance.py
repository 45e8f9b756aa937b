"""The sentences of an answer that say anything for or against a story; the rest is blanked before the whole is weighed.

Each sentence is judged by itself, so that what stands beside it cannot make it count: an answer with padding, questions
or pasted text around it reads exactly as it does alone. A sentence said again is read once.
Speech without stops has no sentences; what is no language is told there by its words, several strange ones in a row.
"""

import re
from itertools import groupby

from interviewer.evidence import lexicon as lex
from interviewer.evidence.addressed import commands
from interviewer.evidence.assertions import asserts, function_share
from interviewer.evidence.clauses import Clause, clauses, count_words, sentences
from interviewer.evidence.code_blocks import without_code
from interviewer.evidence.story_heads import StoryHeads

LEAST = -1.6  # the best logit that a clause of the sentence has for some signal
_NEVER_ALONE = 3  # words; a shorter sentence is not judged by itself
LEAST_UNTOLD = -0.3  # the same for a sentence without a teller or a figure, as rubrics and guides are written
LEAST_PROSE = 0.12  # share of English function words
_LISTED = 5  # commas
_PROSE = 8  # words; a note in fewer may do without them
_STRANGE = 5  # words in a row; of 3,590 labelled answers none has four
_SPOKEN = re.compile(r"[^\W\d_][\w'’-]*")
_TOLD = re.compile(r"\b(?:i|we|my|our|me|us|i'\w+|we'\w+)\b|\d")
_QUESTION = re.compile(r"\?\W*$")


def relevant(text: str, heads: StoryHeads) -> str:
    """The same length as `text`, blank where a sentence bears on nothing, is code, or was said before."""
    prose = _without_strange(without_code(text), heads)
    seen: set[str] = set()
    for sentence in sentences(prose):
        said = " ".join(re.findall(r"[\w']+", sentence.text.lower()))
        if said in seen or not _bears(sentence, heads):
            prose = prose[: sentence.start] + " " * len(sentence.text) + prose[sentence.end :]
        seen.add(said)
    return _once(prose)


def _without_strange(prose: str, heads: StoryHeads) -> str:
    for met, group in groupby(_SPOKEN.finditer(prose), lambda word: heads.met(word.group())):
        strange = list(group)
        if not met and len(strange) >= _STRANGE:
            start, end = strange[0].start(), strange[-1].end()
            prose = prose[:start] + " " * (end - start) + prose[end:]
    return prose


def _once(prose: str) -> str:
    """Blank what a clause says again: speech without stops has no sentences to be said again."""
    seen: set[str] = set()
    for clause in clauses(prose):
        said = " ".join(re.findall(r"[\w']+", clause.lower))
        if said in seen and said.count(" ") >= _NEVER_ALONE:
            prose = prose[: clause.start] + " " * len(clause.text) + prose[clause.end :]
        seen.add(said)
    return prose


def _bears(sentence: Clause, heads: StoryHeads) -> bool:
    lowered = sentence.lower
    if count_words(sentence.text) < _NEVER_ALONE or (
        _QUESTION.search(sentence.text) and not lex.FIRST_PERSON.search(lowered)
    ):
        return False
    listed = sentence.text.count(",") >= _LISTED and not asserts(sentence.text)
    if count_words(sentence.text) >= _PROSE and (listed or function_share(sentence.text) < LEAST_PROSE):
        return False  # a list of terms, another language, no language
    if commands(sentence):
        return False
    if lex.HYPOTHETICAL.search(lowered) or lex.HABIT.search(lowered) or lex.DENIAL.search(lowered):
        return True
    least = LEAST if _TOLD.search(lowered) else LEAST_UNTOLD
    return bool(heads.clause_logits(clauses(sentence.text)).max() > least)
