"""Attempts to have a wrong solution called right, or to break or stall whoever reads what the box sends.

Not covered: getting out of the box (test_sandbox_escapes), and answers to the public examples written into the code,
which pass those examples.
"""

import json
import time

import pytest

from interviewer.coding.box.wire import packed, unpacked
from interviewer.coding.examiner import Examiner
from interviewer.coding.oracle import Oracle
from interviewer.coding.sandbox import sandbox_for
from interviewer.coding.session import Solution, session
from tests.boxes import NEEDS_BUBBLEWRAP, RIGHT, children, problem

pytestmark = [pytest.mark.real, NEEDS_BUBBLEWRAP]
# what a cheat needs: a line as the harness writes it, and the way out
FORGE = """import json, os, sys, threading, time
main = sys.modules['__main__']
def line(**told): return json.dumps({'dict': [*map(list, told.items())]}).encode() + b'\\n'
def send(b):
    while b: b = b[os.write(int(sys.argv[1]), b):]
"""


@pytest.fixture
def examiner(tmp_path):
    before = children()
    yield Examiner(lambda: sandbox_for("", False), Oracle(lambda _: tmp_path), 20)
    assert children() <= before


CHEATS = {
    "equal-to-all": "class E:\n    def __eq__(self, o): return True\n    __hash__ = None\ndef twice(n): return E()\n",
    "int-equal-to-all": "class E(int):\n    def __eq__(self, o): return True\ndef twice(n): return E(0)\n",
    "str-equal-to-all": "class E(str):\n    def __eq__(self, o): return True\ndef twice(n): return E()\n",
    "list-equal-to-all": "class E(list):\n    def __eq__(self, o): return True\ndef twice(n): return E()\n",
    "dict-equal-to-all": "class E(dict):\n    def __eq__(self, o): return True\ndef twice(n): return E()\n",
    "repr-of-the-answer": "class E:\n    def __init__(self, n): self.n = n\n    def __repr__(self): return str(self.n)\n"
    "def twice(n): return E(n * 2)\n",
    "giant-int": "def twice(n): return 10**100000\n",
    "surrogate": "def twice(n): return '\\ud800'\n",
    "nan": "def twice(n): return float('nan')\n",
    "list-of-liars": "class E(int):\n    def __eq__(self, o): return True\n    __hash__ = None\ndef twice(n): return [E(0)]\n",
    "int-of-many-values": "import itertools\nc = itertools.count()\nclass E(int):\n    def __int__(self): return next(c)\n"
    "    __index__ = __int__\n    def __repr__(self): return '8'\ndef twice(n): return E(1)\n",
    "float-whose-repr-lies": "class E(float):\n    def __repr__(self): return '6.0'\ndef twice(n): return E(0)\n",
    "str-for-int": "def twice(n): return str(n * 2)\n",
    "bool-for-int": "def twice(n): return True\n",
    "one-item-list": "def twice(n): return [n * 2]\n",
    "array-like": "class E:\n    def tolist(self): return self\n    def __eq__(self, o): return True\n"
    "    __hash__ = None\ndef twice(n): return E()\n",
    "class-that-claims-to-be-int": "class E:\n    __class__ = int\n    def __eq__(self, o): return True\n"
    "    __hash__ = None\ndef twice(n): return E()\n",
    "list-that-iterates-for-ever": "class E(list):\n    def __iter__(self):\n        while True: yield 6\ndef twice(n): return E([1])\n",
    "infinity": "def twice(n): return float('inf')\n",
    "deep": "def twice(n):\n    x = n * 2\n    for _ in range(900): x = [x]\n    return x\n",
    "changed-after-return": FORGE + "kept = []\ndef change():\n    while True:\n        for k in kept: k[:] = [6]\n"
    "threading.Thread(target=change, daemon=True).start()\ndef twice(n):\n    kept.append([0])\n    return kept[-1]\n",
    "patched-packed": FORGE
    + "p = main.packed\nmain.packed = lambda v: p(v) if 'loaded' in v else line(returned=2)\ndef twice(n): return 0\n",
    "patched-wire-module": FORGE
    + "import wire\np = wire.packed\nwire.packed = main.packed = lambda v: p(v) if 'loaded' in v else line(returned=6)\ndef twice(n): return 0\n",
    "patched-json": FORGE
    + "d = json.dumps\njson.dumps = lambda v, **k: d(v, **k) if 'loaded' in str(v) else d({'dict': [['returned', 6]]})\ndef twice(n): return 0\n",
    "patched-plain": FORGE + "main.plain = lambda v, s: 6\ndef twice(n): return 0\n",
    "patched-callable": "import builtins\nbuiltins.callable = lambda f: True\nbuiltins.zip = lambda *a, **k: []\n",
    "loaded-without-a-function": FORGE + "send(line(loaded=True))\ntime.sleep(0.2)\n",
    "loaded-early-then-answers": FORGE
    + "send(line(loaded=True) + line(returned=2) + line(returned=6))\ndef twice(n): return 0\n",
    "answers-for-later": FORGE
    + "def twice(n):\n    if n == 1: send(b''.join(line(returned=r) for r in (2, 6, 8, 10)))\n    return 0\n",
    "answer-early-in-the-call": FORGE
    + "def twice(n):\n    send(line(returned=6))\n    time.sleep(0.05)\n    return 0\n",
    "answer-by-a-thread-later": FORGE + "def later():\n    time.sleep(0.02)\n    send(line(returned=8))\n"
    "def twice(n):\n    threading.Thread(target=later).start()\n    return 2\n",
    "harness-replaced": FORGE
    + "send(line(loaded=True))\nfor _ in range(9):\n    time.sleep(0.05)\n    send(line(returned=6))\n",
    "requests-read-ahead": FORGE
    + "def twice(n):\n    f = sys._getframe(1)\n    while 'requests' not in f.f_locals: f = f.f_back\n"
    "    threading.Thread(target=f.f_locals['requests'].readline, daemon=True).start()\n    return 2\n",
    "arguments-in-the-heap": "import gc\ndef twice(n):\n    seen = [o for o in gc.get_objects() if isinstance(o, dict) and 'expected' in o]\n"
    "    return seen[0]['expected'] if seen else None\n",
    "expected-in-the-frames": "import inspect\ndef twice(n):\n    for f in inspect.stack():\n"
    "        for v in f.frame.f_locals.values():\n            if isinstance(v, dict) and 'returns' in v: return v['returns']\n",
    "right-for-the-examples-only": "def twice(n): return 2 if n == 1 else 0\n",
    "verdict-in-the-reply": FORGE
    + "def twice(n):\n    send(line(returned=0, passed=True, verdict='passed', expected=0))\n    time.sleep(1)\n",
}


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_does_not_pass(name, examiner):
    told = examiner.submit(problem(), CHEATS[name])
    assert not told.passed
    assert sum(t.verdict == "passed" for t in told.tests) <= 2  # the example's, and a constant that is right once
    json.loads(told.model_dump_json())
    assert examiner.submit(problem(), RIGHT).passed


