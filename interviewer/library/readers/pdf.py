"""PDF files, read with pypdf: text in reading order, headings by size and weight of the letters.

Not here: scans (no text recognition) and columns that the file itself does not keep in order.
"""

import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from interviewer.errors import BadInput
from interviewer.library.readers.boilerplate import without_boilerplate
from interviewer.library.readers.headings import title_of, with_headings
from interviewer.library.readers.titled import Titled
from interviewer.library.readers.wrapping import unwrapped

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_LARGER = 1.12
_HEADER_PAGES = 3
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "-", "\xa0": " "})


@dataclass
class _Line:
    text: str
    size: float
    bold: bool


def read(name: str, data: bytes) -> Titled:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        _refuse_locked(name, reader)
        pages = [_lines(page) for page in reader.pages]
        title = _own_title(reader)
    except DependencyError as fault:
        raise BadInput(f"{name}: is encrypted in a way that is not read here; save it without a password") from fault
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError) as fault:
        raise BadInput(f"{name}: is damaged or no PDF; export it again ({type(fault).__name__})") from fault
    lines = _without_running_heads(pages)
    if not lines:
        raise BadInput(f"{name}: holds no text, only pictures perhaps; save it as text (OCR) and try again")
    return _structured(lines, title)


def _refuse_locked(name: str, reader: "PdfReader") -> None:
    """Many PDFs are encrypted with an empty password, only to forbid printing; those open."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput(f"{name}: is protected by a password; save a copy without one and try again")


def _own_title(reader: "PdfReader") -> str:
    title = (reader.metadata.title if reader.metadata else None) or ""
    junk = not title.strip() or title.lower().startswith(("untitled", "microsoft word")) or "." in title[-5:]
    return "" if junk else " ".join(title.split())


def _lines(page: "PageObject") -> list[_Line]:
    """The page's lines with the size of their letters, as its text matrix scales them."""
    pieces: list[tuple[str, float, bool]] = []

    def note(text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        scale = (abs(tm[3]) or abs(tm[1]) or 1) * (abs(cm[3]) or abs(cm[1]) or 1)
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        pieces.append((text, round(size * scale, 1), bold))

    page.extract_text(visitor_text=note)
    return _split(pieces)


def _split(pieces: list[tuple[str, float, bool]]) -> list[_Line]:
    lines = [_Line("", 0, True)]
    for text, size, bold in pieces:
        for place, part in enumerate(text.split("\n")):
            if place:
                lines.append(_Line("", 0, True))
            if part.strip():
                last = lines[-1]
                lines[-1] = _Line(last.text + part, max(last.size, size), last.bold and bold)
            else:
                lines[-1].text += part
    return [_Line(" ".join(line.text.translate(_LIGATURES).split()), line.size, line.bold) for line in lines]


def _without_running_heads(pages: list[list[_Line]]) -> list[_Line]:
    """Headers, footers and page numbers: lines at a page's edge that stand on several pages, digits aside."""
    edges = Counter(key for page in pages for key in {_key(line) for line in _edge(page)})
    kept: list[_Line] = []
    for page in pages:
        running = {id(line) for line in _edge(page) if _is_running(line, edges)}
        kept += [line for line in page if line.text and id(line) not in running]
    return kept


def _edge(page: list[_Line]) -> list[_Line]:
    filled = [line for line in page if line.text]
    return filled if len(filled) < 4 else [*filled[:2], *filled[-2:]]


def _is_running(line: _Line, edges: Counter[str]) -> bool:
    return edges[_key(line)] >= _HEADER_PAGES or bool(
        re.fullmatch(r"(?:page )?\d+(?:\s*(?:/|of)\s*\d+)?", line.text, re.I)
    )


def _key(line: _Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _structured(lines: list[_Line], title: str) -> Titled:
    """Headings by their letters; where all letters are alike, by their look."""
    body = _body_size(lines)
    larger = sorted({line.size for line in lines if _is_heading(line, body)}, reverse=True)
    texts = [
        f"{'#' * min(larger.index(line.size) + 1, 4)} {line.text}" if _is_heading(line, body) else line.text
        for line in lines
    ]
    texts = without_boilerplate(unwrapped(_with_broken_headings_joined(texts), laid_out=True), title)
    found = next((text.lstrip("# ") for text in texts if text.startswith("#")), "")
    if found:
        return Titled(found if larger and larger[0] > body else title or found, _spaced(texts))
    title = title or title_of(texts)
    return Titled(title, with_headings(texts, title))


def _body_size(lines: list[_Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _is_heading(line: _Line, body: float) -> bool:
    short = len(line.text.split()) <= 20 and any(c.isalpha() for c in line.text)
    bold_label = (
        line.bold and line.size >= body and len(line.text.split()) <= 12 and not line.text.endswith((".", ":", ","))
    )
    return short and (line.size > _LARGER * body or bold_label)


def _with_broken_headings_joined(texts: list[str]) -> list[str]:
    """A long heading that runs over two lines of the same size is one heading."""
    joined: list[str] = []
    for text in texts:
        mark = text.split(" ", 1)[0]
        before = joined[-1] if joined else ""
        if mark.startswith("#") and before.startswith(mark + " ") and len(before) > 40:
            joined[-1] = f"{before} {text.removeprefix(mark).strip()}"
        else:
            joined.append(text)
    return joined


def _spaced(texts: list[str]) -> str:
    return "\n\n".join(texts) + "\n"
