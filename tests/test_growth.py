"""Growth: what a candidate says of the running time, what the slope of measured times means, and the corpus measured."""

import shutil

import pytest

from interviewer.coding.growth import Growth, agrees, fitted, measured, said
from interviewer.coding.oracle import Oracle
from interviewer.coding.sandbox import sandbox_for
from interviewer.content.place import shipped
from interviewer.errors import ContentError

PROBLEMS = shipped() / "corpus" / "problems"
NAMES = sorted(path.name for path in PROBLEMS.iterdir())
FIXED_SIZES = {"group-anagrams", "k-means", "subsets-with-duplicates", "word-ladder-length", "word-search"}
APART = 0.4  # exponents of two solutions that are told apart differ by this at least; most differ by 0.8 or more
needs_bubblewrap = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
SAYINGS = [
    ("O(n log n)", "linearithmic"),
    ("n squared", "quadratic"),
    ("linear time", "linear"),
    ("it's logarithmic", "logarithmic"),
    ("O of n", "linear"),
    ("quadratic", "quadratic"),
    ("O(V+E)", "linear"),
    ("O(m*n)", "quadratic"),
    ("O(1)", "constant"),
    ("constant time per operation", "constant"),
    ("O(n) time and O(1) space", "linear"),
    ("O(1) space and O(n log n) time", "linearithmic"),
    ("Time complexity: O(n²), space complexity: O(n).", "quadratic"),
    ("O(n) time, O(n) memory", "linear"),
    ("space is O(1), time is O(n^2)", "quadratic"),
    ("linear in time and constant in space", "linear"),
    ("It runs in O(n) with O(n) extra space.", "linear"),
    ("O(n + m)", "linear"),
    ("O((V + E) log V)", "linearithmic"),
    ("E log V", "linearithmic"),
    ("O(n log k)", "linearithmic"),
    ("O(log n)", "logarithmic"),
    ("log n per lookup", "logarithmic"),
    ("O(n^3)", "cubic"),
    ("n cubed, because of three loops", "cubic"),
    ("O(2^n)", "exponential"),
    ("two to the n", "exponential"),
    ("O(n!)", "exponential"),
    ("It is exponential without memoisation.", "exponential"),
    ("O(rows * cols)", "quadratic"),
    ("O(rows × columns × 3^L)", "exponential"),
    ("O(n * k * d)", "cubic"),
    ("O(N)", "linear"),
    ("big O of n log n", "linearithmic"),
    ("Brute force would be O(n²), but with a hash map it is O(n).", "linear"),
    ("O(n) instead of O(n^2)", "linear"),
    ("That brings it down from O(n^2) to O(n log n).", "linearithmic"),
    ("O(n), which is better than the quadratic brute force", "linear"),
    ("Sorting is O(n log n) and the pass after it is linear.", "linearithmic"),
    ("Sorting takes n log n, then one linear pass, so n log n overall.", "linearithmic"),
    ("A push is log k, so in total it's O(n log k).", "linearithmic"),
    ("O(n) – no wait, sorting makes it O(n log n).", "linearithmic"),
    ("It's not linear, it's quadratic.", "quadratic"),
    ("O(T² · D)", "cubic"),
    ("O(T * D^2 + T^2 * D)", "cubic"),
    ("O(amount * len(coins))", "quadratic"),
    ("O of m times n", "quadratic"),
    ("order n", "linear"),
    ("proportional to the number of nodes", "linear"),
    ("O(the number of nodes)", "linear"),
    ("nlogn", "linearithmic"),
    ("O(nlogn)", "linearithmic"),
    ("O(n lg n)", "linearithmic"),
    ("amortised O(1) for each operation", "constant"),
    ("O(n) time and space", "linear"),
    ("O(n^4)", "higher polynomial"),
    ("O(nm)", "quadratic"),
    ("O(3n)", "linear"),
    ("O(n/2)", "linear"),
    ("Θ(n)", "linear"),
    ("`O(n)`", "linear"),
    ("O(min(m, n))", "linear"),
    ("O(n log n + m)", "linearithmic"),
    ("O(n + q)", "linear"),
    ("loglinear", "linearithmic"),
    ("The whole thing is O(n) since each index enters and leaves the window once.", "linear"),
    ("It takes n squared steps.", "quadratic"),
    ("O(1) space", None),
    ("It uses O(n) memory.", None),
    ("The extra memory is linear.", None),
    ("constant space", None),
    ("Space complexity is O(n).", None),
    ("I would use a linear regression.", None),
    ("There is a constant factor in front.", None),
    ("O(sqrt(n))", None),
    ("I would sort the list first.", None),
    ("I go through the list once.", None),
    ("it is fast enough", None),
    ("", None),
    ("a and b are the two ends", None),
    ("The answer is n plus one.", None),
    ("O(n) where n is the number of nodes", "linear"),
    ("Each call is O(1), so n calls are O(n).", "linear"),
    ("n times log n", "linearithmic"),
    ("O(n * log(n))", "linearithmic"),
    ("O(n * 2^n)", "exponential"),
    ("O(V+E), so linear in the size of the graph", "linear"),
    ("O of V plus E", "linear"),
    ("O(|V| + |E|)", "linear"),
    ("V plus E", "linear"),
    ("It's O(n) time, since I go through the list once, and O(1) extra space.", "linear"),
    ("The time is quadratic and the memory is linear.", "quadratic"),
    ("linear time, constant memory", "linear"),
    ("We get from quadratic to linear.", "linear"),
    ("O(n^2) for brute force; O(n) with a dictionary.", "linear"),
    ("O(n) rather than n squared", "linear"),
    ("Without the heap it would be O(nk), with it O(n log k).", "linearithmic"),
    ("I'd say n log n time because of the sort, memory is linear.", "linearithmic"),
    ("time: O(n), space: O(1)", "linear"),
    ("O(n) additional space, O(n log n) runtime", "linearithmic"),
    ("We do log n steps for each of q targets, so q log n.", "linearithmic"),
    ("two nested loops, so O(n^2)", "quadratic"),
    ("O(n) both in time and space", "linear"),
    ("sub-linear", None),
    ("The model is not exponential, it is n to the fourth.", "higher polynomial"),
    ("n by m, so rows times columns", "quadratic"),
    ("It's the naive solution, O(n^2).", "quadratic"),
    ("I think it's linear, because each element is pushed and popped at most once.", "linear"),
    ("O(word length * number of words)", "quadratic"),
    ("O(n m log m)", "quadratic"),
    ("O(n log n), dominated by sorting; the sweep is only O(n).", "linearithmic"),
    ("It takes O(log n) per query and O(n) to build.", "linear"),
    ("The heap holds k entries, so memory is O(k) and time O(n log k).", "linearithmic"),
    ("polynomial", None),
    ("We loop n times over m words", None),
    ("The space is O(n), not O(1).", None),
    ("Time O(n) Space O(1)", "linear"),
    ("O(n) time O(1) space", "linear"),
    ("it's n log n for sorting plus n for the scan", "linearithmic"),
    ("O(n^1.5)", None),
    ("O(n choose k)", None),
    ("O(1.5^n)", "exponential"),
    ("O(log log n)", "logarithmic"),
    ("O(n log^2 n)", "linearithmic"),
    ("O of n log n for the sort and then O of n for the scan, and space is O of n", "linearithmic"),
    ("It needs O(n) extra memory but runs in O(n) time.", "linear"),
    ("no extra memory, linear time", "linear"),
    ("O((", None),
    ("O(n", "linear"),
    ("O(" * 3000, None),
    ("O" + "(" * 3000, None),
]


