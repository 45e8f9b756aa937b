"""How a solution's running time grows with the size of its input, measured; and what a candidate says that it is.

The problem's `growth` makes arguments of a size; the code is called on larger and larger ones in the sandbox, and the
slope of time over size, both as logarithms, tells the class. Time is CPU time of the call, less what the same call of
an empty function takes, which is the way of the arguments into the box. Limits: sizes may pass those that the statement
promises; n and n log n cannot be told apart, nor constant and logarithmic; a fault of the code ends the climb; whether
the answers are right is not looked at. Not here: reading what is said (`big_o`).
"""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

from interviewer.coding.big_o import CLASSES, GrowthClass, said
from interviewer.coding.oracle import Oracle
from interviewer.coding.sandbox import Sandbox
from interviewer.coding.session import Session, Solution, session
from interviewer.domain.question import Problem

__all__ = ["CLASSES", "Growth", "GrowthClass", "agrees", "measured", "said"]

_FIRST = 4
_DENSE_BELOW = 16  # every size up to here, because an exponential solution gets no further
_LARGEST = 2**20
_ENOUGH = 0.2  # CPU seconds of a call after which no larger one is tried
_LONGEST = 0.5  # CPU seconds after which a call is stopped
_BUDGET = 2.0  # CPU seconds of all calls on the way up
_BETWEEN = 1.0  # and of those between, which are shorter than what failed
_WALL = 12.0  # seconds after which no further call begins: making large arguments is not in the calls
_LEAST = 0.008  # below, the clock's millisecond and the noise are too large a part
_LEAST_OF_FEW = 0.005  # where that leaves too few: an exponential takes 7, 40 and 230 ms at neighbouring sizes
_LEAST_SHARE = 0.15  # of the whole call that has to be the code's own
_POINTS = (3, 6)
_STEP = 1.8  # by how much a step is to raise the time, once that can be foretold
_FAILURES = 4
_TREE_REPEATS = 8  # calls on the same tree, since building one takes several times as long as walking it
_NEAR = (0.45, 0.3)  # by how much a measured exponent may pass that of a class (caches get full), or fall short of it
_SURELY_EXPONENTIAL = 7.0
_DEGREES: dict[GrowthClass, tuple[float, bool]] = {  # the power of n, and whether there is a factor log n
    "constant": (0, False),
    "logarithmic": (0, True),
    "linear": (1, False),
    "linearithmic": (1, True),
    "quadratic": (2, False),
    "cubic": (3, False),
    "higher polynomial": (4, False),
}


@dataclass(frozen=True)
class Growth:
    """`seconds` of CPU time that a call took at each of `sizes`, the upper ones, in ascending order, three at least.

    `exponent` is the slope of log seconds over log sizes; `fits` are the classes that it may be, slowest growth first.
    """

    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    exponent: float
    fits: tuple[GrowthClass, ...]


def measured(sandbox: Sandbox, oracle: Oracle, problem: Problem, code: str) -> Growth | None:
    """None where it could not be measured: no `growth`, code that does not load, fails, or is too fast at any size.

    Takes about two seconds of CPU time, and two to fifteen on the wall, most of them for making large arguments. Raises
    SandboxUnavailable, BadInput for too long code, and ContentError when the problem's `growth` is at fault.
    """
    if not problem.growth:
        return None
    with ExitStack() as open_until_done:
        args_of = open_until_done.enter_context(oracle.grown(problem))
        runs = open_until_done.enter_context(closing(_Runs(sandbox, problem, code, args_of)))
        points = _climbed(runs)
    return fitted(points, runs.repeats)


def agrees(problem: Problem, growth: Growth, claimed: GrowthClass) -> bool:
    """Whether the class may be the one measured; where a call is n steps, the class of one step may be meant."""
    if claimed in growth.fits:
        return True
    of_all: dict[GrowthClass, GrowthClass] = {"constant": "linear", "logarithmic": "linearithmic"}
    of_all |= {"linear": "quadratic", "linearithmic": "quadratic"}
    return problem.each_step and of_all.get(claimed) in growth.fits


def fitted(points: dict[int, float], repeats: int = 1) -> Growth | None:
    """The growth that seconds by size show; points below 8 ms are left out, if three remain, and below 5 ms always.

    Each of the seconds is that of so many `repeats` of a call.
    """
    upper = sorted((n, t) for n, t in points.items() if t >= _LEAST)[-_POINTS[1] :]
    if len(upper) < _POINTS[0]:
        upper = sorted((n, t) for n, t in points.items() if t >= _LEAST_OF_FEW)
    if len(upper) < _POINTS[0]:
        return None
    sizes, seconds = zip(*upper, strict=True)
    slope, spread = _line([log(n) for n in sizes], [log(t) for t in seconds])
    _, spread_of_power = _line(list(sizes), [log(t) for t in seconds])
    fits = _steep(slope, spread, spread_of_power) if slope > 4 - _NEAR[1] else _fits(sizes, slope)
    return Growth(sizes, tuple(round(t / repeats, 4) for t in seconds), round(slope, 2), fits)


