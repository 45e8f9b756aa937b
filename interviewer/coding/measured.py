"""What was measured once is not measured again: a solution's growth, kept in a file from one grading to the next.

Times differ from run to run, and a borderline fit with them; kept, the same transcript gets the same scorecard on the
same machine. Of the code only a digest is stored. Not covered: another machine, whose times are its own.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import Any

from interviewer.coding.growth import Growth
from interviewer.domain.question import Problem

log = logging.getLogger(__name__)


class Measured:
    """`measure`, remembering in `file`, a line of JSON for each solution; what cannot be read is measured anew."""

    def __init__(self, measure: Callable[[Problem, str], Growth | None], file: Path) -> None:
        self._measure = measure
        self._file = file
        self._lock = Lock()

    def __call__(self, problem: Problem, code: str) -> Growth | None:
        """As `measure`; that nothing could be measured is kept, too."""
        key = hashlib.sha256(f"{problem.model_dump_json()}\0{code}".encode()).hexdigest()
        with self._lock:
            kept = next((held for held in self._lines() if held.get("key") == key), None)
            if kept is not None:
                return _growth(kept)
            found = self._measure(problem, code)
            self._keep({"key": key, **(asdict(found) if found else {})})
            return found

    def _lines(self) -> Iterator[dict[str, Any]]:
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError) as fault:
            log.warning("%s cannot be read, so growth is measured anew: %s", self._file, fault)
            return
        for line in lines:
            with suppress(ValueError):  # half a line, of a process that was killed
                held = json.loads(line)
                if isinstance(held, dict):
                    yield held

    def _keep(self, held: dict[str, Any]) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(held) + "\n")
        except OSError as fault:
            log.warning("what was measured could not be kept in %s: %s", self._file, fault)


def _growth(held: dict[str, Any]) -> Growth | None:
    if "fits" not in held:
        return None
    return Growth(tuple(held["sizes"]), tuple(held["seconds"]), held["exponent"], tuple(held["fits"]))