@pytest.mark.parametrize(("text", "growth"), SAYINGS)
def test_what_is_said_of_the_time_is_read(text, growth):
    assert said(text) == growth


@pytest.mark.parametrize(
    ("time", "sizes", "fits"),
    [
        (lambda n: 0.01 + n * 1e-9, (1000, 4000, 16000), ("constant", "logarithmic")),
        (lambda n: 1e-5 * n, (1000, 4000, 16000), ("linear", "linearithmic")),
        (lambda n: 1e-6 * n * n.bit_length(), (2**14, 2**15, 2**17), ("linear", "linearithmic")),
        (lambda n: 1e-6 * n**1.5, (1000, 2000, 4000), ("linear", "linearithmic")),
        (lambda n: 1e-6 * n**1.62, (1000, 2000, 4000), ("linear", "linearithmic", "quadratic")),
        (lambda n: 1e-7 * n**2, (400, 800, 1600), ("quadratic",)),
        (lambda n: 1e-7 * n**2 * n.bit_length(), (2**9, 2**10, 2**11), ("quadratic",)),
        (lambda n: 1e-8 * n**3, (100, 150, 200), ("cubic",)),
        (lambda n: 1e-8 * n**4, (40, 50, 60, 70), ("higher polynomial",)),
        (lambda n: 1e-7 * 2**n, (17, 18, 19, 20), ("exponential",)),
        (lambda n: 1e-7 * 1.2**n, (64, 70, 76), ("exponential",)),
    ],
)
def test_the_slope_names_the_class(time, sizes, fits):
    assert fitted({n: time(n) for n in sizes}).fits == fits


