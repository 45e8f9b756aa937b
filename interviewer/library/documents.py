"""What the library holds: documents as Markdown, and the passages they are split into.

Not here: reading files (`readers`), splitting (`passages`), storing and finding (`index`, `search`).
"""

from typing import Literal

from interviewer.domain.base import Value

Kind = Literal["guide", "rubric", "question", "user"]


class Document(Value):
    """A text as Markdown: `#` headings, paragraphs, `-` items. `source` is the name shown as its citation."""

    id: str
    source: str
    title: str
    kind: Kind
    text: str


class Passage(Value):
    """A piece of a document that can be read alone. The id, `guide:telling-numbers#2`, stays while the text stays.

    `heading` is the path of headings above the piece, outermost first; the document's title where it has none.
    """

    id: str
    source: str
    heading: str
    kind: Kind
    text: str

    @property
    def document(self) -> str:
        """The id of the document that this was cut from."""
        return self.id.split(":", 1)[1].rsplit("#", 1)[0]

    @property
    def whole(self) -> str:
        """Heading and text: what is embedded and indexed."""
        return f"{self.heading}\n{self.text}"


def from_markdown(identifier: str, title: str, markdown: str, kind: Kind = "guide", source: str = "") -> Document:
    """A shipped document. `source` defaults to the id as a Markdown file's name."""
    return Document(id=identifier, source=source or f"{identifier}.md", title=title, kind=kind, text=markdown)
