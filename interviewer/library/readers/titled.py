"""What every reader returns."""

from typing import NamedTuple


class Titled(NamedTuple):
    """A text as Markdown, and the title it gives itself (empty where it gives none)."""

    title: str
    markdown: str
