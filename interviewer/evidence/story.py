"""Which of the eleven signals of a story an answer shows, with the words that show it; LABELS.md defines the signals.

Trained heads (`story_heads`) weigh the clauses of an opening answer; rules (`story_rules`) deny what has no
precondition (no quantity, no measured result) and read what is told in answer to a follow-up. A signal that the heads
find neither likely nor unlikely is left open. Not covered: irony, and other languages than English.
"""

from collections.abc import Sequence

from interviewer.domain.evidence import Finding, Reading
from interviewer.evidence import lexicon as lex
from interviewer.evidence.clauses import Clause, has_code
from interviewer.evidence.marks import Floats, marks
from interviewer.evidence.story_heads import TRAINED, shipped_heads
from interviewer.evidence.story_rules import StoryRules

OPEN = -1.1  # a logit: a quarter likely
FOLLOW_UP = 1.0  # a clause alone must be this clear, because a follow-up's answer has no story around it
_FEWEST_WORDS = 5
_MOST_SPANS = 4
_NEAR_BEST = 1.5


def read_story(text: str, target: str | None = None) -> Reading:
    """Read an answer; `target` is the signal that the question before it asked for, None for an opening question."""
    rules = StoryRules(text, target)
    ruled = {f.id: f for f in rules.findings() if f.spans}
    found, still_open = _weighed(rules, ruled, target)
    if "concise" in ruled:
        found["concise"] = ruled["concise"]
    return Reading(
        words=rules.words,
        signals=tuple(found.values()),
        open=tuple(still_open.values()),
        hooks=rules.hooks(set(found)),
        hypothetical=rules.hypothetical,
        code=has_code(text),
    )


def _weighed(
    rules: StoryRules, ruled: dict[str, Finding], target: str | None
) -> tuple[dict[str, Finding], dict[str, Finding]]:
    """What is shown and what stays open, by signal."""
    if rules.words < _FEWEST_WORDS or not rules.clauses:
        return (ruled, {}) if target else ({}, {})
    heads = shipped_heads()
    logits = heads.clause_logits(rules.clauses)
    whole = heads.answer_logits(logits, ruled, marks(rules.clauses))
    found: dict[str, Finding] = {}
    still_open: dict[str, Finding] = {}
    for at, signal in enumerate(TRAINED):
        if _denied(rules, signal):
            continue
        told = _telling(rules.clauses, logits[:, at], signal)
        if target is not None:
            if signal in ruled:
                found[signal] = ruled[signal]
            elif told and logits[:, at].max() > FOLLOW_UP:
                found[signal] = _finding(signal, told)
        elif told and whole[at] > 0:
            found[signal] = _finding(signal, told)
        elif told and whole[at] > OPEN:
            still_open[signal] = _finding(signal, told)
    return found, still_open


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
        return not any(lex.FIRST_PERSON.search(c.lower) for c in rules.clauses)
    return signal == "real_event" and rules.hypothetical


def _telling(found: Sequence[Clause], logits: Floats, signal: str) -> list[Clause]:
    """The clauses that speak most for a signal, in the order in which they were said."""
    may = [n for n, c in enumerate(found) if signal != "measured_result" or lex.QUANTITY.search(c.lower)]
    if not may:
        return []
    best = max(logits[n] for n in may)
    near = [n for n in may if logits[n] >= best - _NEAR_BEST]
    return [found[n] for n in sorted(sorted(near, key=lambda n: -logits[n])[:_MOST_SPANS])]


def _finding(signal: str, told: Sequence[Clause]) -> Finding:
    return Finding(id=signal, spans=tuple(c.span for c in told), how="meaning")
