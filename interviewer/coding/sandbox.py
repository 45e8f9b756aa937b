"""Where untrusted Python runs: a process in bubblewrap, or, by the user's own choice, a plain limited one.

In bubblewrap the code has no network, no home, no environment, no project, no /proc, no file that it can write, and its
own process namespace; filters refuse new processes and programs, tracing, mounts and sockets; limits hold for memory,
threads, time and output. It dies with its whole tree. Where bubblewrap cannot run, nothing does: see `sandbox_for`.
Not covered: macOS and Windows (no bubblewrap there), processors other than x86-64 and 64-bit ARM, and time that
another process of the machine can measure.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from interviewer.coding import seccomp
from interviewer.errors import SandboxUnavailable

MEMORY = 1024 * 2**20  # bytes of address space; numpy with one thread takes about a quarter of it
FILE_SIZE = 8 * 2**20
_REAPING = 1.0  # seconds in which bubblewrap sees that the code's process has ended, and ends
_BOX = Path(__file__).parent / "box"
_INSTALL = (
    "Code is not run, because bubblewrap is missing. Install it (Debian, Ubuntu: `sudo apt install bubblewrap`; "
    "Fedora: `sudo dnf install bubblewrap`), or, on a machine that only you use, set INTERVIEWER_SANDBOX=none to run "
    "your code with your own rights."
)
SandboxName = Literal["bubblewrap", "none"]


@dataclass(frozen=True)
class Launched:
    """A running harness. `pid` is the process that runs the code, as this machine counts, or None where unknown."""

    process: subprocess.Popen[bytes]
    replies: int
    pid: int | None = None


class Sandbox(Protocol):
    """Starts a harness and takes it down; `name` is what a result says about where it ran."""

    name: SandboxName

    def running(self) -> AbstractContextManager["Launched"]: ...


class Bubblewrap:
    name: SandboxName = "bubblewrap"

    def __init__(self, program: str = "bwrap") -> None:
        self._program = program

    @contextmanager
    def running(self) -> Iterator[Launched]:
        """A harness in a box of its own; killed with everything in it when the block is left."""
        with _Pipe() as replies, _Pipe() as status, _filter() as filter_fd:
            command = [
                self._program,
                *("--json-status-fd", str(status.into), "--seccomp", str(filter_fd)),
                *_walls(),
                *(_python(), "-I", "-S", "-B", "/box/harness.py", str(replies.into), seccomp.seal().hex()),
            ]
            process = _started(command, (replies.into, status.into, filter_fd))
            replies.close_into()
            status.close_into()
            inside = None
            try:
                pid = _child_pid(status.out)
                inside = _held(pid)
                yield Launched(process, replies.out, pid)
            finally:
                _kill(inside)  # bubblewrap's own end would end it too, were that signal not the code's to give up
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_REAPING if inside is not None else 0)
                _end(process)


class Unconfined:
    """A plain process with limits and an empty environment: the code runs with the rights of whoever started us."""

    name: SandboxName = "none"

    @contextmanager
    def running(self) -> Iterator[Launched]:
        with _Pipe() as replies, tempfile.TemporaryDirectory(prefix="interviewer-") as folder:
            command = [sys.executable, "-I", "-B", str(_BOX / "harness.py"), str(replies.into)]
            process = _started(command, (replies.into,), cwd=folder, group=True)
            replies.close_into()
            try:
                yield Launched(process, replies.out, process.pid)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, 9)
                _end(process)


def sandbox_for(choice: str, served_to_others: bool) -> Sandbox:
    """The sandbox of this machine. Raises SandboxUnavailable, with what to do, where code must not run."""
    if choice == "none":
        if served_to_others:
            raise SandboxUnavailable(
                "Code is not run: INTERVIEWER_SANDBOX=none is for a machine that only you use, and this page is served "
                "to others. Install bubblewrap and leave INTERVIEWER_SANDBOX unset."
            )
        return Unconfined()
    program = shutil.which("bwrap")
    if program is None:
        raise SandboxUnavailable(_INSTALL)
    if not seccomp.supported():
        raise SandboxUnavailable(f"Code is not run: its sandbox has no filter for the processor {os.uname().machine}.")
    if fault := _refused(program):
        raise SandboxUnavailable(
            f"Code is not run, because bubblewrap does not work here ({fault}). Allow unprivileged user namespaces "
            "(sysctl kernel.unprivileged_userns_clone=1, or an AppArmor profile for bwrap), or ask whoever runs this "
            "machine."
        )
    return Bubblewrap(program)


@cache
def _refused(program: str) -> str:
    """Why bubblewrap cannot make a box here; empty when it can."""
    with _filter() as filter_fd:
        harness = (_python(), "-I", "-S", "-B", "/box/harness.py", "1", seccomp.seal().hex())
        command = [program, "--seccomp", str(filter_fd), *_walls(), *harness]
        tried = subprocess.run(  # noqa: S603, our own words
            command,
            pass_fds=(filter_fd,),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    return "" if tried.returncode == 0 else (tried.stderr.strip().splitlines() or ["no reason given"])[-1]


@cache
def _walls() -> tuple[str, ...]:
    """What the box is made of: namespaces, the few folders that Python needs, and nothing writable but /tmp."""
    return (
        *("--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--clearenv", "--as-pid-1"),
        *("--cap-drop", "ALL", "--uid", "65534", "--gid", "65534", "--hostname", "sandbox", "--disable-userns"),
        *(arg for name, value in _ENVIRONMENT.items() for arg in ("--setenv", name, value)),
        *_system(),
        *("--dev", "/dev", "--remount-ro", "/dev"),
        *("--size", str(_TMP_SIZE), "--tmpfs", "/tmp"),  # noqa: S108, the box's own
        *("--ro-bind", str(_BOX), "/box", *_numpy(), "--remount-ro", "/", "--chdir", "/tmp"),  # noqa: S108
    )


_TMP_SIZE = 16 * 2**20  # bytes
_ENVIRONMENT = {
    "PATH": "/usr/bin",
    "HOME": "/tmp",  # noqa: S108
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",  # the same run twice is the same
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


def _system() -> list[str]:
    """The system's folders, links kept as links, and the interpreter's own where it is elsewhere, without packages."""
    args = ["--ro-bind", "/usr", "/usr"]
    for name in ("/lib", "/lib64", "/bin"):
        path = Path(name)
        if path.is_symlink():
            args += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            args += ["--ro-bind", name, name]
    for hidden in ("/usr/local", "/usr/src"):
        if Path(hidden).is_dir() and not Path(sys.base_prefix).is_relative_to(hidden):
            args += ["--tmpfs", hidden, "--remount-ro", hidden]
    prefix = Path(sys.base_prefix)
    if not prefix.is_relative_to("/usr") or prefix.is_relative_to("/usr/local"):
        args += ["--ro-bind", str(prefix), str(prefix)]
        packages = prefix / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
        if packages.is_dir():
            args += ["--tmpfs", str(packages), "--remount-ro", str(packages)]
    return args


def _python() -> str:
    """The interpreter itself, not the virtual environment's link to it."""
    return str(Path(sys.executable).resolve())