def test_times_too_short_to_tell_are_left_out():
    assert fitted({10: 0.001, 20: 0.004, 40: 0.016, 80: 0.064}) is None
    assert fitted({7: 0.001, 8: 0.007, 9: 0.04, 10: 0.23}).fits == ("exponential",)  # whatever the machine's speed
    growth = fitted({10: 0.001, 20: 0.01, 40: 0.02, 80: 0.04, 160: 0.08})
    assert growth == Growth((20, 40, 80, 160), (0.01, 0.02, 0.04, 0.08), 1.0, ("linear", "linearithmic"))


def test_seconds_are_those_of_one_call():
    assert fitted({20: 0.08, 40: 0.16, 80: 0.32}, repeats=8).seconds == (0.01, 0.02, 0.04)


def test_the_class_of_one_step_agrees_where_a_call_is_many(bank):
    whole = Growth((1, 2, 3), (1, 2, 3), 1.0, ("linear", "linearithmic"))
    steps, plain = bank.problems["lru-cache"], bank.problems["two-sum"]
    assert [agrees(steps, whole, c) for c in ("constant", "linear", "quadratic")] == [True, True, False]
    assert [agrees(plain, whole, c) for c in ("constant", "linear", "quadratic")] == [False, True, False]


def test_arguments_of_a_size_are_always_the_same(bank):
    oracle = Oracle(lambda name: PROBLEMS / name)
    for problem in bank.problems.values():
        with oracle.grown(problem) as args_of:
            small, large = args_of(16), args_of(64)
        with oracle.grown(problem) as args_of:
            assert (args_of(64), args_of(16)) == (large, small), problem.id
        assert len(repr(large)) > len(repr(small)), problem.id
        assert len(problem.growth) < 200, problem.id


def test_an_expression_that_fails_is_named(bank):
    oracle = Oracle(lambda name: PROBLEMS / name)
    problem = bank.problems["two-sum"]
    broken = problem.model_copy(update={"growth": "[list(range(n)), missing]"})
    with oracle.grown(broken) as args_of, pytest.raises(ContentError, match=r"two-sum.*n = 8.*missing"):
        args_of(8)
    with pytest.raises(ContentError, match="no `growth`"), oracle.grown(problem.model_copy(update={"growth": ""})):
        pass


@pytest.mark.parametrize(
    "code",
    ["def two_sum(entries, target):\n    raise ValueError\n", "def two_sum(", "x = 1", "import os\nos._exit(3)"],
)
@pytest.mark.real
@needs_bubblewrap
def test_code_that_fails_is_not_measured(bank, code):
    assert growth_of(bank, "two-sum", code) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.real
@needs_bubblewrap
def test_the_fast_and_the_simple_solution_are_told_apart(bank, name):
    """A busy machine disturbs a measurement; three in a row that fail are no accident."""
    tries = [_why_not_told_apart(bank, name)]
    while tries[-1] and len(tries) < 3:
        tries.append(_why_not_told_apart(bank, name))
    assert not tries[-1], tries


def _why_not_told_apart(bank, name):
    """Empty when they are."""
    fast, simple = (
        growth_of(bank, name, (PROBLEMS / name / "solutions" / f"{file}.py").read_text()) for file in ("fast", "simple")
    )
    if fast is None or simple is None or simple.exponent - fast.exponent <= APART:
        return f"fast {fast}, simple {simple}"
    problem = bank.problems[name]
    if name in FIXED_SIZES or agrees(problem, fast, said(problem.complexity)):
        return ""
    return f"{fast} is not {problem.complexity}"


def growth_of(bank, name, code):
    oracle = Oracle(lambda problem: PROBLEMS / problem)
    return measured(sandbox_for("", served_to_others=False), oracle, bank.problems[name], code)
