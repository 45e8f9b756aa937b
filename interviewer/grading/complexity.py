"""What a candidate says that their solution costs, beside what is known of the problem and what can be measured.

Time only: memory is looked for in the words and not measured. Where the known complexity was claimed and every test
passed, the large one among them, nothing is measured; otherwise the code is timed on growing inputs (`coding.growth`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from interviewer.coding.big_o import GrowthClass, said
from interviewer.coding.growth import Growth, agrees
from interviewer.domain.question import Problem

Measure = Callable[[Problem, str], Growth | None]
_MEMORY = re.compile(r"\b(?:space|memory|in[- ]place|auxiliary|allocat\w+|storage)\b", re.IGNORECASE)
_WRONG, _HALF = 2, 3


@dataclass(frozen=True)
class Checked:
    """`most` is the level above which nobody can be who said this, None where it stands; `note` says why."""

    most: int | None
    note: str


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