# Whole multiples of 2**61 - 1 have the hash 0, outside of the box too.
LINES = {  # as the code writes them
    "nothing": "b''",
    "no-json": "b'{'",
    "no-text": "b'\\xff\\xfe\\x00'",
    "no-object": "b'1'",
    "list": "b'[1]'",
    "two-tags": 'b\'{"tuple": [], "set": []}\'',
    "unknown-tag": 'b\'{"module": "os"}\'',
    "empty-dict": 'b\'{"dict": []}\'',
    "dict-of-no-pairs": 'b\'{"dict": [1, 2]}\'',
    "dict-of-numbers": 'b\'{"dict": 7}\'',
    "key-no-hash": 'b\'{"dict": [[[1], 2]]}\'',
    "foreign-empty": 'b\'{"dict": [["returned", {"foreign": []}]]}\'',
    "foreign-number": 'b\'{"dict": [["returned", {"foreign": 7}]]}\'',
    "foreign-dict": 'b\'{"dict": [["returned", {"foreign": {"a": 1}}]]}\'',
    "foreign-half-character": 'b\'{"dict": [["returned", {"foreign": ["\\\\ud800", "\\\\udfff"]}]]}\'',
    "foreign-long": 'b\'{"dict": [["returned", {"foreign": ["\' + b\'x\' * 10 ** 6 + b\'", "x"]}]]}\'',
    "complex-huge": 'b\'{"dict": [["returned", {"complex": [1\' + b\'0\' * 400 + b\', 1]}]]}\'',
    "complex-text": 'b\'{"dict": [["returned", {"complex": ["x"]}]]}\'',
    "bytes-odd": 'b\'{"dict": [["returned", {"bytes": "0"}]]}\'',
    "bytes-number": 'b\'{"dict": [["returned", {"bytes": 1}]]}\'',
    "int-long": 'b\'{"dict": [["returned", \' + b\'9\' * 5000 + b\']]}\'',
    "nested": "b'[' * 10 ** 5 + b']' * 10 ** 5",
    "nested-tuples": 'b\'{"dict": [["returned", \' + b\'{"tuple": [\' * 400 + b\']}\' * 400 + b\']]}\'',
    "lists-many": 'b\'{"dict": [["returned", [\' + b\'[],\' * 4 * 10 ** 6 + b\'[]]]]}\'',
    "set-of-one-hash": 'b\'{"dict": [["returned", {"set": [\' + b\',\'.join((b\'%d\' % (k * (2**61 - 1)) for k in range(10 ** 5))) + b\']}]]}\'',
    "dict-of-one-hash": 'b\'{"dict": [["returned", {"dict": [\' + b\',\'.join((b\'[%d,0]\' % (k * (2**61 - 1)) for k in range(10 ** 5))) + b\']}]]}\'',
    "tuples-of-one-hash": 'b\'{"dict": [["returned", {"set": [\' + b\',\'.join((b\'{"tuple": [%d]}\' % (k * (2**61 - 1)) for k in range(10 ** 5))) + b\']}]]}\'',
    "error-no-text": 'b\'{"dict": [["error", [[1], 2]], ["message", {"set": [1]}], ["line", "x"]]}\'',
    "error-half-character": 'b\'{"dict": [["error", "\\\\ud800"], ["message", "\\\\ud800\\\\u001b[2J"], ["line", -5]]}\'',
    "error-long": 'b\'{"dict": [["error", "\' + b\'x\' * 10 ** 6 + b\'"], ["message", "y"], ["line", 1\' + b\'0\' * 4000 + b\']]}\'',
    "memory-no-flag": 'b\'{"dict": [["memory", 1]]}\'',
    "after-no-list": 'b\'{"dict": [["returned", 0], ["after", {"foreign": ["x", "y"]}]]}\'',
}  # fmt: skip


