"""The code of a thread, run again: what was handed in last, what came of it and of the versions before it.

What a transcript says about its own runs is never believed. Runs are remembered by problem and code. Not here: what
it is worth (`code_verdicts`), and how it is run (`coding`).
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from interviewer.coding.naming import binds, named
from interviewer.domain.coding import CodeTest, Examined, TestResult, run_kind
from interviewer.domain.question import Problem
from interviewer.domain.scorecard import CodeCard, Quote
from interviewer.domain.transcript import Turn
from interviewer.errors import BadInput, SandboxUnavailable
from interviewer.evidence.code_blocks import CodeBlock, last_code, only_code, without_code
from interviewer.evidence.readable_code import Remark, first_line, parsed, remarks
from interviewer.grading.complexity import Checked, Measure, Withdrawn, checked, corrects, withdrawn

_MOST_EARLIER = 3  # versions before the last that are run again
_KEPT = 512
_PYTHON = frozenset({"", "python", "py", "python3"})
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
NO_SANDBOX = "the code was not run, so whether it is correct stays open"
Examine = Callable[[Problem, str], Examined]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Version:
    """One state of the code, as it stands in a turn. `examined` is None where it was not run; `why_not` says why."""

    turn: int
    block: CodeBlock
    examined: Examined | None
    why_not: str = ""

    @property
    def solved(self) -> bool:
        return self.examined is not None and self.examined.passed

    def line(self, number: int) -> Quote:
        """The line of this number, from 1, as a quote; the last one where the code is shorter."""
        lines = self.block.code.splitlines() or [""]
        place = min(max(number, 1), len(lines)) - 1
        start = self.block.start + sum(len(text) + 1 for text in lines[:place])
        text = lines[place]
        start += len(text) - len(text.lstrip())
        return Quote(turn=self.turn, start=start, end=start + len(text.strip()), quote=text.strip())

    @property
    def head(self) -> Quote:
        """The line that names the solution."""
        return self.line(first_line(self.block.code))


@dataclass(frozen=True)
class CodeWork:
    """`versions` in order, each different from the one before; the last is what counts. `hints` by strength, in order.

    `asked_for_code` is whether the interviewer said to write it down: who then hands nothing in has no code. `claim` is
    what was said about its complexity, set beside what is known, and `withdrawn` knows what of that was taken back.
    `minutes` say when in the work each version came.
    """

    problem: Problem
    versions: tuple[Version, ...]
    hints: tuple[str, ...]
    asked_for_code: bool
    claim: Checked | None = None
    withdrawn: Withdrawn | None = None
    minutes: tuple[float, ...] = ()

    @property
    def last(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    @property
    def failed_before(self) -> tuple[Version, ...]:
        return tuple(v for v in self.versions[:-1] if v.examined is not None and not v.examined.passed)

    def remarks(self) -> tuple[Remark, ...]:
        return remarks(self.last.block.code) if self.last else ()


class CodeReader:
    """Runs the code of a thread through `examine`, which raises SandboxUnavailable where code must not run.

    `measure` times it on growing inputs where a claim about its complexity is in doubt.
    """

    def __init__(self, examine: Examine | None, measure: Measure | None = None) -> None:
        self._examine = _remembered(examine) if examine else None
        self._measure = _remembered(measure) if measure else None

    def of(self, turns: Sequence[Turn], first: int, after: int, problem: Problem) -> CodeWork:
        """The work on `problem` in `turns[first:after]`."""
        blocks = list(_handed_in(turns, first, after, problem.function))
        held = turns[first:after]
        later = _follow_up(turns, first, after, problem)
        versions = self._versions([b for b in blocks if b[0] < later], problem)
        if not (versions and versions[-1].solved):
            later, versions = after, self._versions(blocks, problem)
        return CodeWork(
            problem=problem,
            versions=versions,
            hints=tuple(_hints(held)),
            asked_for_code=any(t.move == "go_ahead" for t in held if t.speaker == "interviewer"),
            claim=self._claim(problem, versions[-1], turns[first:later], held) if versions else None,
            withdrawn=withdrawn(turns, first, versions[-1].turn, later, after) if versions else None,
            minutes=tuple(_minutes(turns[first : place + 1]) for place, _ in blocks),
        )

    def _versions(self, blocks: Sequence[tuple[int, CodeBlock]], problem: Problem) -> tuple[Version, ...]:
        return tuple(self._version(place, block, problem) for place, block in blocks[-1 - _MOST_EARLIER :])

    def _claim(self, problem: Problem, last: Version, before: Sequence[Turn], held: Sequence[Turn]) -> Checked | None:
        """What was said `before` the follow-up, with what was corrected later; all words where that is nothing."""
        if last.examined is None or not last.examined.count_passed:
            return None
        corrected = [t for t in held[len(before) :] if corrects(t.text)]
        code = last.block.code
        told = checked(problem, code, last.solved, _words([*before, *corrected]), self._measure)
        return told or checked(problem, code, last.solved, _words(held), self._measure)

    def _version(self, place: int, block: CodeBlock, problem: Problem) -> Version:
        if block.language not in _PYTHON:
            return Version(place, block, None, f"the code is marked as {block.language}, and only Python is run")
        if self._examine is None:
            return Version(place, block, None, NO_SANDBOX)
        try:
            examined = self._examine(problem, block.code)
        except (SandboxUnavailable, BadInput) as fault:
            return Version(place, block, None, f"{NO_SANDBOX} ({fault})")
        uncalled = examined.no_function
        return Version(place, block, None, uncalled.got) if uncalled else Version(place, block, examined)


def _remembered(work: Callable[[Problem, str], Result]) -> Callable[[Problem, str], Result]:
    """The same, done once for each problem and code; what raised is tried again."""
    kept: OrderedDict[tuple[str, str], Result] = OrderedDict()
    lock = Lock()

    def remembering(problem: Problem, code: str) -> Result:
        key = (problem.id, code)
        with lock:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        result = work(problem, code)
        with lock:
            kept[key] = result
            if len(kept) > _KEPT:
                kept.popitem(last=False)
        return result

    return remembering


def code_card(work: CodeWork) -> CodeCard | None:
    """What the scorecard shows of the code; None where none was handed in."""
    last = work.last
    if last is None:
        return None
    tests = last.examined.tests if last.examined else ()
    return CodeCard(
        question_id=work.problem.id,
        title=work.problem.title,
        turn=last.turn,
        code=last.block.code.rstrip(),
        why_not=last.why_not,
        hints=work.hints,
        versions=len(work.minutes),
        time=_when(work.minutes),
        remarks=tuple(f"line {r.line}: {r.text}" for r in work.remarks()),
        growth=work.claim.note if work.claim else "",
        note=last.examined.note if last.examined else "",
        tests=tuple(_test(t) for t in tests),
    )


def _when(minutes: Sequence[float]) -> str:
    """A fact for the reader, of which nothing is made."""
    if not minutes or not minutes[-1]:
        return ""
    if len(minutes) == 1:
        return f"Handed in after {minutes[0]:g} minutes."
    first, last = f"{minutes[0]:g}", f"{minutes[-1]:g}"
    return f"{len(minutes)} versions were run or handed in, the first after {first} minutes, the last after {last}."


def _test(test: TestResult) -> CodeTest:
    """Without what differs from one run to the next."""
    shown = {name: _ADDRESS.sub("0x…", getattr(test, name)) for name in ("input", "expected", "got")}
    return CodeTest(name=test.name, verdict=test.verdict, line=test.line, **shown)


def _handed_in(turns: Sequence[Turn], first: int, after: int, function: str) -> Iterator[tuple[int, CodeBlock]]:
    """The last code of each turn, where it differs from the code before.

    Once the function was written, other Python without it (a test that was pasted, say) is no version of it, unless it
    was submitted from the editor with an only function of another name, which is called all the same.
    """
    before, written = "", False
    for place in range(first, after):
        block = last_code(turns[place].text) if turns[place].speaker == "candidate" else None
        if block is None or block.code.strip() == before:
            continue
        tree = parsed(block.code)
        defines = tree is not None and (binds(block.code, function) or _renamed(turns[place], block.code, function))
        if not written or defines or tree is None:
            before, written = block.code.strip(), written or defines
            yield place, block


def _follow_up(turns: Sequence[Turn], first: int, after: int, problem: Problem) -> int:
    """Where the first follow-up was put, which changes the task: code and words after it are about another one."""
    steps = {step.id for step in problem.ladder}
    asked = (n for n in range(first, after) if turns[n].speaker == "interviewer" and turns[n].target in steps)
    return next(asked, after)


def _words(turns: Sequence[Turn]) -> str:
    return "\n".join(without_code(t.text, comments=True) for t in turns if t.speaker == "candidate")


def _minutes(turns: Sequence[Turn]) -> float:
    return round(sum(t.seconds or 0.0 for t in turns) / 60, 1)


def _hints(turns: Sequence[Turn]) -> Iterator[str]:
    for turn in turns:
        told = [str(a.get("strength", "small")) for a in turn.artifacts if a.get("type") == "hint"]
        yield from told or (["small"] if turn.move == "hint" and turn.speaker == "interviewer" else [])


def _renamed(turn: Turn, code: str, function: str) -> bool:
    return run_kind(turn) == "submit" and only_code(turn.text) and bool(named(code, function).note)
