"""One writer at a time: within the process by a lock, between processes by a lock file."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interviewer.errors import LibraryUnavailable

PATIENCE_SECONDS = 180.0


class WriteLock:
    """Reentrant. The file stands beside the library's folder, which may itself be moved away."""

    def __init__(self, path: Path, patience: float = PATIENCE_SECONDS) -> None:
        self._path = path
        self._patience = patience
        self._threads = threading.RLock()
        self._depth = 0

    @property
    def taken(self) -> bool:
        """Whether this process is writing, so that no other one can be."""
        return self._depth > 0

    @contextmanager
    def held(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        with self._threads:
            if self._depth:
                yield
                return
            lock = FileLock(self._path, thread_local=False)
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                lock.acquire(timeout=self._patience)
            except Timeout as fault:
                raise LibraryUnavailable("another process is writing to the library; wait until it is done") from fault
            except OSError as fault:
                raise LibraryUnavailable(f"{self._path} cannot be written ({fault}); check permissions") from fault
            self._depth = 1
            try:
                yield
            finally:
                self._depth = 0
                lock.release()
