"""Human-written solutions through the sandbox: right ones must pass, buggy ones fail; and what a run costs.

    python benchmarks/examiner.py [FOLDER]     (default ../shared/eval)

Reads humanevalpack_python.jsonl and mbpp_sanitized.jsonl. Their tests are the data sets' own Python, run here, outside;
every call of the function goes into the sandbox and back. Costs are set beside a bare `python -c pass`.
"""

import ast
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from interviewer.coding.sandbox import Sandbox, sandbox_for
from interviewer.coding.session import Session, Solution, session

_SECONDS = 10.0
_MOST_OVERHEAD = 0.050


class Failed(Exception):
    """The code raised, ran out of time or died: what the data set's assertion would have seen."""


def proxy(running: Session) -> Any:
    """The function, as the data set's test calls it."""

    def call(*args: Any) -> Any:
        outcome = running.call(list(args), _SECONDS)
        if outcome.ending != "returned":
            raise Failed(outcome.message or outcome.ending)
        return outcome.value

    return call


def passes(sandbox: Sandbox, code: str, function: str, test: str, names: dict[str, Any]) -> tuple[str, float]:
    """Empty when the test passes, otherwise why not; and the seconds from start to end."""
    begun = time.perf_counter()
    with session(sandbox) as running:
        loaded = running.load(Solution(code, function))
        why = "" if loaded.ending == "returned" else loaded.message
        if not why:
            try:
                exec(test, {**names, function: proxy(running)})
            except (AssertionError, Failed) as fault:
                why = f"{type(fault).__name__} {fault}"
            except Exception as fault:  # the assertion's own arithmetic on a wrong value
                why = f"the test broke: {type(fault).__name__} {fault}"
    return why, time.perf_counter() - begun


def humaneval(rows: list[dict[str, Any]]) -> Iterator[tuple[str, bool, str, str, str, dict[str, Any]]]:
    for row in rows:
        names: dict[str, Any] = {}
        exec(row["declaration"] + "    pass\n", names)
        for kind, right in (("canonical_solution", True), ("buggy_solution", False)):
            code = row["declaration"] + row[kind]
            yield f"{row['task_id']} {kind}", right, code, row["entry_point"], row["test"], names


def mbpp(rows: list[dict[str, Any]]) -> Iterator[tuple[str, bool, str, str, str, dict[str, Any]]]:
    for row in rows:
        test = "\n".join([*row["test_imports"], *row["test_list"]])
        yield f"mbpp {row['task_id']}", True, row["code"], called(test, row["code"]), test, {"sys": sys}


def called(test: str, code: str) -> str:
    """The function of `code` that the test calls."""
    defined = {n.name for n in ast.parse(code).body if isinstance(n, ast.FunctionDef)}
    used = [n.func.id for n in ast.walk(ast.parse(test)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    return next(name for name in used if name in defined)


def bare(times: int = 30) -> float:
    """Seconds of a Python that does nothing, the median."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "eval")
    sandbox = sandbox_for("", served_to_others=False)
    seconds, wrong = [], []
    counted = {"right solutions pass": [0, 0], "buggy solutions fail": [0, 0], "MBPP references pass": [0, 0]}
    for name, reading in (("humanevalpack_python.jsonl", humaneval), ("mbpp_sanitized.jsonl", mbpp)):
        rows = [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        for item, right, code, function, test, names in reading(rows):
            why, spent = passes(sandbox, code, function, test, names)
            seconds.append(spent)
            group = "MBPP references pass" if reading is mbpp else list(counted)[not right]
            counted[group][0] += (not why) == right
            counted[group][1] += 1
            if (not why) != right:
                wrong.append(f"{item}: {why or 'passes'}")
    for group, (good, of) in counted.items():
        print(f"{group:<24}{good} of {of}")
    print("\n".join(wrong))
    floor, median = bare(), statistics.median(seconds)
    print(
        f"a run: median {median * 1000:.0f} ms; bare python -c pass: {floor * 1000:.0f} ms; "
        f"ratio {median / floor:.2f}, overhead {1000 * (median - floor):.0f} ms (at most {1000 * _MOST_OVERHEAD:.0f})"
    )
    return 0 if not wrong and median - floor <= _MOST_OVERHEAD else 1


if __name__ == "__main__":
    sys.exit(main())