def _numpy() -> list[str]:
    """numpy and the libraries that it brings, beside the harness, where its imports are looked for."""
    found = importlib.util.find_spec("numpy")
    if found is None or found.origin is None:
        return []
    package = Path(found.origin).parent
    parts = [package, *package.parent.glob("numpy.libs")]
    return [arg for part in parts for arg in ("--ro-bind", str(part), f"/packages/{part.name}")]


@contextmanager
def _filter() -> Iterator[int]:
    with tempfile.TemporaryFile() as file:
        file.write(seccomp.program())
        file.seek(0)
        yield file.fileno()


class _Pipe:
    """A pipe whose ends are closed once: another thread may have been given the number of a closed one."""

    def __init__(self) -> None:
        self.out, self.into = os.pipe()

    def close_into(self) -> None:
        if self.into >= 0:
            os.close(self.into)
            self.into = -1

    def __enter__(self) -> "_Pipe":
        return self

    def __exit__(self, *_: object) -> None:
        self.close_into()
        os.close(self.out)


def _started(
    command: list[str], fds: tuple[int, ...], cwd: str | None = None, group: bool = False
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603, our own words; the code comes over a pipe
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=fds,
            cwd=cwd,
            env=dict(_ENVIRONMENT),
            start_new_session=group,
        )
    except OSError as fault:
        raise SandboxUnavailable(f"Code could not be run: {fault.strerror or fault}. Try again.") from fault


def _child_pid(status: int) -> int | None:
    """The first line that bubblewrap writes: {"child-pid": 123}; None when it failed before that."""
    import json

    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(status, 256)
        if not piece:
            return None
        line += piece
    return int(json.loads(line.splitlines()[0])["child-pid"])


def _held(pid: int | None) -> int | None:
    """A descriptor of the process itself: its number may go to another one once it has ended."""
    if pid is None:
        return None
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:  # it has ended already
        return None
    except OSError as fault:
        raise SandboxUnavailable(
            f"Code is not run: it could not be ended ({fault}); Linux 5.3 or later can."
        ) from fault


def _kill(held: int | None) -> None:
    if held is not None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(held, signal.SIGKILL)
        os.close(held)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    process.wait()
