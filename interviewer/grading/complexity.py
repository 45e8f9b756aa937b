"""What a candidate says that their solution costs, beside what is known of the problem and what can be measured.

Time only: memory is looked for in the words and not measured. Where the known complexity was claimed and every test
passed, the large one among them, nothing is measured; otherwise the code is timed on growing inputs (`coding.growth`).
A claim that the candidate took back is no evidence for anything.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interviewer.coding.big_o import GrowthClass, asserted, said
from interviewer.coding.growth import Growth, agrees
from interviewer.domain.question import Problem
from interviewer.domain.transcript import Turn
from interviewer.evidence.code_blocks import without_code

Measure = Callable[[Problem, str], Growth | None]
_MEMORY = re.compile(r"\b(?:space|memory|in[- ]place|auxiliary|allocat\w+|storage)\b", re.IGNORECASE)
_WRONG, _HALF = 2, 3
_CORRECTS = re.compile(r"\b(?:sorry|correct myself|i was wrong|i misspoke|i meant|earlier i said)\b", re.IGNORECASE)
_CORRECTION = 120  # characters from such a word on, in which the right one stands


@dataclass(frozen=True)
class Checked:
    """`most` is the level above which nobody can be who said this, None where it stands; `note` says why."""

    most: int | None
    note: str


@dataclass(frozen=True)
class Withdrawn:
    """Which claims about the running time no longer hold: those that differ from the last one, `holds`, and were said
    between the code that counts and the follow-up, or were corrected in so many words at one of `corrections`.
    """

    holds: GrowthClass | None
    after: int
    until: int
    corrections: tuple[tuple[int, int], ...]

    def has(self, turn: int, start: int, words: str) -> bool:
        """Whether the words at this place of a turn are such a claim."""
        claimed = asserted(words)
        if self.holds is None or claimed in (None, self.holds):
            return False
        return self.after < turn < self.until or any(place > (turn, start) for place in self.corrections)


def withdrawn(turns: Sequence[Turn], first: int, after: int, until: int, end: int) -> Withdrawn:
    """Of `turns[first:end]`; the code that counts stands in turn `after`, the follow-up in `until`."""
    told = [(n, without_code(turns[n].text)) for n in range(first, end) if turns[n].speaker == "candidate"]
    before = [text for n, text in told if n < until]
    later = [text for n, text in told if n >= until and corrects(text)]
    holds = said("\n".join([*before, *later])) or said("\n".join(text for _, text in told))
    corrections = (
        (n, m.start()) for n, text in told for m in _CORRECTS.finditer(text) if _settles(text[m.start() :], holds)
    )
    return Withdrawn(holds, after, until, tuple(corrections))


def corrects(text: str) -> bool:
    return _CORRECTS.search(text) is not None


def _settles(correction: str, holds: GrowthClass | None) -> bool:
    return holds is not None and said(correction[:_CORRECTION]) == holds


def checked(problem: Problem, code: str, solved: bool, words: str, measure: Measure | None) -> Checked | None:
    """None where no complexity was claimed. `words` are the candidate's on this problem, code left out."""
    claimed = said(words)
    if claimed is None:
        return None
    known = said(problem.complexity)
    timed = None if measure is None or (solved and claimed == known) else measure(problem, code)
    found = _set_beside(problem, claimed, known, solved, timed)
    if found.most is None and not _MEMORY.search(words):
        return Checked(_HALF, f"{found.note} Nothing was said about memory.")
    return found


def _set_beside(
    problem: Problem, claimed: GrowthClass, known: GrowthClass | None, solved: bool, timed: Growth | None
) -> Checked:
    if timed is not None and not agrees(problem, timed, claimed):
        fits = " or ".join(timed.fits)
        return Checked(_WRONG, f"The time was called {claimed}; measured on growing inputs it is {fits}.")
    if solved and known is not None and claimed != known:
        short = "measuring cannot tell the two apart" if timed is not None else "it was not measured"
        said_so = f"The time was called {claimed}; the known solution is given as {problem.complexity.rstrip('.')}"
        return Checked(_HALF, f"{said_so}, and {short}.")
    if timed is not None:
        return Checked(None, f"The time was called {claimed}, and the measured growth agrees.")
    if not solved:
        return Checked(_HALF, f"The time was called {claimed}; the code is not right, and its growth was not measured.")
    return Checked(None, f"The time was called {claimed}, and no test speaks against it.")
