"""Plain text and Markdown files: decoding, and structure for text that has none marked.

Not here: guessing a language, or encodings beyond UTF-8, UTF-16 and Windows-1252.
"""

import codecs
import re

from interviewer.errors import BadInput
from interviewer.library.readers.boilerplate import without_boilerplate
from interviewer.library.readers.headings import title_of, with_headings
from interviewer.library.readers.titled import Titled
from interviewer.library.readers.wrapping import unwrapped

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f�]")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.S)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.M)


def decoded(name: str, data: bytes) -> str:
    """The text of a file in an unknown encoding. Raises BadInput for bytes that are no text."""
    text = _decoded(name, data)
    refuse_junk(name, text)
    return _CONTROL.sub(" ", text).replace("\r\n", "\n").replace("\r", "\n")


def refuse_junk(name: str, text: str) -> None:
    """Bytes of anything decode into something; control characters in it give them away."""
    if len(_CONTROL.findall(text[:20_000])) > 0.01 * len(text[:20_000]):
        raise BadInput(f"{name}: holds bytes that are no text; save it as UTF-8 text and try again")


def _decoded(name: str, data: bytes) -> str:
    encoding = next((codec for mark, codec in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise BadInput(f"{name}: is damaged {encoding.upper()} text; save it as UTF-8 and try again") from None
    return data.decode("cp1252", errors="replace")


def read_markdown(name: str, data: bytes) -> Titled:
    text = _FRONT_MATTER.sub("", decoded(name, data))
    first = _HEADING.search(text)
    return Titled(first.group(1) if first else "", text)


def read_plain(name: str, data: bytes) -> Titled:
    """Text without marks: hard-wrapped lines are joined, web-page menus dropped, headings recognised by their look."""
    text = decoded(name, data)
    if len(_HEADING.findall(text)) >= 2:
        return read_markdown(name, data)
    return structured(text)


def structured(text: str) -> Titled:
    lines = [line.strip() for line in text.replace(" ", " ").splitlines()]
    title = title_of(lines)
    return Titled(title, with_headings(without_boilerplate(unwrapped(lines), title), title))
