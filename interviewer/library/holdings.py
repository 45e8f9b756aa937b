"""What the library holds right now: opens the index, brings it up to date, and gives out immutable snapshots.

Up to date means: every shipped document and every file on the user's shelf is there, whole and as it is now, and
nothing else. So a deleted, damaged or half-written index mends itself at the next opening, and a change of one guide
embeds one guide. Not here: ranking (`search`).
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from interviewer.library import passages
from interviewer.library.bm25 import WordIndex
from interviewer.library.documents import Document, Kind, Passage
from interviewer.library.embedder import Embedder
from interviewer.library.index import Index, Row
from interviewer.library.lock import WriteLock
from interviewer.library.shelf import Shelf
from interviewer.settings import Settings

log = logging.getLogger(__name__)

Key = tuple[Kind, str]
Progress = Callable[[int, int], None]
_CHUNK = 64


@dataclass(frozen=True)
class Snapshot:
    """All passages at one moment, with the word index over them."""

    passages: tuple[Passage, ...]

    @cached_property
    def by_id(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def words(self) -> WordIndex:
        return WordIndex([p.text for p in self.passages], [p.path for p in self.passages])

    @cached_property
    def sizes(self) -> Counter[Key]:
        """The number of passages of each document."""
        return Counter((passage.kind, passage.document) for passage in self.passages)


class _Due(NamedTuple):
    """A document to be put into the index, as it is now."""

    passages: list[Passage]
    stamp: str


class Holdings:
    def __init__(self, settings: Settings, documents: Callable[[], Sequence[Document]], embedder: Embedder) -> None:
        self.index = Index(settings)
        self.shelf = Shelf(settings.home / "documents")
        self._documents = documents
        self._embedder = embedder
        self._lock = WriteLock(settings.home / "library.lock")
        self._snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """The newest snapshot. The first call opens the index; a later one reads again what another process wrote."""
        snapshot = self._snapshot
        if snapshot is not None and (self._lock.taken or not self.index.changed_elsewhere()):
            return snapshot
        with self._lock.held():
            if self._snapshot is None or self.index.changed_elsewhere():
                self.index.close()
                self._snapshot = self._opened()
            return self._snapshot

    def add(self, document: Document, path: Path, progress: Progress | None = None) -> tuple[int, bool]:
        """Put a user's file on the shelf and into the index: (passages, whether it replaced one of its name)."""
        with self._lock.held():
            before = self._ids_of(("user", document.id))
            due = _Due(passages.split(document), self.shelf.keep(path, document.source))
            self._put([due], before, progress)
            self._snapshot = self._read()
            return len(due.passages), bool(before)

    def remove(self, name: str) -> bool:
        """Take a user's file from the shelf and the index; whether there was one."""
        with self._lock.held():
            ids = self._ids_of(("user", name))
            known = bool(ids) or name in self.shelf.stamps()
            self.shelf.remove(name)
            if ids:
                self._put([], ids)
                self._snapshot = self._read()
            return known

    def reopened(self, failed: Snapshot) -> Snapshot:
        """A snapshot of an index opened anew, mending what is damaged, unless another thread has done so already."""
        with self._lock.held():
            if self._snapshot is failed:
                self.close()
            return self.current()

    def close(self) -> None:
        """Let go of the index; the next `current` opens it again."""
        with self._lock.held():
            self._snapshot = None
            self.index.close()

    def _ids_of(self, key: Key) -> list[str]:
        return [p.id for p in self.current().passages if (p.kind, p.document) == key]

    def _read(self) -> Snapshot:
        return _snapshot(self.index.rows())

    def _opened(self) -> Snapshot:
        rows = self.index.open(self._embedder.name)
        held = _by_document(rows)
        complete = {key: own[0].stamp for key, own in held.items() if len(own) == own[0].siblings}
        shipped = {(d.kind, d.id): (d, _stamp(d)) for d in self._documents()}
        shelved: dict[Key, str] = {("user", name): stamp for name, stamp in self.shelf.stamps().items()}
        due = [_Due(passages.split(d), stamp) for key, (d, stamp) in shipped.items() if complete.get(key) != stamp]
        late = {name: stamp for (kind, name), stamp in shelved.items() if complete.get((kind, name)) != stamp}
        due += [_Due(passages.split(document), late[document.id]) for document in self.shelf.read(late)]
        due += self._of_other_machines(set(shelved))
        wanted = {*shipped, *shelved}
        stale = [key for key in held if key not in wanted and not (self.index.remote and key[0] == "user")]
        renewed = {(d.passages[0].kind, d.passages[0].document) for d in due if d.passages}
        gone = [row.passage.id for key in (*stale, *renewed) for row in held.get(key, [])]
        if not due and not gone:
            return _snapshot(rows)
        self._put(due, gone)
        return self._read()

    def _of_other_machines(self, shelved: set[Key]) -> list[_Due]:
        """On a shared server, a new embedder must not lose files whose originals stand on other machines."""
        if not self.index.remote:
            return []
        lost = _by_document(row for row in self.index.dropped if row.passage.kind == "user")
        return [_Due([r.passage for r in own], own[0].stamp) for key, own in lost.items() if key not in shelved]

    def _put(self, due: Iterable[_Due], before: Sequence[str], progress: Progress | None = None) -> None:
        rows = [Row(p, document.stamp, len(document.passages)) for document in due for p in document.passages]
        if len(rows) > _CHUNK and progress is None:
            log.info("embedding %d passages for the library", len(rows))
        new = {row.passage.id for row in rows}
        gone = [key for key in before if key not in new]
        for start in range(0, len(rows), _CHUNK):
            part = rows[start : start + _CHUNK]
            self.index.put(part, self._embedder.encode_document([row.passage.whole for row in part]))
            if progress is not None:
                progress(start + len(part), len(rows))
        if gone:
            self.index.delete(gone)


def _snapshot(rows: Iterable[Row]) -> Snapshot:
    """In the order of the ids, whatever order the collection gives: equal scores then always rank alike."""
    return Snapshot(tuple(sorted((row.passage for row in rows), key=lambda passage: passage.id)))


def _by_document(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault((row.passage.kind, row.passage.document), []).append(row)
    return found


def _stamp(document: Document) -> str:
    whole = "\0".join([document.source, document.title, document.text])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]
