"""Attempts to get out of the sandbox, to exhaust it, or to cheat the examiner; each must fail in its own way.

Not covered: kernels' own faults, and time that another process of the machine can measure.
"""

import os
import re
import shutil
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from interviewer.coding import sandbox as sandboxes
from interviewer.coding.examiner import Examiner
from interviewer.coding.oracle import Oracle
from interviewer.coding.sandbox import Unconfined, sandbox_for
from interviewer.coding.session import Solution, session
from interviewer.domain.question import Problem
from interviewer.errors import SandboxUnavailable

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
]
SECRET = "planted-secret-4711"
RIGHT = "def twice(n):\n    return n * 2\n"
LIBC = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\ndef tried(*a):\n    return libc.syscall(*a), ctypes.get_errno()\n"


def problem():
    tests = [{"name": f"case-{n}", "args": [n], "returns": n * 2, "seconds": 0.3} for n in (3, 4, 5)]
    return Problem.model_validate({
        "id": "twice", "title": "x", "text": "x", "rubric": "coding", "pattern": "x", "statement": "x",
        "signature": "x", "examples": [{"args": [1], "returns": 2}], "complexity": "x",
        "hints": {"small": "x", "medium": "x", "large": "x"}, "tests": tests, "wrong": [],
    })  # fmt: skip


@pytest.fixture
def examiner(tmp_path):
    return Examiner(lambda: sandbox_for("", False), Oracle(lambda _: tmp_path), 20)


