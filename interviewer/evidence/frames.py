"""Clauses put together with their lead-in ("if ...", "when ...", "to ..."), and which of their words only suppose.

"If L2 gave zeros, I'd use it" states nothing of L2; "when few features matter, I take L1" states its lead-in of what
the main clause names. Not covered: suppositions without such a word ("say that L2 gave zeros").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.evidence.clauses import Clause, clauses
from interviewer.evidence.phrases import tokens_of

_OPENERS = frozenset({"and", "but", "so", "because", "even", "then", "only", "well", "also", "or", "yes", "whereas"})
_SUPPOSING = frozenset({"if", "unless", "were", "had", "suppose"})
_LEADS = _SUPPOSING | {"when", "whenever", "once", "where", "to", "for", "with", "in", "on"}
_JOINING = frozenset({"and", "or"})
_NO_MAIN = _JOINING | {"but", "so", "while", "whereas", "because", "which", "although", "though"}
_NEW_SUBJECT = frozenset("i i'd i'll we we'd we'll you you'd you'll they'd it'd it'll then".split())
_STILL_LEAD = frozenset("that which what when where if and or because than how whether as the to for".split())
_PAST = frozenset("had were was gave used did could made took kept didn't weren't wasn't couldn't".split())
_WOULD = re.compile(r"\b(?:would|wouldn't|might|could|\w+'d)\b")
_BETWEEN = re.compile(r"\bbetween(?: [\w'-]+){1,4}$")
_MORE = frozenset({"more", "less", "worse"})
_ASIDE = frozenset({"like", "such", "say", "e.g", "as"})
_UNCUT = 5  # words of a lead-in that nothing marks off from its main clause: "if you raise the threshold recall falls"


@dataclass(frozen=True)
class Frame:
    """Words before `lead` are the lead-in, words from `tail` on a condition put behind.

    `supposes`: the lead-in asserts nothing; `purpose`: it says what for; `unreal`: the main clause says what would be;
    `guessed`: nothing marks where the lead-in ends.
    """

    clause: Clause
    tokens: tuple[str, ...]
    lead: int
    tail: int
    supposes: bool = False
    purpose: bool = False
    unreal: bool = False
    guessed: bool = False

    def supposed(self, place: int) -> bool:
        return place >= self.tail or (self.supposes and place < self.lead)

    def in_condition(self, place: int) -> bool:
        return place < self.lead or place >= self.tail


def frames(text: str) -> Iterator[Frame]:
    """The clauses of an answer in order, a lead-in together with its main clause."""
    found = list(_joined(text, clauses(text)))
    at = 0
    while at < len(found):
        last = _main_clause(text, found, at)
        clause = found[at]
        if last > at:
            end = found[last].end
            clause = Clause(text[clause.start : end], clause.start, clause.sentence)
        yield _frame(clause, len(tokens_of(text[clause.start : found[last].start].lower())) if last > at else 0)
        at = last + 1


def _joined(text: str, found: Sequence[Clause]) -> Iterator[Clause]:
    """ "The relation between features and target changes" is one clause, though "and" stands in it."""
    held: Clause | None = None
    for clause in found:
        if held is not None and held.sentence == clause.sentence and _opens_pair(held.lower, clause.lower):
            held = Clause(text[held.start : clause.end], held.start, held.sentence)
            continue
        if held is not None:
            yield held
        held = clause
    if held is not None:
        yield held


def _opens_pair(before: str, after: str) -> bool:
    return after.startswith("and ") and _BETWEEN.search(before) is not None


def _main_clause(text: str, found: Sequence[Clause], at: int) -> int:
    """The number of the clause that a lead-in at `at` leads to; `at` itself when it is none, or holds its own."""
    tokens = tokens_of(found[at].lower)
    if _compares(tokens) and _follows(found, at, at + 1) and _compares(tokens_of(found[at + 1].lower)):
        return at + 1
    opener = _opener(tokens)
    if opener is None or "," in found[at].text or _boundary(tokens, opener):
        return at
    last = at + 1
    while _follows(found, at, last) and _first(found[last]) in _JOINING and _follows(found, at, last + 1):
        last += 1
    if _follows(found, at, last + 1) and _first(found[last]) in _ASIDE:
        last += 1
    comma = last < len(found) and "," in text[found[last - 1].end : found[last].start]
    return last if comma and _follows(found, at, last) and _first(found[last]) not in _NO_MAIN else at


def _compares(tokens: Sequence[str]) -> bool:
    """ "The smaller the test set, the less ...": the first half says nothing without the second."""
    start = next((n for n, t in enumerate(tokens) if t not in _OPENERS), 0)
    more = tokens[start + 1 : start + 2]
    return tokens[start : start + 1] == ["the"] and bool(more) and (more[0] in _MORE or more[0].endswith("er"))


def _follows(found: Sequence[Clause], at: int, number: int) -> bool:
    return number < len(found) and found[number].sentence == found[at].sentence


def _first(clause: Clause) -> str:
    return next(iter(tokens_of(clause.lower)), "")


def _opener(tokens: Sequence[str]) -> int | None:
    """Where the word stands that makes this clause a lead-in."""
    at = next((n for n, t in enumerate(tokens) if t not in _OPENERS), len(tokens))
    leads = at + 2 < len(tokens) and tokens[at] in _LEADS
    return at if leads and (tokens[at] != "to" or tokens[at + 1] not in ("the", "me", "my", "be")) else None


def _boundary(tokens: Sequence[str], opener: int) -> int:
    """Where the main clause begins that stands in one piece with its lead-in; 0 when no new subject shows it."""
    for place in range(opener + 2, len(tokens)):
        if tokens[place] in _NEW_SUBJECT and tokens[place - 1] not in _STILL_LEAD:
            return place
    return 0


def _frame(clause: Clause, lead: int) -> Frame:
    tokens = tuple(tokens_of(clause.lower))
    opener = _opener(tokens)
    behind = (n for n, t in enumerate(tokens) if t in ("if", "unless") and n > (opener or 0) and n >= lead)
    tail = next(behind, len(tokens)) if opener is not None or tokens[:1] not in (("if",), ("unless",)) else len(tokens)
    if opener is None:
        return Frame(clause, tokens, 0, tail)
    supposes = tokens[opener] in _SUPPOSING
    guessed = not lead and "," not in clause.text and not _boundary(tokens, opener)
    lead = lead or _lead_inside(clause, tokens, opener, supposes)
    past = any(t in _PAST or (t.endswith("ed") and len(t) > 4) for t in tokens[:lead])
    unreal = supposes and past and bool(_WOULD.search(" ".join(tokens[lead:])))
    return Frame(clause, tokens, lead, tail, supposes, tokens[opener] == "to", unreal, guessed)


def _lead_inside(clause: Clause, tokens: Sequence[str], opener: int, supposes: bool) -> int:
    if "," in clause.text:
        return len(tokens_of(clause.lower[: clause.lower.index(",")]))
    return _boundary(tokens, opener) or (opener + _UNCUT if supposes else 0)
