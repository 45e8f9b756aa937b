"""The library: shipped guides, rubrics and questions and the user's own files, searched with citations.

Documents become passages; passages stand in a Chroma collection and in a word index; a search fuses the two.
Everything heavy (Chroma, the embedding model, file formats) is loaded at first use.
Not here: what the shipped documents say (`content`), and what a search is asked for (`interviewing`, `report`, `ui`).
"""

from interviewer.library.documents import Document, Kind, Passage, from_markdown
from interviewer.library.embedder import Embedder, MiniLM
from interviewer.library.search import Hit, Library, Report, Source

__all__ = [
    "Document",
    "Embedder",
    "Hit",
    "Kind",
    "Library",
    "MiniLM",
    "Passage",
    "Report",
    "Source",
    "from_markdown",
]
