"""Passages and their vectors in a Chroma collection: a folder of ours, or a server by URL.

The collection's metadata names the embedder; every row carries the stamp of its document, so that whoever opens the
index sees what is missing or out of date and embeds only that.
The vectors can always be made again: a collection of another embedder is dropped, a damaged folder is moved aside.
Not here: what belongs in the index (`search`), and locking between processes (`lock`).
"""

import logging
import os
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from interviewer.errors import LibraryUnavailable
from interviewer.library.documents import Kind, Passage
from interviewer.settings import Settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

    from interviewer.library.embedder import Vectors

log = logging.getLogger(__name__)

COLLECTION = "interviewer-library"
# Raise it when passages are split or embedded differently: every collection is then made anew.
FORMAT = 2
_BATCH = 2000
_REMOTE_LOOK_SECONDS = 10.0
_EXACT = 1000
_NOT_DAMAGE = ("locked", "readonly", "read-only", "permission", "denied", "disk is full", "no space", "too many open")


class Row(NamedTuple):
    """`stamp` is its document's, `siblings` how many passages the document has."""

    passage: Passage
    stamp: str
    siblings: int


class Damaged(LibraryUnavailable):
    """Chroma cannot read its own folder, or it was taken away. Opening the index again mends it."""


class Index:
    def __init__(self, settings: Settings) -> None:
        self._folder = settings.library_folder
        self._url = settings.chroma_url
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None
        self._seen = ""
        self._looked = 0.0
        self.dropped: list[Row] = []

    @property
    def remote(self) -> bool:
        """Whether other machines may share this index."""
        return bool(self._url)

    def open(self, embedder: str) -> list[Row]:
        """Every row there is. Rows of another embedder are dropped; a damaged folder is moved aside."""
        try:
            return self._opened(embedder)
        except Damaged as fault:
            self.close()
            if self.remote:
                raise LibraryUnavailable(f"the Chroma server at {self._url} failed: {fault}; see its log") from fault
            self._move_aside(str(fault))
        try:
            return self._opened(embedder)
        except Damaged as fault:
            raise LibraryUnavailable(f"no library could be made in {self._folder}: {fault}; check the disk") from fault

    def rows(self) -> list[Row]:
        with self._translated():
            return _rows(self._required())

    def put(self, rows: Sequence[Row], vectors: "Vectors") -> None:
        """Store rows, over those of the same id."""
        with self._translated():
            self._required().upsert(
                ids=[row.passage.id for row in rows],
                embeddings=vectors,
                documents=[row.passage.text for row in rows],
                metadatas=[_metadata(row) for row in rows],
            )
            self._mark_written()

    def delete(self, ids: Sequence[str]) -> None:
        with self._translated():
            for start in range(0, len(ids), _BATCH):
                self._required().delete(ids=list(ids[start : start + _BATCH]))
            self._mark_written()

    def nearest(self, vector: "Vectors", count: int, kinds: Sequence[Kind] = ()) -> list[tuple[str, float]]:
        """Ids with the cosine of their angle to the vector, nearest first; equally near ones in the order of their ids.

        The graph is approximate and depends on how it was built, so more is asked for than is wanted: in a library of
        up to `_EXACT` passages all of them, and the same question always gets the same answer.
        """
        where: Any = {"kind": {"$in": list(kinds)}} if kinds else None
        with self._translated():
            found = self._required().query(
                query_embeddings=vector[None, :], n_results=max(count, _EXACT), where=where, include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        near = [(key, 1.0 - float(gap)) for key, gap in zip(found["ids"][0], distances, strict=True)]
        return sorted(near, key=lambda pair: (-round(pair[1], 6), pair[0]))[:count]

    def changed_elsewhere(self) -> bool:
        """Whether another process has written, or the folder is gone, since this one last read or wrote."""
        if not self.remote:
            return self._generation() != self._seen
        if time.monotonic() - self._looked < _REMOTE_LOOK_SECONDS:
            return False
        self._looked = time.monotonic()
        with self._translated():
            return self._generation() != self._seen

    def close(self) -> None:
        self._collection = None
        if self._client is not None:
            client, self._client = self._client, None
            client.close()  # type: ignore[attr-defined]

    def _opened(self, embedder: str) -> list[Row]:
        with self._translated():
            if self._client is None:
                self._client = self._connected()
            wanted = {"embedder": embedder, "format": FORMAT}
            kept = self._existing(wanted)
            if kept is None:
                kept = self._client.create_collection(
                    COLLECTION,
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine"}},
                    metadata={**wanted, "written": uuid.uuid4().hex},
                )
                self._mark_written()
            self._collection = kept
            self._seen = self._generation()
            rows = _rows(kept)
            if rows:
                # A folder can lose its vectors and keep its texts; only a query finds out.
                first = kept.get(limit=1, include=["embeddings"])["embeddings"]
                kept.query(query_embeddings=first, n_results=1, include=[])
            return rows

    def _existing(self, wanted: dict[str, Any]) -> "Collection | None":
        from chromadb.errors import NotFoundError

        assert self._client is not None
        try:
            found = self._get()
        except NotFoundError:
            return None
        about = found.metadata or {}
        if {key: about.get(key) for key in wanted} == wanted:
            return found
        self.dropped = _rows(found)
        self._client.delete_collection(COLLECTION)
        return None

    def _generation(self) -> str:
        if self.remote:
            return str((self._get().metadata or {}).get("written", ""))
        try:
            about = (self._folder / "written").stat()
            return f"{about.st_ino}-{about.st_mtime_ns}"
        except OSError:
            return "gone"

    def _get(self) -> "Collection":
        if self._client is None:
            raise Damaged("the library was closed meanwhile; try again")
        return self._client.get_collection(COLLECTION, embedding_function=None)

    def _required(self) -> "Collection":
        if self._collection is None:
            raise Damaged("the library was closed meanwhile; try again")
        return self._collection

    def _mark_written(self) -> None:
        if self.remote:
            collection = self._get()
            collection.modify(metadata={**(collection.metadata or {}), "written": uuid.uuid4().hex})
        else:
            part = self._folder / ".written.part"
            part.write_text("The time of this file tells other processes that the library was written.\n")
            os.replace(part, self._folder / "written")
        self._seen = self._generation()

    def _connected(self) -> "ClientAPI":
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        options = ChromaSettings(anonymized_telemetry=False)
        if self.remote:
            return _remote_client(self._url, options)
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        if self._folder.exists() and not self._folder.is_dir():
            raise Damaged("a file stands where the folder should be")
        self._folder.mkdir(exist_ok=True, mode=0o700)
        return chromadb.PersistentClient(str(self._folder), settings=options)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Faults of Chroma and the disk, told apart: damage can be mended by us, the rest by the user."""
        try:
            yield
        except (LibraryUnavailable, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except OSError as fault:
            raise LibraryUnavailable(f"the library in {self._folder} cannot be used: {fault}") from fault
        except BaseException as fault:  # a panic in Chroma's Rust part derives from BaseException
            self._forget_failed_start()
            if self.remote:
                raise LibraryUnavailable(
                    f"the Chroma server at {self._url} could not be used: {_first_line(fault)}; "
                    "start it, or unset INTERVIEWER_CHROMA_URL"
                ) from fault
            if any(words in str(fault).lower() for words in _NOT_DAMAGE):
                raise LibraryUnavailable(
                    f"the library in {self._folder} cannot be used: {_first_line(fault)}; check disk and permissions"
                ) from fault
            raise Damaged(f"Chroma could not read {self._folder}: {_first_line(fault)}; try again") from fault

    def _forget_failed_start(self) -> None:
        """Chroma keeps a system that failed to start and would hand it out again for the same folder."""
        from chromadb.api.shared_system_client import SharedSystemClient

        if self._client is None and not self.remote:
            SharedSystemClient._identifier_to_system.pop(str(self._folder), None)
            SharedSystemClient._identifier_to_refcount.pop(str(self._folder), None)

    def _move_aside(self, why: str) -> None:
        place = next(p for n in range(1, 10_000) if not (p := _aside(self._folder, n)).exists())
        log.warning("%s was moved to %s and the library is made anew (%s)", self._folder, place, why)
        if self._folder.exists():
            os.rename(self._folder, place)


def _aside(folder: Path, number: int) -> Path:
    return folder.with_name(f"{folder.name}.damaged-{number}")


def _remote_client(url: str, options: Any) -> "ClientAPI":
    import chromadb

    parts = urlsplit(url if "://" in url else f"http://{url}")
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise LibraryUnavailable(f"INTERVIEWER_CHROMA_URL is {url!r}; it should look like http://127.0.0.1:8000")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 8000)
    return chromadb.HttpClient(host=parts.hostname, port=port, ssl=secure, settings=options)


def _metadata(row: Row) -> dict[str, Any]:
    passage = row.passage
    return {
        "source": passage.source,
        "heading": passage.heading,
        "title": passage.title,
        "kind": passage.kind,
        "stamp": row.stamp,
        "siblings": row.siblings,
    }


def _rows(collection: "Collection") -> list[Row]:
    found = collection.get(include=["documents", "metadatas"])
    rows = []
    for key, text, about in zip(found["ids"], found["documents"] or [], found["metadatas"] or [], strict=True):
        own: dict[str, Any] = dict(about)
        named = {name: own[name] for name in ("source", "heading", "kind")}
        # A row of an older format, read before it is dropped, has no title.
        passage = Passage(id=key, text=text, title=own.get("title", ""), **named)
        rows.append(Row(passage, str(own["stamp"]), int(own["siblings"])))
    return sorted(rows, key=lambda row: (row.passage.kind, row.passage.document, int(row.passage.id.rsplit("#", 1)[1])))


def _first_line(fault: BaseException) -> str:
    return (str(fault).strip() or type(fault).__name__).splitlines()[0][:200]