@pytest.mark.parametrize("keeps_input", [False, True])
@pytest.mark.parametrize("name", LINES)
def test_a_line_of_the_codes_own_breaks_and_stalls_nobody(name, keeps_input, examiner):
    asked = problem(keeps_input=keeps_input)
    begun = time.monotonic()
    told = examiner.run(asked, FORGE + f"def twice(n):\n    send({LINES[name]} + b'\\n')\n    time.sleep(9)\n")
    assert time.monotonic() - begun < 8  # the example has two seconds of CPU time, five on the wall
    assert [t.verdict for t in told.tests] in (["error"], ["wrong"], ["timed_out"])
    shown = told.model_dump_json()
    assert "\\u001b" not in shown
    assert len(shown) < 5000


@pytest.mark.parametrize("name", [n for n in LINES if "one-hash" in n])
def test_keys_of_one_hash_are_refused_before_they_are_compared(name):
    begun = time.process_time()
    with pytest.raises(ValueError, match="made to be slow"):
        unpacked(eval(LINES[name]))
    assert time.process_time() - begun < 2


def test_honest_sets_and_dicts_cross():
    for value in ({1, 2, 3}, {n: str(n) for n in range(10**4)}, {(n, -n) for n in range(10**4)}, {-1, -2}, set(), {}):
        assert unpacked(packed(value)) == value


def test_what_is_shown_cannot_steer_a_terminal(examiner):
    code = "print('\\x1b]0;x\\x07é', chr(0x202e))\ndef twice(n): raise ValueError('\\x1b[2J\\ud800 ☃')\n"
    told = examiner.run(problem(), code)
    assert told.printed == "\\x1b]0;x\\x07é \\u202e\n"
    assert told.tests[0].got == "ValueError: \\x1b[2J\\ud800 ☃"


GIVEN = "def helper(n):\n    return n * 2\n"
SHADOWED = {
    "by-name": "def helper(n): return 0\ndef twice(n): return helper(n)\n",
    "function-in-given": "del helper\n",
    "replaced-between-calls": "import solution\ndef wrong(n): return 0\ndef twice(n):\n    solution.twice = wrong\n    return wrong(n)\n",
}


@pytest.mark.parametrize("name", SHADOWED)
def test_given_code_that_is_shadowed_helps_nobody(name, examiner):
    assert not examiner.submit(problem(given=GIVEN), SHADOWED[name]).passed


KEEPS = {
    "changed-later": "import threading, time\ndef twice(n):\n    n.append(1)\n    threading.Timer(0.05, n.pop).start()\n    return 2\n",
    "alias-returned": "def twice(n):\n    n[:] = [2]\n    return n\n",
    "argument-swapped-in-the-frame": "import sys\ndef twice(n):\n    n.append(1)\n    f = sys._getframe(1)\n    f.f_locals['given'] = [[1]]\n    return 2\n",
}


@pytest.mark.parametrize("name", KEEPS)
def test_input_that_is_to_be_kept_and_was_not(name, examiner):
    asked = problem(examples=[{"args": [[1]], "returns": [2] if "alias" in name else 2}], tests=[], keeps_input=True)
    (told,) = examiner.run(asked, KEEPS[name]).tests
    assert told.verdict == "wrong"
    assert "the input was changed" in told.got


def test_what_was_printed_before_time_ran_out_is_kept(examiner):
    told = examiner.run(problem(), "def twice(n):\n    print('reached', n)\n    while True: pass\n")
    assert told.tests[0].verdict == "timed_out"
    assert told.printed.startswith("reached")


@pytest.mark.parametrize(
    ("waits", "ending"),
    [
        ("begun = time.monotonic()\n    while time.monotonic() - begun < 2: pass", "returned"),
        ("time.sleep(4)", "timed_out"),
    ],
)
def test_code_that_waits_for_a_busy_machine_is_not_too_slow(waits, ending, monkeypatch):
    with session(sandbox_for("", False)) as running:
        running.load(Solution(f"import time\ndef twice(n):\n    {waits}\n    return n * 2\n", "twice"))
        monkeypatch.setattr(running, "_cpu", lambda otherwise=0.0: 0.0)  # as if others had the processor
        assert running.call([1], 0.1).ending == ending
