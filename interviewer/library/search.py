"""The library as the rest of the program sees it: search, ingest, remove, sources.

Making a Library costs nothing; the first search opens the index, brings it up to date and loads the embedder.
Searching reads an immutable snapshot and waits for no ingest.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.domain.base import Value
from interviewer.errors import BadInput, InterviewerError
from interviewer.library import passages, ranking
from interviewer.library.documents import Document, Kind, Passage
from interviewer.library.embedder import Embedder
from interviewer.library.holdings import Holdings, Snapshot
from interviewer.library.index import Damaged
from interviewer.library.readers import read
from interviewer.library.retriever import retriever_of
from interviewer.library.shelf import Found, found_in, names_for
from interviewer.library.wording import spelled_out
from interviewer.settings import Settings

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

log = logging.getLogger(__name__)

CANDIDATES = 60
# Vectors, words.
_WEIGHTS = (1.0, 0.6)
# A question of the bank resembles what is asked and answers nothing of it.
_WORTH: dict[Kind, float] = {"question": 0.8}
_MAX_QUERY = 4000
# A resume is compared piece by piece, so that one line about Kafka is not lost among the others.
_PART_WORDS, _MAX_PARTS, _LEAST_WORDS = 40, 40, 4
Progress = Callable[[str, int, int], None]


class Hit(Value):
    """A passage that answers, with a score of 0 to 1; `id`, `source` and `heading` are its citation."""

    id: str
    source: str
    heading: str
    text: str
    score: float
    kind: Kind

    @property
    def document(self) -> str:
        """The id of the document: of the question, where the kind is `question`."""
        return self.id.split(":", 1)[1].rsplit("#", 1)[0]


class Report(Value):
    """What became of one file. `problem` is empty where it went in."""

    file: str
    source: str
    passages: int = 0
    replaced: bool = False
    problem: str = ""


class Source(Value):
    source: str
    kind: Kind
    passages: int


class Library:
    """`documents` gives the shipped documents; it is called when the index is opened."""

    def __init__(self, settings: Settings, documents: Callable[[], Sequence[Document]], embedder: Embedder) -> None:
        self._embedder = embedder
        self._holdings = Holdings(settings, documents, embedder)

    def search(self, query: str, k: int = 5, kinds: Sequence[Kind] | None = None) -> list[Hit]:
        """The k passages that answer best, best first; fewer only where the library holds fewer different ones."""
        asked = " ".join(query.split())[:_MAX_QUERY]
        if not asked:
            raise BadInput("the question is empty; write a few words to search for")
        if k < 1:
            raise BadInput(f"{k} passages were asked for; ask for at least one")
        snapshot = self._holdings.current()
        try:
            return self._searched(snapshot, asked, k, kinds or ())
        except Damaged as fault:
            log.warning("the library is opened again: %s", fault)
            return self._searched(self._holdings.reopened(snapshot), asked, k, kinds or ())

    def nearest_questions(self, text: str, k: int = 5) -> list[Hit]:
        """One hit for each of the k questions nearest to a topic or to a whole resume; `hit.document` is its id."""
        blocks = [block for block in passages.blocks(text, _PART_WORDS) if passages.words(block) >= _LEAST_WORDS]
        best: dict[str, Hit] = {}
        for part in blocks[:_MAX_PARTS] or [text]:
            for hit in self.search(part, 3 * k, ("question",)):
                if hit.document not in best or hit.score > best[hit.document].score:
                    best[hit.document] = hit
        return sorted(best.values(), key=lambda hit: (-hit.score, hit.id))[:k]

    def passage(self, passage_id: str) -> Passage | None:
        """The passage behind a citation; None where it is not in the library any more."""
        return self._holdings.current().by_id.get(passage_id)

    def sources(self) -> list[Source]:
        """Every document's name with the number of its passages, the user's own first."""
        counts: dict[tuple[Kind, str], int] = {}
        for passage in self._holdings.current().passages:
            counts[passage.kind, passage.source] = counts.get((passage.kind, passage.source), 0) + 1
        found = [Source(source=source, kind=kind, passages=count) for (kind, source), count in counts.items()]
        return sorted(found, key=lambda s: (s.kind != "user", s.kind, s.source))

    def ingest(self, paths: Iterable[Path | str], progress: Progress | None = None) -> list[Report]:
        """Add the user's files, or replace those of the same name. A bad file that was named raises BadInput before
        anything is stored; a bad file inside a folder is told in its report."""
        found = found_in(Path(path).expanduser() for path in paths)
        names = names_for(file.path for file in found)
        files = [(file.path, _read(file, names[file.path])) for file in found]
        return [self._added(path, what, progress) if isinstance(what, Document) else what for path, what in files]

    def remove(self, source: str) -> None:
        """Forget one of the user's own files. Raises BadInput for a name that is not among them."""
        if not self._holdings.remove(source):
            have = ", ".join(s.source for s in self.sources() if s.kind == "user") or "none yet"
            raise BadInput(f"{source!r} is not among your documents; they are: {have}")

    def retriever(self, k: int = 5, kinds: Sequence[Kind] | None = None) -> "BaseRetriever":
        """The search behind LangChain's interface."""
        return retriever_of(lambda query: self.search(query, k, kinds))

    def warm(self) -> threading.Thread:
        """Open and load in the background. A fault is logged, and raised again by the first search."""
        thread = threading.Thread(target=self._warm, name="warm-library", daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        self._holdings.close()

    def _warm(self) -> None:
        try:
            self.search("warm", 1)
        except InterviewerError as fault:
            log.warning("the library could not be opened yet: %s", fault)

    def _searched(self, snapshot: Snapshot, asked: str, k: int, kinds: Sequence[Kind]) -> list[Hit]:
        if not snapshot.passages:
            return []
        count = max(CANDIDATES, 2 * k)
        near = self._near(asked, count, kinds, snapshot)
        covered = _covered(asked, count, kinds, snapshot)
        shares = ranking.fused([list(near), list(covered)], _WEIGHTS)
        documents = {key: (snapshot.by_id[key].kind, snapshot.by_id[key].document) for key in shares}
        alone = {key: ranking.score(share, near.get(key, 0.0), covered.get(key, 0.0)) for key, share in shares.items()}
        if set(kinds) != {"question"}:
            alone = {key: own * _WORTH.get(documents[key][0], 1.0) for key, own in alone.items()}
        scores = ranking.varied(ranking.with_support(alone, documents, snapshot.sizes), documents)
        order = sorted(scores, key=lambda key: (-scores[key], key))
        best = ranking.without_repeats(order, {key: snapshot.by_id[key].text for key in order}, k)
        return [Hit(**snapshot.by_id[key].model_dump(exclude={"title"}), score=round(scores[key], 4)) for key in best]

    def _near(self, asked: str, count: int, kinds: Sequence[Kind], snapshot: Snapshot) -> dict[str, float]:
        vector = self._embedder.encode_query(spelled_out(asked))
        found = self._holdings.index.nearest(vector, count, kinds)
        return {key: cosine for key, cosine in found if key in snapshot.by_id}

    def _added(self, path: Path, document: Document, progress: Progress | None) -> Report:
        name = document.source
        tell = None if progress is None else lambda done, total: progress(name, done, total)
        count, replaced = self._holdings.add(document, path, tell)
        return Report(file=str(path), source=name, passages=count, replaced=replaced)


def _read(file: Found, name: str) -> Document | Report:
    try:
        return read(file.path).model_copy(update={"id": name, "source": name})
    except BadInput as fault:
        if file.named:
            raise
        return Report(file=str(file.path), source=name, problem=str(fault))


def _covered(asked: str, count: int, kinds: Sequence[Kind], snapshot: Snapshot) -> dict[str, float]:
    """The passages that share words with the question, best first, with the share of its words that they have."""
    allowed = [not kinds or passage.kind in kinds for passage in snapshot.passages]
    matches = snapshot.words.search(asked, allowed)[:count]
    return {snapshot.passages[match.place].id: match.coverage for match in matches}