class _Runs:
    """Calls at growing sizes, with a new process after one that died, and what they have cost so far.

    A tree is walked several times in a call; other arguments may be used up by the first.
    """

    def __init__(self, sandbox: Sandbox, problem: Problem, code: str, args_of: Callable[[int], list[Any]]) -> None:
        name = problem.function
        shapes = (problem.takes, problem.gives, problem.given)
        self.repeats = _TREE_REPEATS if "tree" in problem.takes else 1
        repeated = f"\n\ndef {name}_repeated(*args):\n    for _ in range({self.repeats}):\n        {name}(*args)\n"
        self._solution = Solution(code, name, *shapes)
        if self.repeats > 1:
            self._solution = Solution(code + repeated, f"{name}_repeated", *shapes)
        self._empty = Solution(f"def {name}(*args):\n    return None\n", name, *shapes)
        self._sandbox, self._args_of = sandbox, args_of
        self._sessions: dict[Solution, tuple[Session, ExitStack]] = {}
        self._spent = 0.0
        self._until_wall = time.monotonic() + _WALL

    def may_go_on(self, budget: float = _BUDGET) -> bool:
        return self._spent < budget and time.monotonic() < self._until_wall

    def seconds(self, n: int) -> float | None:
        """The code's own CPU seconds for all repeats, 0 where they drown in the rest; None when the call failed."""
        args = self._args_of(n)
        bare, running = self._session(self._empty), self._session(self._solution)
        if not (bare.alive and running.alive):
            return None
        on_the_way = bare.call(args, _LONGEST)
        outcome = running.call(args, _LONGEST)
        self._spent += on_the_way.seconds + outcome.seconds
        if outcome.ending != "returned" or on_the_way.ending != "returned":
            return None
        own = outcome.seconds - on_the_way.seconds
        return own if own >= _LEAST_SHARE * outcome.seconds else 0.0

    def close(self) -> None:
        for _, box in self._sessions.values():
            box.close()

    def _session(self, solution: Solution) -> Session:
        """The one in use, or, where that has died, a new one; the old one's process may still be busy and is ended."""
        running, box = self._sessions.get(solution, (None, ExitStack()))
        if running is None or not running.alive:
            box.close()
            running = box.enter_context(session(self._sandbox))
            self._sessions[solution] = running, box
            running.load(solution)
        return running


def _climbed(runs: _Runs) -> dict[int, float]:
    """Seconds by size: upwards until a call takes long or fails, then between, while there are too few to fit."""
    points: dict[int, float] = {}
    failed, n, ceiling = 0, _FIRST, _LARGEST + 1
    while n < ceiling and runs.may_go_on() and failed < _FAILURES:
        seconds = runs.seconds(n)
        if seconds is None:
            failed, ceiling = failed + 1, n
        else:
            points[n] = seconds
            ceiling = min(ceiling, n) if seconds >= _ENOUGH else ceiling
        n = _next(points, ceiling)
    for n in _between(points):
        if not runs.may_go_on(_BUDGET + _BETWEEN):
            break
        if (seconds := runs.seconds(n)) is not None:
            points[n] = seconds
    return points


def _next(points: dict[int, float], ceiling: int) -> int:
    """The size that raises the time by `_STEP`, as far as the last two points tell; at most the double.

    Below a ceiling that has been met by failing it is half the way, as a ratio.
    """
    if not points:
        return ceiling
    below = [n for n in sorted(points) if n < ceiling] or [0]
    n = below[-1]
    if max(points) >= ceiling:
        return ceiling
    step = 2.0
    if len(below) > 1 and points[below[-2]] >= _LEAST / 4:
        steepness = log(points[n] / points[below[-2]] or 1) / log(n / below[-2]) if points[n] else 0
        step = min(2.0, _STEP ** (1 / max(steepness, 0.5)))
    if n < _DENSE_BELOW:
        return n + 1
    wanted = max(n + 1, round(n * step))
    return wanted if wanted < ceiling or ceiling > _LARGEST else max(n + 1, round(sqrt(n * ceiling)))


def _between(points: dict[int, float]) -> list[int]:
    """Up to four sizes more where too few points can be used: between the last unusable one and the largest."""
    usable = [n for n, t in points.items() if t >= _LEAST]
    if not usable or len(usable) > _POINTS[0]:
        return []
    low, high = max((n for n, t in points.items() if t < _LEAST), default=1), max(usable)
    wanted = {round(low * (high / low) ** (part / 5)) for part in (4, 3, 2, 1)}
    return sorted(wanted - points.keys(), reverse=True)


def _fits(sizes: Sequence[int], slope: float) -> tuple[GrowthClass, ...]:
    """The classes whose own slope over these sizes is near; else the one below and the one above.

    Two that differ by a factor log n only are never told apart.
    """
    logs = [log(n) for n in sizes]
    slopes = {c: _line(logs, [p * x + log(x) * has_log for x in logs])[0] for c, (p, has_log) in _DEGREES.items()}
    near = {c for c, s in slopes.items() if s - _NEAR[1] <= slope <= s + _NEAR[0]}
    if not near:
        near = {*[c for c, s in slopes.items() if s <= slope][-1:], *[c for c, s in slopes.items() if s > slope][:1]}
    degrees = {_DEGREES[c][0] for c in near}
    return tuple(c for c, (degree, _) in _DEGREES.items() if degree in degrees)


def _steep(slope: float, spread: float, spread_of_power: float) -> tuple[GrowthClass, ...]:
    """Above n cubed: a polynomial is straight over log n, an exponential over n."""
    if slope >= _SURELY_EXPONENTIAL or spread_of_power < spread / 2:
        return ("exponential",)
    if spread < spread_of_power / 2:
        return ("higher polynomial",)
    return ("higher polynomial", "exponential")


def _line(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """Slope of the least-squares line, and the root of the mean squared distance from it."""
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)
    squares = [(b - mean_y - slope * (a - mean_x)) ** 2 for a, b in zip(x, y, strict=True)]
    return slope, sqrt(sum(squares) / len(squares))
