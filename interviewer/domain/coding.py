"""What running a solution came to. Not here: running it (`coding`)."""

from typing import Any, Literal

from interviewer.domain.base import Value

TestVerdict = Literal["passed", "wrong", "error", "timed_out", "out_of_memory", "skipped"]
RunKind = Literal["run", "submit"]


class TestResult(Value):
    """One test. `input`, `expected` and `got` are shortened for reading; `line` is the candidate's own, from 1."""

    __test__ = False  # pytest takes the name for a test class

    name: str
    verdict: TestVerdict
    input: str = ""
    expected: str = ""
    got: str = ""
    line: int | None = None
    seconds: float = 0.0


class Examined(Value):
    """A run of the public examples, or a submission with the hidden tests too.

    `seconds` is wall time from start to end; a test's own is CPU time. `sandbox` says where it ran.
    """

    problem: str
    kind: RunKind
    passed: bool
    tests: tuple[TestResult, ...]
    seconds: float
    sandbox: str
    printed: str = ""

    @property
    def failing(self) -> tuple[TestResult, ...]:
        return tuple(t for t in self.tests if t.verdict not in ("passed", "skipped"))

    @property
    def count_passed(self) -> int:
        return sum(t.verdict == "passed" for t in self.tests)

    def artifact(self) -> dict[str, Any]:
        """As it stands beside a turn."""
        return {"type": "run", **self.model_dump(mode="json")}
