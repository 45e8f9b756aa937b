"""What candidates write, and what guides write: abbreviations, and the small words that say nothing.

Not here: stems (`bm25`), and what a question is about.
"""

import re

STOP = frozenset(
    """
    a about am an and any are as at be been being but by can could did do does doing for from get had has have having he
    her here his how i if in into is it its itself just me more most my no nor not of on or our ours out over own she
    should so some such than that the their them then there these they this those through to too up very was we were
    what when where which while who whom why will with would you your yours tell give need want like let say im ive
    youre theyre dont doesnt didnt isnt arent wasnt cant wont whats thats hows wheres whos whens whys theres heres lets
    shes hes weve theyve youve youll theyll itll youd theyd shouldnt couldnt wouldnt havent hasnt hadnt werent gonna
    wanna gotta pls please ok okay hi hey really actually basically ever even also still thing things something anything
    someone anyone stuff go goes going went gets getting got know think happen happens happened look looks
    """.split()
)
# One meaning each in this field; "cv" has two and stands among the tokens alone.
_ABBREVIATIONS = {
    "bst": "binary search tree",
    "dp": "dynamic programming",
    "ds": "data structure",
    "dsa": "data structures and algorithms",
    "hm": "hiring manager",
    "lca": "lowest common ancestor",
    "llm": "large language model",
    "llms": "large language models",
    "lp": "leadership principle",
    "lps": "leadership principles",
    "ml": "machine learning",
    "mle": "machine learning engineer",
    "mles": "machine learning engineers",
    "nn": "neural network",
    "oa": "online assessment",
    "ood": "object-oriented design",
    "oop": "object-oriented programming",
    "prod": "production",
    "rag": "retrieval-augmented generation",
    "xgb": "xgboost",
}
# Guides write these short and long, so that the short form is a word too.
_BOTH_FORMS = frozenset({"llm", "ml", "rag"})
_SAME = {word: tuple(re.findall(r"\w+", long)) for word, long in _ABBREVIATIONS.items()} | {
    "cv": ("cv", "resume"),
    "resume": ("cv", "resume"),
}
_WORD = re.compile(r"[^\W_]+")


def spelled_out(text: str) -> str:
    """The text with its abbreviations written in full, which is how the embedder was taught to read."""
    return _WORD.sub(lambda found: _ABBREVIATIONS.get(found[0].lower(), found[0]), text)


def meant(word: str) -> tuple[str, ...]:
    """The words, in lower case, that a word in lower case stands for; none where it says nothing."""
    if word in STOP:
        return ()
    long = tuple(part for part in _SAME.get(word, (word,)) if part not in STOP)
    return (word, *long) if word in _BOTH_FORMS else long


def names_in(heading: str) -> set[str]:
    """The names of two to six words that a heading gives: of a principle, a stage, a method. "Dive Deep: prove the
    cause" gives "dive deep" too, and "Are Right, A Lot" keeps its small words."""
    parts = (plain(part).split() for part in re.split(r"[:>;.?]", heading))
    return {" ".join(words) for words in parts if 2 <= len(words) <= 6}


def plain(text: str) -> str:
    """Words in lower case with one space between them."""
    return " ".join(_WORD.findall(re.sub("['’]", "", text.lower())))
