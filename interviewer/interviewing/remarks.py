"""What of an answer can be said back to the candidate: short whole clauses, turned to "you", or else quoted.

"I moved them to ten" becomes "you moved them to ten". A clause whose turning would be a guess (notes without a
subject, a name or a common noun at the head of a sentence) is quoted letter by letter. Left out: what is no clause,
what begins or ends in the middle of a thought, questions, and general advice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.evidence import lexicon as lex
from interviewer.evidence.actors import Act, Actor, acts, is_past
from interviewer.evidence.clauses import Clause, clauses

_FEWEST, _MOST = 3, 14  # words

_OPENERS = re.compile(
    r"^(?:(?:and|but|so|then|because|since|as|although|though|while|when|until|well|um|uh|ah|yeah|okay|ok|"
    r"right|also|first|second|finally|"
    r"eventually|after that|after it|in the end|anyway|basically|honestly|frankly|like|now|or|either|"
    r"you know|i mean|i think|that is|"
    r"of course|in short|to be honest|instead|later|afterwards|meanwhile|luckily|sadly)\b[, ]+)+",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"[\"“”?!()…\[\]<>{}=*/\\]|\b(?:you|your|yourself|y'know|etc|suppose|imagine|question|i mean|i guess|"
    r"i suppose|i would say|"
    r"i'd say|i could tell|let's|let us|i remember|lesson|i should say|um|uh|er|erm|ah|that's it|whatever)\b",
    re.IGNORECASE,
)
_DANGLING = frozenset(
    "it this that they he she them these those there which who whose what where how why if whether such".split()
)
_UNFINISHED = frozenset(
    """
    a an the and or but so to of in on at by for with from as than that which who whose if when while because into onto
    about over under is are was were be been am has have had do does did will would could should can may might must not
    my our his her their its your this these those very more most what how why where whether until since before after
    between against without within we i they he she said say thought felt i'd we'd he'd she'd i'm being each every said
    """.split()
)
_FINITE = frozenset(
    """
    was were is are am had has have would could should will can did does do might must may wasn't weren't isn't aren't
    hadn't hasn't haven't wouldn't couldn't won't can't didn't doesn't don't i'm i've we've they're we're it's
    he's she's
    """.split()
)
_HEADS = frozenset(
    """
    the a an my our his her their its this that these those every each all some several many most both two three four
    five six nobody everybody everyone somebody someone people customers users nothing everything one
    """.split()
)
_ARTICLES = frozenset({"a", "an", "the", "my", "our", "his", "her", "their", "this", "every", "each"})
_PLACES = frozenset("in at on by during after before without with under from for over throughout within".split())
# What was thought is not what was done; and nobody is told that they said that they said something.
_ASIDE = re.compile(
    r"^(?:i|we)(?:'ve|'d|'m)? (?:\w+ly )?(?:said(?! (?:no|yes)\b)|say|thought|think|felt|feel|believed?|"
    r"guess\w*|hoped?|hoping|must|remember\w*|saw it|mean|know|"
    r"suppose\w*|recall|forget|forgot)\b|^people (?:think|say|said|tell)\b|^the (?:thing|point|truth|"
    r"trick|question|answer|other|latter|former)\b|^(?:i|we) (?:was|were|am|are) the (?:one|only)\b",
    re.IGNORECASE,
)
# An apposition or a relative clause whose main clause stands elsewhere.
_CUT_OFF = re.compile(
    r"^(?:the|a|an|our|my|one|every|some|those|all)(?: [\w'-]+)?(?: (?!week|day|morning|night|month|year|"
    r"time|evening|afternoon)[\w'-]+) "
    r"(?:i|we)\b|^(?:the|a|an|our|my|one|every|some|those|all)(?: [\w'-]+){1,2} (?:that|who|which|whose|"
    r"called|where|when)\b|\b(?:would|i'd) (?:first|then|also)$|\bbetween [\w-]+$| or (?:i|we)\b|"
    r"^(?:by|in|on|at|with|for|from) (?:i|we|he|she|it|they)\b|^\w+ (?:me|us)\b",
    re.IGNORECASE,
)
_YOURS = {
    "i": "you", "we": "you", "me": "you", "us": "you", "my": "your", "our": "your", "mine": "yours", "ours": "yours",
    "myself": "yourself", "ourselves": "yourselves", "i'm": "you're", "we're": "you're", "i've": "you've",
    "we've": "you've", "i'd": "you'd", "we'd": "you'd", "i'll": "you'd", "we'll": "you'd",
}  # fmt: skip
_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*%?")
_TO_BE = (
    (re.compile(r"\byou((?: (?:also|just|only|never|always|then|still))?) (?:was|am)\b"), r"you\1 were"),
    (re.compile(r"\b(?:was|am) you\b"), "were you"),
    (re.compile(r"\byou wasn't\b"), "you weren't"),
    (re.compile(r"^(you .{0,60}\band) was\b"), r"\1 were"),
)

_TROUBLE = re.compile(
    r"\b(?:fail\w*|broke\w*|breaking|wrong|stopped|slow\w*|missing|missed|lost|losing|drop(?:s|ped|ping)|"
    r"fell|complain\w*|unhappy|afraid|"
    r"wouldn't|couldn't|problems?|troubles?|errors?|faults?|stuck|stalled|drift\w*|leak\w*|crash\w*|worse|"
    r"bad|exhausted|crying|"
    r"screamed|quit\w*|doubled|costing|too (?:much|many|high|slow|long|late|expensive)|out of|late|(?:was|"
    r"were|fell|fallen) behind|short|no longer|stale|not "
    r"(?:satisfied|happy|pleased)|weird|strange|poor|weak|struggl\w*|delay\w*|frozen|rotten|unreliable|"
    r"angry|tired|sick|wheezed)\b"
)
_ENDED = re.compile(
    r"\b(?:fixed|solved|repaired|since then|again|became|no more|to none|not slow|decided|by a (?:third|"
    r"half|quarter))\b"
)
_PRAISED = re.compile(
    r"\b(?:amazing|fantastic|great|success\w*|happy|pleased|grateful|glad|satisfied|passed|paid off|"
    r"came right|thanked|praised|congratulated)\b"
)
_COMPARED = re.compile(r"\b(?:better|calmer|happier|faster|quicker|easier|cheaper|safer|smoother|fewer|improvement)\b")
_LOOKED = frozenset(
    """
    found saw noticed compared looked checked listened read traced measured watched dug examined plotted replayed
    sampled inspected
    audited profiled counted weighed discovered realised realized
    """.split()
)
_BESIDE = re.compile(  # one way set beside another
    r"\bconsidered\b|er than\b|\b(?:was|were|is|are) (?:\w+ (?:but|and) )?"
    r"(?:faster|quicker|easier|cheaper|safer|simpler|slower|better)\b"
)
_NEGATED = re.compile(r"\b(?:not|never|nothing|nobody|none)\b|n't\b")
_ROLE = frozenset("ran run led owned managed did had got used".split())  # a post or a habit rather than a step
_SPOILT = re.compile(r"^you (?:had |have )?(?:wasted|lost|missed|failed|broke|forgot|messed|ruined|made a mistake)\b")
_DONE_TO = re.compile(r"\b(?:stopped|dropped|worked|grew|rose|fell|went (?:up|down))\b")  # "I stopped the train"
_UNDERGONE = frozenset(
    "suspected expected feared believed promised told asked needed hired given shown supposed required called".split()
)
_OWN_WILL = re.compile(r"^you (?!were\b|had\b|ran\b|lost\b|missed\b|fell\b|kept\b)")
_MODAL = re.compile(r"\b(?:would|could|might|can|will|should|i'd|we'd|i'll|we'll)\b")


@dataclass(frozen=True)
class Remark:
    """`text` follows "You said"; `kinds` say what the clause tells, for the question that is hung on it."""

    text: str
    kinds: frozenset[str]
    quoted: bool = False

    @property
    def weight(self) -> int:
        """How much it says: different words that carry meaning, up to a point."""
        words = {w.lower() for w in _TOKEN.findall(self.text)} - lex.STOPWORDS - lex.VAGUE_OBJECT
        return min(len(words), 5)


def remarks(answer: str) -> list[Remark]:
    """The clauses of an answer that can be said back, in its order."""
    found = clauses(answer)
    by_clause = {a.clause: a for a in acts(found)}
    first_deed = min((a.clause.start for a in by_clause.values() if a.actor in ("i", "we")), default=0)
    done: list[Remark] = []
    for clause in found:
        act = by_clause.get(clause)
        if said := _said_back(clause, act.actor if act else None, answer):
            text, quoted = said
            kinds = frozenset(_kinds(clause, act, text))
            early = kinds <= {"fact", "others"} and clause.start < first_deed and not text.startswith("you")
            done.append(Remark(text, kinds | {"early"} if early else kinds, quoted))
    return done


def _said_back(clause: Clause, actor: Actor | None, answer: str) -> tuple[str, bool] | None:
    bare = clause.text.replace("’", "'").rstrip(" ,;:.-–—")
    opener = _OPENERS.match(bare)
    text = (bare[opener.end() :] if opener else bare).split(", ")[0]
    tokens = _TOKEN.findall(text)
    if not _FEWEST <= len(tokens) <= _MOST or _NEVER.search(text):
        return None
    first, last = tokens[0].lower(), tokens[-1].lower()
    if last in _UNFINISHED or first.split("'")[0] in _DANGLING or not text[0].isalnum() or not _is_clause(tokens):
        return None
    if _ASIDE.search(text) or _CUT_OFF.search(text) or lex.DENIAL.search(text.lower()):
        return None
    if first in ("i", "we", "i'd", "i've", "i'm", "we'd", "we've", "we're"):
        return _to_you(text), False
    if is_past(first) and actor in ("i", "we") and text[0].islower():
        return f"you {_to_you(text)}", False
    if is_past(first) or first in _FINITE or first.endswith("ing"):
        return (_quoted(text), True) if text[0].isupper() and not _first_person(tokens) else None
    at_head = text[0].isupper()
    if first in _HEADS or (at_head and first in _PLACES) or (at_head and re.search(rf"\b{re.escape(first)}\b", answer)):
        return _to_you(text[0].lower() + text[1:]), False
    if not at_head:
        verb = tokens[1].lower()
        begins = first in _PLACES or (not first.endswith("y") and (verb in _FINITE or is_past(verb)))
        return (_to_you(text), False) if begins else None
    return (_quoted(text), True) if not _first_person(tokens) else None


def _is_clause(tokens: list[str]) -> bool:
    """Whether there is a verb after a subject: not a bare phrase, and not a verb alone."""
    lowered = [t.lower() for t in tokens]
    first = 2 if lowered[0] in _ARTICLES else 0  # "a skilled worker" has no verb
    return any(w in _FINITE or is_past(w) for w in lowered[first : max(5, len(lowered) - 1)])


def _first_person(tokens: list[str]) -> bool:
    return any(t.lower() in _YOURS for t in tokens)


def _quoted(text: str) -> str:
    return f"“{text}”"


def _to_you(text: str) -> str:
    turned = _TOKEN.sub(lambda m: _YOURS.get(m.group().lower(), m.group()), text)
    for pattern, instead in _TO_BE:
        turned = pattern.sub(instead, turned)
    return turned


def _kinds(clause: Clause, act: Act | None, said: str) -> Iterator[str]:
    text = clause.lower
    if lex.HYPOTHETICAL.search(text) or lex.HABIT.search(text) or _MODAL.search(text):
        yield "supposed" if said.startswith("you") else "general"
    elif lex.REFLECTION.search(text) or re.search(r"\blearn(?:t|ed)\b", text):
        yield "reflected"
    elif lex.VAGUE_DEED.search(text):
        yield "vague"
    elif lex.ALTERNATIVE.search(text) or _BESIDE.search(text):
        yield "weighed"
    elif _SPOILT.match(said) or (act is not None and _NEGATED.search(text)):
        yield "trouble"
    elif act is not None and act.verb in _LOOKED and act.actor != "nobody":
        yield "finding"
    elif outcome := _outcome(text, act):
        yield outcome
    elif act is None or act.actor == "other" or act.verb in _ROLE:
        troubled = _TROUBLE.search(text) and not _ENDED.search(text) and not _OWN_WILL.match(said)
        yield "trouble" if troubled else "others" if act and act.actor == "other" else "fact"
    elif act.actor == "nobody":
        yield "fact" if act.verb in _UNDERGONE else "passive"
    else:
        yield "own" if act.actor == "i" else "group"


def _outcome(text: str, act: Act | None) -> str | None:
    deed = act is not None and act.actor in ("i", "we")
    sized = lex.STRONG_CHANGE if act else lex.QUANTITY
    if (
        (lex.CLAIMED_CHANGE.search(text) and not (deed and _DONE_TO.search(text)))
        or _COMPARED.search(text)
        or (lex.OUTCOME.search(text) and sized.search(text))
    ):
        return "change"
    return "praise" if lex.EMPTY_OUTCOME.search(text) or _PRAISED.search(text) else None
