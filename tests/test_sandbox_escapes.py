"""Attempts to get out of the sandbox or to exhaust it; each must fail in its own way.

Not covered: cheating the examiner (test_sandbox_cheats), kernels' own faults, and time that another process of the
machine can measure.
"""

import os
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from interviewer.coding.examiner import Examiner
from interviewer.coding.oracle import Oracle
from interviewer.coding.sandbox import sandbox_for
from interviewer.coding.session import Solution, session
from tests.boxes import NEEDS_BUBBLEWRAP, RIGHT, boxed, children, problem

pytestmark = [pytest.mark.real, NEEDS_BUBBLEWRAP]
SECRET = "planted-secret-4711"
MARK = f"box{os.getpid()}"  # what an attempt calls itself when it means to stay
LIBC = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\ndef tried(*a):\n    return libc.syscall(*a), ctypes.get_errno()\n"


@pytest.fixture
def examiner(tmp_path):
    return Examiner(lambda: sandbox_for("", False), Oracle(lambda _: tmp_path), 20)


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
        assert not boxed([str(self.told["mark"])])


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
        "abstract": abstract, "mark": MARK, "outside": str(outside), "pid": os.getpid(), "home": str(Path.home()),
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
    "environment-of-proc": ("return open('/proc/self/environ', 'rb').read()", MISSING),
    "environment-of-others": ("return open(f\"/proc/{w['pid']}/environ\").read()", MISSING),
    "processes-of-others": ("import os; return [p for p in os.listdir('/proc') if p.isdigit()]", MISSING),
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
    "exec-binary": ("import os; os.execv('/usr/bin/true', ['true'])", REFUSED),
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
        "import os, stat\n k = []\n for f in range(1024):\n  try: m = os.fstat(f).st_mode\n  except OSError: continue\n"
        "  k.append('pipe' if stat.S_ISFIFO(m) else 'device' if stat.S_ISCHR(m) else 'other')\n return sorted(k)",
        r"returned: \['device', 'pipe', 'pipe', 'pipe', 'pipe'\]$",
    ),
    # to stay when the box is taken down, or to be no child of its monitor any more
    "outlive-by-prctl": (
        LIBC + "---\nlibc.prctl(15, w['mark'].encode())\n libc.prctl(1, 0)\n import time\n while True: time.sleep(9)",
        "timed_out",
    ),
    "outlive-by-exec-in-a-thread": (
        "import os, sys, threading, time\n t = threading.Thread(target=os.execv, args=(sys.executable, ['python', '-c', "
        "f\"import time; open('/proc/self/comm', 'w').write({w['mark']!r}); time.sleep(99)\"]))\n"
        " t.start(); t.join(); return 'still here'",
        "returned: still here",
    ),
    "death-signal": (LIBC + "---\nreturn libc.prctl(1, 0), ctypes.get_errno()", MINUS_ONE),
    "exec-of-memory": (LIBC + "---\nreturn tried(322, 0, b'', 0, 0, 0x1000)", MINUS_ONE),
    "clone3": (LIBC + "---\nreturn tried(435, b'x' * 88, 88)", MINUS_ONE),
    "clone-process": (LIBC + "---\nreturn tried(56, 17, 0, 0, 0, 0)", MINUS_ONE),
    "vfork": (LIBC + "---\nreturn tried(58)", MINUS_ONE),
    "io-uring": (LIBC + "---\nreturn tried(425, 1, b'x' * 120)", MINUS_ONE),
    "userfaultfd": (LIBC + "---\nreturn tried(323, 1)", MINUS_ONE),
    "keyctl": (LIBC + "---\nreturn tried(250, 0, -3, 0)", MINUS_ONE),
    "bpf": (LIBC + "---\nreturn tried(321, 0, b'x' * 72, 72)", MINUS_ONE),
    "perf-event": (LIBC + "---\nreturn tried(298, b'x' * 112, 0, -1, -1, 0)", MINUS_ONE),
    "inotify-on-what-others-read": (LIBC + "---\nreturn libc.inotify_init1(0), ctypes.get_errno()", MINUS_ONE),
    "lock-what-others-read": ("import fcntl; fcntl.flock(open('/box/wire.py'), fcntl.LOCK_EX)", REFUSED),
    "x32-calls": (LIBC + "---\nreturn tried(0x40000000 + 39)", MINUS_ONE),
    "threads-many": (
        "import threading, time\n threading.stack_size(32768)\n"
        " while True: threading.Thread(target=time.sleep, args=(99,), daemon=True).start()",
        "error: (the code started more than 64 threads|RuntimeError)",
    ),
    "memory-by-threads": (
        "import threading\n def f():\n  x = []\n  while True: x.append(bytearray(2**24))\n"
        " t = [threading.Thread(target=f) for _ in range(20)]\n for x in t: x.start()\n for x in t: x.join()\n return 1",
        "(returned: 1|timed_out|out_of_memory|error: )",
    ),
    "devices": ("import os; return sorted({*os.listdir('/dev')} & {'mem', 'kmsg', 'sda', 'vda', 'kvm', 'fuse'})", r"returned: \[\]$"),
    "memory-of-itself-by-proc": ("open('/proc/self/mem', 'r+b')", MISSING),
    "sys": ("import os; return os.listdir('/sys')", MISSING),
    "empty-files": ("import os\n for n in range(10**6): os.mknod(f'/tmp/{n}')", "(timed_out|error: )"),
    "anonymous-file": (
        "import os; f = os.open('/tmp', os.O_TMPFILE | os.O_RDWR)\n while True: os.write(f, b'x' * 2**20)",
        r"error: (OSError: \[Errno 2[78]\]|the pro)",
    ),
    "limits-of-processes": ("import resource as r; r.setrlimit(r.RLIMIT_NPROC, (-1, -1)); return 'raised'", "(error: ValueError|returned: raised)"),
    "stop-by-thread": (
        "import os, signal, threading, time\n threading.Thread(target=signal.raise_signal, args=(19,)).start(); time.sleep(9)",
        "timed_out",
    ),
    "del-at-exit": (
        "import time\n class D:\n  def __del__(self): time.sleep(99)\n globals()['kept'] = D(); return 1", "returned: 1",
    ),
    "close-the-reply": ("import os, sys; os.close(int(sys.argv[1]))", "error: "),
    "reply-into-null": ("import os, sys; os.dup2(os.open('/dev/null', 1), int(sys.argv[1])); return 1", "(timed_out|error: the code ended)"),
    "close-all": ("import os; os.closerange(0, 64)", "error: "),
    "parentheses": ("return " + "(" * 5000 + ")" * 5000, "error: SyntaxError"),
    "nested-blocks": ("\n".join(" " * n + "if 1:" for n in range(1, 200)) + "\n" + " " * 200 + "pass", "error: "),
    "minuses": ("return " + "-" * 90000 + "1", "(out_of_memory|error: |returned: )"),
    "folded-power": ("return 9**9**9", "timed_out"),
    "folded-text": ("return len('x' * 10**12)", "out_of_memory"),
    "list-literal": ("return len([" + "1," * 45000 + "])", "returned: 45000"),
    "null-byte": ("return 1\0", "error: (SyntaxError|ValueError)"),
    "half-character": ("return '\ud800'", "error: UnicodeEncodeError"),
    "coding-comment": ("# coding: rot13\n---\nerghea 1", "error: SyntaxError"),
    "longest-line": ("x = '" + "x" * 90000 + "'; return len(x)", "returned: 90000"),
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