def children():
    """Processes below ours, by their parents as /proc tells."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
            continue
        parents[int(text.split()[0])] = int(text.rpartition(")")[2].split()[1])
    found = {os.getpid()}
    while more := {p for p, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


@dataclass
class World:
    """What an attempt would like to reach on this machine, and whether it did."""

    told: dict
    server: socket.socket
    local: socket.socket
    abstract: socket.socket
    outside: Path
    before: set = field(default_factory=children)

    def check(self):
        for listening in (self.server, self.local, self.abstract):
            with pytest.raises(BlockingIOError):
                listening.accept()
        assert not self.outside.exists()
        assert not Path("/tmp/escaped-from-the-box").exists()
        assert children() <= self.before


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.setenv("PLANTED", SECRET)
    (tmp_path / "secret").write_text(SECRET)
    listening = [socket.socket(), socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)]
    abstract = f"\0escape-{os.getpid()}"
    for one, address in zip(listening, (("127.0.0.1", 0), str(tmp_path / "s"), abstract), strict=True):
        one.bind(address)
        one.listen()
        one.setblocking(False)
    outside = tmp_path / "made-outside"
    told = {
        "secret": str(tmp_path / "secret"), "port": listening[0].getsockname()[1], "unix": str(tmp_path / "s"),
        "abstract": abstract, "outside": str(outside), "pid": os.getpid(), "home": str(Path.home()),
        "project": str(Path(__file__)),
    }  # fmt: skip
    yield World(told, *listening, outside)
    for one in listening:
        one.close()


# What the code tries, and what must come of it: "ending: value or message", as a pattern from its beginning.
# Statements are the body of attempt(w); what is before a line of three dashes is at the top of the file.
REFUSED = r"error: (PermissionError|BlockingIOError|OSError|gaierror)"
READ_ONLY = r"error: (OSError: \[Errno 30\]|PermissionError)"
MISSING = r"error: FileNotFoundError"
MINUS_ONE = r"returned: [\[(]-1, (1|13|38)[\])]"
ATTEMPTS = {
    "network-by-name": ("import socket; return socket.create_connection(('localhost', w['port']))", REFUSED),
    "network-by-address": ("import socket; socket.socket().connect(('127.0.0.1', w['port']))", REFUSED),
    "network-ipv6": ("import socket; socket.socket(socket.AF_INET6)", REFUSED),
    "network-raw": ("import socket; socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)", REFUSED),
    "unix-socket": ("import socket; socket.socket(socket.AF_UNIX).connect(w['unix'])", REFUSED),
    "abstract-socket": ("import socket; socket.socket(socket.AF_UNIX).connect(w['abstract'])", REFUSED),
    "read-secret": ("return open(w['secret']).read()", MISSING),
    "list-home": (
        "import os, sys; return [n for n in os.listdir(w['home']) if n not in sys.base_prefix.split('/')]",
        rf"(returned: \[\]$|{MISSING})",
    ),
    "read-project": ("return open(w['project']).read()", MISSING),
    "read-passwd": ("return open('/etc/passwd').read()", MISSING),
    "environment-own": ("import os; return sorted(k for k in os.environ if k == 'PLANTED')", r"returned: \[\]$"),
    "environment-of-proc": ("return b'PLANTED' in open('/proc/self/environ', 'rb').read()", "returned: False"),
    "environment-of-others": ("return open(f\"/proc/{w['pid']}/environ\").read()", MISSING),
    "processes-of-others": ("import os; return [p for p in os.listdir('/proc') if p.isdigit()]", r"returned: \['1'\]$"),
    "write-usr": ("open('/usr/x', 'w')", READ_ONLY),
    "write-box": ("open('/box/wire.py', 'a')", READ_ONLY),
    "write-shm": ("open('/dev/shm/x', 'w')", READ_ONLY),
    "write-packages": ("open('/packages/x', 'w')", READ_ONLY),
    "write-root": ("open('/x', 'w')", READ_ONLY),
    "write-outside": ("open(w['outside'], 'w')", MISSING),
    "write-tmp-is-private": ("open('/tmp/escaped-from-the-box', 'w').write('x'); return 'kept here'", "returned: kept"),
    "fork": ("import os; return os.fork()", REFUSED),
    "fork-bomb": ("import os\n while True: os.fork()", REFUSED),
    "subprocess": ("import subprocess; return subprocess.check_output(['/usr/bin/id'])", REFUSED),
    "multiprocessing": ("import multiprocessing as m; p = m.Process(target=print); p.start()", REFUSED),
    "posix-spawn": ("import os; return os.posix_spawn('/usr/bin/id', ['id'], {})", REFUSED),
    "exec-binary": ("import os; os.execv('/usr/bin/true', ['true'])", "error: the code ended the program"),
    "memory-list": ("x = []\n while True: x.append([0] * 2**29)", "out_of_memory"),
    "memory-bytearray": ("return len(bytearray(4 * 2**30))", "out_of_memory"),
    "memory-mmap": ("import mmap; return len(mmap.mmap(-1, 4 * 2**30))", r"error: OSError: \[Errno 12\]"),
    "memory-numpy": ("import numpy\n---\nreturn len(numpy.ones(2**30))", "out_of_memory"),
    "memfd": ("import os; return os.memfd_create('x')", REFUSED),
    "loop": ("while True: pass", "timed_out"),
    "sleep": ("import time; time.sleep(1000)", "timed_out"),
    "loop-in-c": ("return sum(range(10**12))", "timed_out"),
    "flood-stdout": ("while True: print('x' * 10**5)", "(timed_out|error: the code printed more)"),
    "flood-stderr": ("import os\n while True: os.write(2, b'x' * 10**5)", "(timed_out|error: the code printed more)"),
    "flood-reply": (
        "import os, sys\n while True: os.write(int(sys.argv[1]), b'x' * 10**5)",
        "(timed_out|error: the result is larger)",
    ),
    "huge-file": ("f = open('/tmp/x', 'wb')\n while True: f.write(b'x' * 2**20)", r"error: (OSError: \[Errno 27\]|the pro)"),
    "many-files": (
        "for n in range(10**4):\n  with open(f'/tmp/{n}', 'wb') as f: f.write(b'x' * 2**20)",
        r"error: OSError: \[Errno 28\]",
    ),
    "symlink": ("import os; os.symlink(w['secret'], '/tmp/l'); return open('/tmp/l').read()", MISSING),
    "hardlink": ("import os; os.link('/box/wire.py', '/tmp/l')", "error: (OSError|PermissionError)"),
    "kill-all": ("import os; os.kill(-1, 9)", "error: ProcessLookupError"),
    "kill-us": ("import os; os.kill(w['pid'], 9)", "error: ProcessLookupError"),
    "stop-itself": ("import os, time; os.kill(os.getpid(), 19); time.sleep(9)", "timed_out"),
    "ignore-sigterm": ("import signal; signal.signal(15, signal.SIG_IGN)\n while True: pass", "timed_out"),
    "ptrace": (LIBC + "---\nreturn tried(101, 16, 1, 0, 0)", MINUS_ONE),
    "mount": (LIBC + "---\nreturn libc.mount(b'x', b'/tmp', b'tmpfs', 0, None), ctypes.get_errno()", MINUS_ONE),
    "unshare-user": (LIBC + "---\nreturn libc.unshare(0x10000000), ctypes.get_errno()", MINUS_ONE),
    "clone-user": (LIBC + "---\nreturn tried(56, 0x10000011, 0, 0, 0, 0)", MINUS_ONE),
    "chroot": ("import os; os.chroot('/tmp')", REFUSED),
    "setuid": ("import os; os.setuid(0)", REFUSED),
    "raise-limits": ("import resource as r; r.setrlimit(r.RLIMIT_AS, (-1, -1))", "error: ValueError"),
    "exit-at-import": ("import os\nos._exit(0)\n---\npass", "error: the code ended"),
    "sys-exit-at-import": ("import sys\nsys.exit(0)\n---\npass", "error: SystemExit"),
    "raise-at-import": ("raise KeyError('x')\n---\npass", "error: KeyError"),
    "atexit": ("import atexit, time; atexit.register(time.sleep, 99); return 1", "returned: 1"),
    "thread-that-prints-on": (
        "import threading\n def on():\n  while True: print('x')\n threading.Thread(target=on).start(); return 1",
        "(returned: 1|timed_out)",
    ),
    "recursion": ("def f(): return f()\n return f()", "error: RecursionError"),
    "recursion-in-c": ("x = []\n for _ in range(10**5): x = [x]\n return x", "(error: |timed_out)"),
    "cycle": ("x = []; x.append(x); return x", "error: RecursionError"),
    "pickle": ("class P:\n  def __reduce__(self): return (print, ())\n return P()", "returned: <P"),
    "itimer": ("import signal; signal.setitimer(signal.ITIMER_REAL, 0.01)\n while True: pass", "(error: the program|timed_out)"),
    "hidden-frames": (
        "import sys, gc; f = sys._getframe(1); return any('expected' in {*v} for v in (f.f_locals, f.f_globals))",
        "returned: False",
    ),
    "inherited-files": (
        "import os, sys; k = {os.readlink(f'/proc/self/fd/{f}').split(':')[0] for f in os.listdir('/proc/self/fd') "
        "if os.path.exists(f'/proc/self/fd/{f}')}; return sorted(k - {'/proc/1/fd'})",
        r"returned: \['/dev/null', 'pipe'\]$",
    ),
}  # fmt: skip


def written(text):
    top, _, body = text.rpartition("---\n")
    lines = [line if line.startswith(" ") else " " + line for line in body.split("\n")]
    return f"{top}\ndef attempt(w):\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", ATTEMPTS)
def test_an_attempt_to_get_out_fails(name, world, examiner):
    text, expected = ATTEMPTS[name]
    takes = ("array",) if "numpy" in name else ()
    told = [world.told] if not takes else [[1]]
    with session(sandbox_for("", False)) as running:
        outcome = running.load(Solution(written(text), "attempt", takes))
        if outcome.ending == "returned":
            outcome = running.call(told, 0.3)
    came = f"{outcome.ending}: {outcome.value if outcome.ending == 'returned' else outcome.message}"
    assert re.match(expected, came), came[:300]
    assert SECRET not in came + outcome.printed
    assert examiner.submit(problem(), RIGHT).passed
    world.check()


CHEATS = {
    "equal-to-all": "class E:\n    def __eq__(self, o): return True\n    __hash__ = None\ndef twice(n): return E()\n",
    "int-equal-to-all": "class E(int):\n    def __eq__(self, o): return True\ndef twice(n): return E(0)\n",
    "str-equal-to-all": "class E(str):\n    def __eq__(self, o): return True\ndef twice(n): return E()\n",
    "list-equal-to-all": "class E(list):\n    def __eq__(self, o): return True\ndef twice(n): return E()\n",
    "dict-equal-to-all": "class E(dict):\n    def __eq__(self, o): return True\ndef twice(n): return E()\n",
    "repr-of-the-answer": "class E:\n    def __init__(self, n): self.n = n\n    def __repr__(self): return str(self.n)\n"
    "def twice(n): return E(n * 2)\n",
    "forged-replies": "import os, sys\nfor _ in range(9): os.write(int(sys.argv[1]), b'{\"returned\": 2}\\n')\n"
    "def twice(n): return 0\n",
    "patched-wire": "import sys\nsys.modules['__main__'].packed = lambda v: b'{\"returned\": true}\\n'\ndef twice(n): return 0\n",
    "patched-json": "import json\njson.dumps = lambda *a, **k: '{\"returned\": true}'\ndef twice(n): return 0\n",
    "giant-int": "def twice(n): return 10**100000\n",
    "surrogate": "def twice(n): return '\\ud800'\n",
    "nan": "def twice(n): return float('nan')\n",
}


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_does_not_pass(name, world, examiner):
    told = examiner.submit(problem(), CHEATS[name])
    assert not told.passed
    assert sum(t.verdict == "passed" for t in told.tests) <= 1  # a forged constant may be right once
    assert examiner.submit(problem(), RIGHT).passed
    world.check()


def test_a_time_bomb_fails_from_where_it_goes_off(examiner, world):
    bomb = "seen = []\ndef twice(n):\n    seen.append(n)\n    while len(seen) > 2: pass\n    return n * 2\n"
    told = examiner.submit(problem(), bomb)
    assert [t.verdict for t in told.tests] == ["passed", "passed", "timed_out", "skipped"]
    world.check()


def test_twenty_at_once_do_not_disturb_each_other(examiner, world):
    codes = ["def twice(n):\n    while True: pass\n", *[RIGHT] * 10, *["def twice(n): return 0\n"] * 9]
    told, waited = {}, {}

    def examine(n):
        begun = time.monotonic()
        told[n] = examiner.submit(problem(), codes[n])
        waited[n] = time.monotonic() - begun

    idle = os.getloadavg()[0] < (os.cpu_count() or 1)
    threads = [threading.Thread(target=examine, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [told[n].passed for n in range(20)] == [code is RIGHT for code in codes]
    assert told[0].tests[0].verdict == "timed_out"
    longest = max(waited[n] for n in range(1, 20))
    print(f"the longest of the others took {longest:.1f} s")
    assert longest < 5 or not idle
    world.check()


def test_without_bubblewrap_nothing_runs(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxUnavailable, match="apt install bubblewrap"):
        sandboxes.sandbox_for("", False)


def test_no_sandbox_is_for_ones_own_machine(tmp_path):
    with pytest.raises(SandboxUnavailable, match="served to others"):
        sandbox_for("none", True)
    assert isinstance(sandbox_for("none", False), Unconfined)
    assert Examiner(lambda: sandbox_for("none", False), Oracle(lambda _: tmp_path), 1).submit(problem(), RIGHT).passed
