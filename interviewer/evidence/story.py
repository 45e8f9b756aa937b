"""Which of the eleven signals of a story an answer shows, with the words that show it; LABELS.md defines the signals.

Trained heads (`story_heads`) weigh the clauses of an opening answer; rules (`story_rules`) deny what has no
precondition (no quantity, no measured result) and read what is told in answer to a follow-up. A signal that is not
shown stays open when a clause in which the candidate tells something speaks for it. Not covered: irony, and other
languages than English.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from math import inf

import numpy as np

from interviewer.domain.evidence import Finding, Reading
from interviewer.evidence import lexicon as lex
from interviewer.evidence.addressed import statements
from interviewer.evidence.clauses import Clause, count_words
from interviewer.evidence.code_blocks import has_code
from interviewer.evidence.follow_ups import line, may_tell
from interviewer.evidence.habits import against_occasion
from interviewer.evidence.marks import Floats, marks
from interviewer.evidence.quantities import before_and_now
from interviewer.evidence.relevance import relevant
from interviewer.evidence.story_heads import TRAINED, shipped_heads
from interviewer.evidence.story_rules import LONG, StoryRules

CLEAR = 1.0  # three quarters likely; from 0 to here a signal is shown, but faintly
OPEN = 0.0  # the logit that a clause needs for its signal to be left open
_FEWEST_WORDS = 5
_SHORT = 360  # words: on the answers labelled for training F1 of rambling 0.82, by length alone 0.80 at best
_STRAYING = ((1, 0.4), (2, 0.6))  # asides, and the share of words below which what is told is too little beside them
_FEW = 90  # words: in a shorter answer nobody strays far
_LOOKED_AT_TWICE = 160  # words: a longer answer would take longer to read than an interviewer may pause
_MOST_SPANS = 4
_NEAR_BEST = 1.5
_FROM_TO = re.compile(r"\bfrom\b.{1,40}\bto\b")
_BY_HOW_MUCH = re.compile(
    r"(?:\b(?:a|one|two) (?:quarter|third|half|fifth|tenth)s?|\bhalf|\btwice|"
    r"\b\d[\d.,]*\s?(?:%|percent|per cent|points?)) (?:as )?(?:\w+ ){0,2}?"
    r"(?:fewer|less|more|faster|slower|lower|higher|better|cheaper|shorter|quicker|down|up|many|much|reduction|increase|"
    r"drop|improvement)\b"
)
_FEWEST_QUOTED = 4  # words: a shorter quote says little to whoever was not there
# What says that there is something of the kind, without saying what.
_EMPTY = {"root_cause": lex.VAGUE_FINDING, "action": lex.MANAGING}
_NEEDS = {"measured_result": lex.QUANTITY, "personal_ownership": lex.FIRST_PERSON}


Weigh = Callable[[str], Floats]  # a text to one logit a trained signal and one for `concise`, from the text as a whole


def read_story(text: str, target: str | None = None, weigh: Weigh | None = None, words: int | None = None) -> Reading:
    """Read an answer; `target` is the signal that the question before it asked for, None for an opening question.

    `weigh` is a second opinion on the whole answer; its logits and the heads' are averaged. `words` is the length of
    the answer as it was given, where `text` has parts of it blanked.
    """
    said = words if words is not None else count_words(text)
    opening = target is None
    rules = StoryRules(relevant(text, shipped_heads()) if opening else text, target)
    ruled = {f.id: f for f in rules.findings() if f.spans}
    logits = shipped_heads().clause_logits(rules.clauses)
    if opening:
        second, of_all = _weighed(rules, text, weigh)
        whole = _logits(rules, ruled, logits, second)
        found = _found(rules, logits, whole)
    else:
        found = _replied(rules, ruled, logits, weigh(text) if weigh is not None and rules.clauses else None)
    still_open = _open(rules, found) if opening and rules.words >= _FEWEST_WORDS else {}
    doubt = _doubt(text, rules, whole, found, of_all) if opening else {}
    if opening and "measured_result" not in found and "action" in found and (pair := before_and_now(text)):
        found["measured_result"] = _finding("measured_result", pair)
        found.setdefault("result", _finding("result", pair))
    if "concise" in ruled and (_keeps_to_it(text, said, rules, logits, of_all) if opening else said <= LONG):
        found["concise"] = ruled["concise"]
    return Reading(
        words=said,
        signals=tuple(found.values()),
        open=tuple(still_open.values()),
        doubt=doubt,
        hooks=rules.hooks(set(found)),
        hypothetical=rules.hypothetical,
        code=has_code(text),
    )


def _weighed(rules: StoryRules, text: str, weigh: Weigh | None) -> tuple[Floats | None, Floats | None]:
    """The second opinion on what bears on something, and on all that was said; of a long answer, one for both."""
    if weigh is None or count_words(text) < _FEWEST_WORDS:
        return None, None
    bears = rules.words >= _FEWEST_WORDS and rules.clauses
    bearing = weigh(rules.text) if bears else weigh(text)
    once = not bears or rules.text == text or count_words(text) > _LOOKED_AT_TWICE
    return bearing, bearing if once else weigh(text)


def _logits(rules: StoryRules, ruled: Collection[str], logits: Floats, second: Floats | None) -> Floats:
    """The answer's logits, one a trained signal; `logits` are those of its clauses."""
    if rules.words < _FEWEST_WORDS or not rules.clauses:
        return np.full(len(TRAINED), -inf)
    whole = shipped_heads().answer_logits(logits, ruled, marks(rules.clauses))
    whole = whole if second is None else (whole + second[: len(TRAINED)]) / 2
    whole[TRAINED.index("real_event")] -= against_occasion(rules.text)
    return whole


