"""What running a solution came to. Not here: running it (`coding`)."""

from typing import Any, Literal

from pydantic import ValidationError

from interviewer.domain.base import Value
from interviewer.domain.transcript import Turn

TestVerdict = Literal["passed", "wrong", "error", "timed_out", "out_of_memory", "skipped"]
RunKind = Literal["run", "submit"]
NO_FUNCTION = "there is no function called"  # how the message begins where none can be called
WAITED = "it was waiting or asleep, and not computing"
UNASKED_RESULTS = "the code wrote results of its own, which nobody had asked for"
ENDED_ITSELF = "the code ended the program before it returned"
STOPPED = "the program ended"
TOO_LARGE = "the result is larger than 32 MB"
TOO_MANY_LISTS = "the result has more than 2,500,000 lists in it"
TOO_MUCH_PRINTED = "the code printed more than 64 MB"
TOO_MANY_THREADS = "the code started more than 64 threads"
NOT_PLAIN = "what came back is no plain value"
RUN_FAULTS = (  # how every message begins whose words the code that was run cannot choose
    NO_FUNCTION.removesuffix(" called"),
    UNASKED_RESULTS,
    ENDED_ITSELF,
    STOPPED,
    TOO_LARGE,
    TOO_MANY_LISTS,
    TOO_MUCH_PRINTED,
    TOO_MANY_THREADS,
    NOT_PLAIN,
)
_NOT_PYTHON = ("SyntaxError", "IndentationError", "TabError")


class CodeTest(Value):
    """One test as it came out. `input`, `expected` and `got` are shortened for reading; `line` is the candidate's own,
    from 1.
    """

    name: str
    verdict: TestVerdict
    input: str = ""
    expected: str = ""
    got: str = ""
    line: int | None = None


class TestResult(CodeTest):
    """The same with the CPU seconds that it took."""

    __test__ = False  # pytest takes the name for a test class

    seconds: float = 0.0

    @property
    def is_example(self) -> bool:
        """Whether the candidate was shown it with the statement; all others are hidden."""
        return self.name.startswith("example-")

    @property
    def waited(self) -> bool:
        """Whether its time ran out while it slept or waited, which is another fault than being slow."""
        return self.verdict == "timed_out" and WAITED in self.got


class Examined(Value):
    """A run of the public examples, or a submission with the hidden tests too.

    `seconds` is wall time from start to end; a test's own is CPU time. `sandbox` says where it ran, `note` what the
    candidate is to know of how it was run.
    """

    problem: str
    kind: RunKind
    passed: bool
    tests: tuple[TestResult, ...]
    seconds: float
    sandbox: str
    printed: str = ""
    note: str = ""

    @property
    def failing(self) -> tuple[TestResult, ...]:
        return tuple(t for t in self.tests if t.verdict not in ("passed", "skipped"))

    @property
    def count_passed(self) -> int:
        return sum(t.verdict == "passed" for t in self.tests)

    @property
    def not_python(self) -> TestResult | None:
        """The test that says so where the code could not be read as Python at all."""
        return self._at_loading(*_NOT_PYTHON)

    @property
    def no_function(self) -> TestResult | None:
        """The test that says so where the code has no function that could be called."""
        return self._at_loading(NO_FUNCTION)

    def _at_loading(self, *begins: str) -> TestResult | None:
        """The first test, if nothing was called and its message begins like this."""
        first = self.tests[0] if self.tests else None
        unrun = all(t.verdict == "skipped" for t in self.tests[1:])
        if first is None or first.verdict != "error" or not unrun:
            return None
        return first if first.got.startswith(begins) else None

    def untimed(self) -> "Examined":
        """The same without seconds, which differ from one run to the next."""
        tests = tuple(t.model_copy(update={"seconds": 0.0}) for t in self.tests)
        return self.model_copy(update={"tests": tests, "seconds": 0.0})

    def artifact(self) -> dict[str, Any]:
        """As it stands beside a turn."""
        return {"type": "run", **self.model_dump(mode="json")}


def handed_in(problem: str, kind: RunKind) -> dict[str, Any]:
    """The artifact of a turn whose text is code from the editor."""
    return {"type": "code", "problem": problem, "kind": kind}


def left_behind(problem: str) -> dict[str, Any]:
    """The artifact of a turn whose text is what stood in the editor when the problem was left."""
    return handed_in(problem, "submit") | {"left": True}


def was_left(turn: Turn) -> bool:
    """Whether the code of a turn was taken from the editor, and not handed in by the candidate."""
    return any(a.get("type") == "code" and a.get("left") is True for a in turn.artifacts)


def run_kind(turn: Turn) -> RunKind | None:
    """How the code of a turn was handed in; None for a turn without code from the editor."""
    kinds = (a.get("kind") for a in turn.artifacts if a.get("type") == "code")
    return next((k for k in kinds if k in ("run", "submit")), None)


def was_run(turn: Turn) -> bool:
    """Whether it is settled what came of the code: it ran, or it could not be."""
    return any(a.get("type") == "run" for a in turn.artifacts)


def examined(turn: Turn) -> Examined | None:
    """What came of the code as the turn tells it. In a transcript from elsewhere nobody vouches for that."""
    told = next((a for a in turn.artifacts if a.get("type") == "run"), None)
    if told is None or "tests" not in told:
        return None
    try:
        return Examined.model_validate({key: value for key, value in told.items() if key != "type"})
    except ValidationError:
        return None
