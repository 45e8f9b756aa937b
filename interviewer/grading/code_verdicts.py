"""Levels that rest on code: whether it is right, how it reads, whether a failure was mended, how many hints it took.

Each level quotes a line of the candidate's code. Several problems in one round are averaged, and half goes down.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.domain.coding import Examined
from interviewer.domain.rubric import CODE_RUN
from interviewer.domain.scorecard import Quote
from interviewer.grading.code import CodeWork, Version

_NEARLY = 0.8  # of the hidden tests
_HINT_LEVELS = {"small": 4, "medium": 3, "large": 2}
_ASIDE = re.compile(r"\s*(?:import|from|def|class|@|#|\"{3}|'{3})")
_QUICK = 2  # failing versions that are a slip rather than a search
NOTHING_TYPED = "no code was handed in, so whether it works stays open"


@dataclass(frozen=True)
class CodeLevel:
    """`level` is None where it cannot be told, for the reason given."""

    level: int | None
    reason: str
    quotes: tuple[Quote, ...] = ()


def code_level(signal: str, works: Sequence[CodeWork], reasoned: bool) -> CodeLevel:
    """The level on one of CODE_SIGNALS. `reasoned`: the candidate said why the code must be right."""
    settle = {
        CODE_RUN: lambda work: _correct(work, reasoned),
        "clean": _clean,
        "recovery": _recovery,
        "independence": _independence,
    }[signal]
    settled = [settle(work) for work in works]
    levels = [s.level for s in settled if s.level is not None]
    reason = " ".join(dict.fromkeys(s.reason for s in settled if s.level is not None or not levels))
    if not levels:
        return CodeLevel(None, reason or NOTHING_TYPED)
    mean = int(sum(levels) / len(levels) + 0.499)
    return CodeLevel(mean, reason, tuple(q for s in settled for q in s.quotes))


def _missing(work: CodeWork) -> CodeLevel:
    if work.asked_for_code:
        return CodeLevel(1, f"“{work.problem.title}”: asked for code, and none was handed in.")
    return CodeLevel(None, NOTHING_TYPED)


def _correct(work: CodeWork, reasoned: bool) -> CodeLevel:
    last = work.last
    if last is None:
        return _missing(work)
    if last.examined is None:
        return CodeLevel(None, last.why_not)
    level, why = _tested(last.examined)
    if level == 5 and (not reasoned or len(work.failed_before) > 1):
        short = "no reason was given why it must be right" if not reasoned else "it took several failing versions"
        level, why = 4, f"{why}; {short}"
    return CodeLevel(level, f"“{work.problem.title}”: {why}.", (last.head,))


def _tested(done: Examined) -> tuple[int, str]:
    examples = [t for t in done.tests if t.is_example]
    hidden = [t for t in done.tests if not t.is_example]
    passed = sum(t.verdict == "passed" for t in hidden)
    said = f"{done.count_passed} of {len(done.tests)} tests passed"
    if done.passed:
        return 5, said
    if not any(t.verdict == "passed" for t in examples):
        return 1, f"{said}, and no example"
    if any(t.verdict != "passed" for t in examples):
        return 2, f"{said}, not all examples among them"
    failing = [t for t in hidden if t.verdict not in ("passed", "skipped")]
    if all(t.verdict == "timed_out" for t in failing):
        return 3, f"{said}; it is right as far as it gets and too slow for {_named([t.name for t in failing])}"
    wrong = _named([t.name for t in failing])
    return (3 if passed >= _NEARLY * len(hidden) else 2), f"{said}; it fails {wrong}"


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(name.replace("-", " ") for name in names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


def _clean(work: CodeWork) -> CodeLevel:
    last = work.last
    if last is None:
        return CodeLevel(None, NOTHING_TYPED)
    if last.examined is None:
        return CodeLevel(None, last.why_not)
    if broken := last.examined.not_python:
        return CodeLevel(1, f"It is not valid Python: {broken.got}.", (last.line(broken.line or 1),))
    found = work.remarks()
    told = "; ".join(f"line {r.line}, {r.text}" for r in found)
    why = f"To be remarked on: {told}." if found else "Nothing was left over, repeated, nested too deeply or swallowed."
    right, level = _tested(last.examined)[0], max(1, 5 - len(found))
    if level > right + 1:  # what does nothing is easily tidy
        level, why = right + 1, f"{why} Held at {right + 1}, because it solves too little of the problem."
    return CodeLevel(level, why, tuple(last.line(r.line) for r in found[:2]) or (last.head,))


def _recovery(work: CodeWork) -> CodeLevel:
    last, failed = work.last, work.failed_before
    if last is None or last.examined is None:
        return CodeLevel(None, NOTHING_TYPED if last is None else last.why_not)
    if not failed and last.solved:
        return CodeLevel(None, "nothing failed, so there was nothing to recover from")
    if not failed:
        return CodeLevel(None, "the code that failed was handed in once, and not worked on after that")
    changed = _changed(failed[-1], last)
    if last.solved:
        quick = len(failed) <= _QUICK and not work.hints
        how = "found and mended without a hint" if quick else "mended in the end"
        return CodeLevel(5 if quick else 4, f"{_times(len(failed))} did not pass; the fault was {how}.", changed)
    before, now = failed[0].examined, last.examined
    better = before is not None and now.count_passed > before.count_passed
    told = "more tests pass than before, not all" if better else "no more tests pass than before"
    return CodeLevel(2 if better else 1, f"After {_times(len(failed)).lower()} that failed, {told}.", changed)


def _times(count: int) -> str:
    return "One version" if count == 1 else f"{count} versions"


def _changed(before: Version, after: Version) -> tuple[Quote, ...]:
    """The first line of the solution itself that is new or different."""
    old, new = before.block.code.splitlines(), after.block.code.splitlines()
    for kind, _, _, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        filled = [n for n in range(start, end) if new[n].strip() and not _ASIDE.match(new[n])]
        if kind in ("replace", "insert") and filled:
            return (after.line(filled[0] + 1),)
    return (after.head,)


def _independence(work: CodeWork) -> CodeLevel:
    last = work.last
    if last is None or last.examined is None:
        return CodeLevel(None, NOTHING_TYPED if last is None else last.why_not)
    strongest = min((_HINT_LEVELS.get(strength, 4) for strength in work.hints), default=5)
    given = f"{len(work.hints)} hint(s), the strongest {work.hints[-1]}" if work.hints else "no hint"
    if last.solved:
        return CodeLevel(strongest, f"“{work.problem.title}” was solved with {given}.", (last.head,))
    return CodeLevel(min(strongest, 2), f"“{work.problem.title}” was not solved, with {given}.", (last.head,))


def solved_share(work: CodeWork) -> float | None:
    """What the tests say of the code, 0 to 1; None where nothing was run. What fails some tests earns half at most."""
    done = work.last.examined if work.last else None
    if done is None:
        return None
    return 1.0 if done.passed else 0.5 * done.count_passed / len(done.tests)