def _keeps_to_it(text: str, said: int, rules: StoryRules, logits: Floats, second: Floats | None) -> bool:
    """Whether an opening answer is concise: by the second opinion, and a long one by the words that show something.

    Without a second opinion every answer is judged by its words.
    """
    if second is not None and second[-1] < 0:
        return False
    return (second is not None and said <= LONG) or _short(text, said, rules, logits)


def _short(text: str, said: int, rules: StoryRules, logits: Floats) -> bool:
    """Whether an answer is as short as it could be: its words, those that show nothing counted twice.

    One that strays, by its own words ("as I said", "but to return"), and shows little is not, however short.
    """
    telling = logits.max(axis=1, initial=-inf) >= 0
    useful = sum(count_words(c.text) for c, tells in zip(rules.clauses, telling, strict=True) if tells)
    asides = len(lex.ASIDE.findall(text.lower().replace("’", "'"))) if said >= _FEW else 0
    strays = any(asides >= least and useful < share * said for least, share in _STRAYING)
    return 2 * said - useful <= _SHORT and not strays


def _found(rules: StoryRules, logits: Floats, whole: Floats) -> dict[str, Finding]:
    """What an opening answer shows, by signal."""
    if rules.words < _FEWEST_WORDS or not rules.clauses:
        return {}
    found: dict[str, Finding] = {}
    for at, signal in enumerate(TRAINED):
        told = _telling(rules.clauses, logits[:, at], signal)
        if _denied(rules, signal) or _only_named(rules.clauses, logits[:, at], signal):
            continue
        if told and whole[at] > 0:
            bare = signal == "result" and all(lex.BARE_END.search(c.lower.strip()) for c in told)
            found[signal] = _finding(signal, told, clear=bool(whole[at] > CLEAR) and not bare)
    return found


def _replied(
    rules: StoryRules, ruled: Mapping[str, Finding], logits: Floats, whole: Floats | None
) -> dict[str, Finding]:
    """What a reply to a follow-up shows, by signal; one that was not asked for needs more to speak for it."""
    found: dict[str, Finding] = {}
    weighing = line(layers=whole is not None)
    told = [n for n, c in enumerate(rules.clauses) if may_tell(c)]
    for at, signal in enumerate(TRAINED):
        if _denied(rules, signal) or not told:
            continue
        logit = weighing.logit(
            signal,
            ruled=signal in ruled,
            clause=float(logits[told, at].max()),
            whole=float(whole[at]) if whole is not None else 0.0,
            asked=signal == rules.target,
        )
        best = _telling([rules.clauses[n] for n in told], logits[told, at], signal)
        if logit > 0 and best:
            found[signal] = _finding(signal, best, clear=logit > CLEAR)
    if rules.target in ("measured_result", "result") and told:
        change = [rules.clauses[n] for n in told if _BY_HOW_MUCH.search(rules.clauses[n].lower)]
        if "measured_result" in ruled:
            ends = [rules.clauses[n] for n in told if _FROM_TO.search(rules.clauses[n].lower)]
            change = change or ends or before_and_now(rules.text)
        if _denied(rules, "measured_result") or lex.HYPOTHETICAL.search(rules.text.lower()):
            change = []
        for signal in ("result", "measured_result") if change else ():
            found.setdefault(signal, _finding(signal, change))
    return found


