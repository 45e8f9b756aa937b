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

    `heading` is the path of headings above the piece, outermost first; the document's title where it has none. `title`
    is the document's.
    """

    id: str
    source: str
    heading: str
    kind: Kind
    text: str
    title: str = ""

    @property
    def document(self) -> str:
        """The id of the document that this was cut from."""
        return self.id.split(":", 1)[1].rsplit("#", 1)[0]

    @property
    def path(self) -> str:
        """The heading under the title of its document, which says what a section named "Level" is about."""
        named = not self.title or self.heading == self.title or self.heading.startswith(f"{self.title} > ")
        return self.heading if named else f"{self.title} > {self.heading}"

    @property
    def whole(self) -> str:
        """Title, heading and text: what is embedded."""
        return f"{self.path}\n{self.text}"


def from_markdown(identifier: str, title: str, markdown: str, kind: Kind = "guide", source: str = "") -> Document:
    """A shipped document. `source` defaults to the id as a Markdown file's name."""
    return Document(id=identifier, source=source or f"{identifier}.md", title=title, kind=kind, text=markdown)
