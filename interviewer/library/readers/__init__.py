"""The user's own files as documents: .txt, .md, .pdf, .html and .docx, with their headings kept.

A file that cannot be read is a BadInput in one sentence: which file, what is wrong, what to do.
Not here: pictures, scanned pages (no text recognition), old .doc files.
"""

from collections.abc import Callable
from pathlib import Path

from interviewer.errors import BadInput
from interviewer.library.documents import Document
from interviewer.library.readers import html, pdf, text, word
from interviewer.library.readers.titled import Titled

MAX_BYTES = 50 * 1024 * 1024
READERS: dict[str, Callable[[str, bytes], Titled]] = {
    ".txt": text.read_plain,
    ".text": text.read_plain,
    ".md": text.read_markdown,
    ".markdown": text.read_markdown,
    ".pdf": pdf.read,
    ".html": html.read,
    ".htm": html.read,
    ".docx": word.read,
}
OFFERED = "txt, md, pdf, html or docx"


def readable(path: Path) -> bool:
    """Whether the name promises a format that is read here."""
    return path.suffix.lower() in READERS and not path.name.startswith((".", "~$"))


def read(path: Path) -> Document:
    """Read one file. Raises BadInput for anything that is wrong with it."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise BadInput(f"{path.name}: files called {path.suffix or 'without an ending'!r} are not read; use {OFFERED}")
    data = _bytes(path)
    _refuse_wrong_name(path, data)
    found = reader(path.name, data)
    if not any(c.isalnum() for c in found.markdown):
        raise BadInput(f"{path.name}: no text was found in it; if it is a scan, convert it to text and try again")
    return Document(id=path.name, source=path.name, title=found.title or path.stem, kind="user", text=found.markdown)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise BadInput(
                f"{path.name}: has {size / 1048576:.0f} MB, 50 MB is the limit; split it or save only its text"
            )
        data = path.read_bytes()
    except FileNotFoundError as fault:
        raise BadInput(f"{path}: there is no such file; check the path") from fault
    except OSError as fault:
        raise BadInput(f"{path}: could not be opened ({fault.strerror}); check its permissions") from fault
    if not data.strip():
        raise BadInput(f"{path.name}: is empty; save some text in it first")
    return data


def _refuse_wrong_name(path: Path, data: bytes) -> None:
    """A file whose content is of another format than its name says."""
    ending = path.suffix.lower()
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise BadInput(
            f"{path.name}: is an old Office file or protected by a password; save it as .docx without a password"
        )
    actual = _format_of(data)
    if actual is None and ending in (".pdf", ".docx"):
        raise BadInput(f"{path.name}: is called {ending} but is none, or is damaged; export it again")
    if actual is not None and READERS[actual] is not READERS[ending]:
        raise BadInput(f"{path.name}: is called {ending} but holds {actual[1:].upper()}; rename it to end in {actual}")


def _format_of(data: bytes) -> str | None:
    """The format that the first bytes give away; None where they do not (plain text and Markdown never do)."""
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return ".docx"
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return ".html" if head.startswith((b"<!doctype html", b"<html")) else None