def _doubt(
    text: str, rules: StoryRules, whole: Floats, found: Collection[str], second: Floats | None
) -> dict[str, float]:
    """How likely each missing signal was given after all, by the likelier of what is weighed and all that was said.

    That the candidate acted is not likely where "we" acted and they never say "I", whatever is weighed.
    """
    if rules.text != text:
        full = StoryRules(text)
        logits = shipped_heads().clause_logits(full.clauses)
        whole = np.maximum(whole, _logits(full, full.shown, logits, second))
    likely = zip(TRAINED, 1 / (1 + np.exp(-whole)), strict=True)
    doubt: dict[str, float] = {s: round(float(x), 3) for s, x in likely if s not in found}
    if "personal_ownership" in doubt and rules.by_others:
        doubt["personal_ownership"] = 0.0
    return doubt


def _open(rules: StoryRules, found: Collection[str]) -> dict[str, Finding]:
    """What only a judge can settle. Nothing counts here but what is told, so that no text beside it opens a signal."""
    told = statements(rules.text, rules.clauses)
    if not told:
        return {}
    logits = shipped_heads().clause_logits(told)
    near = {s: _telling(told, logits[:, at], s, OPEN) for at, s in enumerate(TRAINED) if s not in found}
    may = {s: [c for c in told if may_show(s, c.text)] for s, told in near.items() if not _denied(rules, s)}
    return {s: _finding(s, told) for s, told in may.items() if told}


def may_show(signal: str, quote: str) -> bool:
    """Whether a quote has what its signal cannot do without: a quantity, or a first person."""
    needed = _NEEDS.get(signal)
    return needed is None or needed.search(quote.lower().replace("’", "'")) is not None


def _denied(rules: StoryRules, signal: str) -> bool:
    """Whether a plain precondition of the signal fails."""
    if rules.denied and rules.target is None:
        return True
    if signal == "measured_result":
        sized = [c for c in rules.clauses if lex.QUANTITY.search(c.lower)]
        # A number before anybody has done anything is the problem's, unless the rules see a change in it.
        acted = rules.steps[0].clause.start if rules.steps else 0
        return not sized or ("measured_result" not in rules.shown and all(c.start < acted for c in sized))
    if signal == "personal_ownership":
        return rules.onlooker or not any(lex.FIRST_PERSON.search(c.lower) for c in rules.clauses)
    # A run-on story may hold a habit or a wish; one that is mostly made of them tells no occasion.
    return signal == "real_event" and rules.hypothetical and 2 * len(rules.supposed) >= len(rules.clauses)


def _only_named(found: Sequence[Clause], logits: Floats, signal: str) -> bool:
    """Whether all that speaks for a signal names it and is none: "some issues were found", "I held meetings"."""
    pattern = _EMPTY.get(signal)
    speaks = [c for c, x in zip(found, logits, strict=True) if x > OPEN]
    return pattern is not None and bool(speaks) and all(pattern.search(c.lower) for c in speaks)


def _telling(found: Sequence[Clause], logits: Floats, signal: str, least: float = -inf) -> list[Clause]:
    """The clauses that speak most for a signal, each above `least`; the one that says most comes first."""
    may = [n for n, c in enumerate(found) if signal != "measured_result" or lex.QUANTITY.search(c.lower)]
    may = [n for n in may if logits[n] > least]
    if not may:
        return []
    best = max(logits[n] for n in may)
    near = [n for n in may if logits[n] >= best - _NEAR_BEST]
    worth = sorted(
        near,
        key=lambda n: (found[n].text.strip().endswith("?"), count_words(found[n].text) < _FEWEST_QUOTED, -logits[n]),
    )
    return [found[n] for n in worth[:_MOST_SPANS]]


def _finding(signal: str, told: Sequence[Clause], clear: bool = True) -> Finding:
    return Finding(id=signal, spans=tuple(c.span for c in told), how="meaning", clear=clear)
