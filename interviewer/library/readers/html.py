"""HTML files, read with Beautiful Soup: headings, paragraphs, lists, tables and code; no scripts, styles, menus."""

import re
from typing import TYPE_CHECKING

from interviewer.library.readers.boilerplate import without_boilerplate
from interviewer.library.readers.text import decoded, refuse_junk
from interviewer.library.readers.titled import Titled

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_DROPPED = [
    "script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "nav", "footer", "aside", "form",
    "button", "select", "input", "textarea", "dialog", "head",
]  # fmt: skip
_HIDDEN = ["[hidden]", "[aria-hidden=true]", "[role=navigation]", "[role=banner]", "[role=contentinfo]"]
_BLOCKS = [
    "p", "div", "section", "article", "main", "header", "blockquote", "figure", "figcaption", "ul", "ol", "dl", "dt",
    "dd", "table", "details", "summary", "address", "hr",
]  # fmt: skip
# Marks that cannot stand in the text, because decoding takes control characters out.
_BREAK, _CODE = "\x01", "\x02"


def read(name: str, data: bytes) -> Titled:
    from bs4 import BeautifulSoup

    # Beautiful Soup reads the page's own charset; where there is none, our own order of guesses is better.
    declared = re.search(rb"charset\s*=", data[:2048], re.I)
    soup = BeautifulSoup(data if declared else decoded(name, data), "html.parser")
    refuse_junk(name, soup.get_text())
    title = _title(soup)
    for selector in (*_DROPPED, *_HIDDEN):
        for tag in soup.select(selector):
            tag.decompose()
    for header in soup.find_all("header"):
        if header.find(["h1", "h2"]) is None:
            header.decompose()
    body = _body(soup)
    _write_marks(body)
    lines = [_tidy(line) for line in body.get_text().replace(_BREAK, "\n").split("\n")]
    text = "\n".join(without_boilerplate(lines, title))
    return Titled(title, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n")


def _title(soup: "BeautifulSoup") -> str:
    heading = soup.find("h1")
    found = heading or soup.find("title")
    return " ".join(found.get_text(" ").split()) if found else ""


def _body(soup: "BeautifulSoup") -> "Tag":
    """The page's own <main> or <article> where it holds most of the words, else everything."""
    whole = len(soup.get_text())
    for name in ("main", "article"):
        if (part := soup.find(name)) is not None and len(part.get_text()) > 0.5 * whole:
            return part
    return soup


def _write_marks(body: "Tag") -> None:
    """Write Markdown's marks into the text, so that it can be taken out in one piece."""
    for string in body.find_all(string=re.compile(r"\s")):
        if string.find_parent("pre") is None:
            string.replace_with(re.sub(r"\s+", " ", str(string)))
    for code in body.find_all("pre"):
        lines = code.get_text().replace("\r\n", "\n").strip("\n").split("\n")
        code.replace_with(_BREAK.join(["", "", "```", *(_CODE + line for line in lines), "```", "", ""]))
    for tag in body.find_all(["br"]):
        tag.replace_with(_BREAK)
    for tag in body.find_all("tr"):
        cells = [" ".join(cell.get_text(" ").split()) for cell in tag.find_all(["td", "th"])]
        tag.replace_with(
            f"{_BREAK}| {' | '.join(cells)} |{_BREAK}" if len(cells) > 1 else _BREAK.join(["", *cells, ""])
        )
    for tag in body.find_all(re.compile(r"^h[1-6]$")):
        tag.replace_with(f"{_BREAK * 2}{'#' * int(tag.name[1])} {' '.join(tag.get_text(' ').split())}{_BREAK * 2}")
    for tag in body.find_all("li"):
        tag.insert(0, f"{_BREAK}- ")
        tag.append(_BREAK)
    for tag in body.find_all(_BLOCKS):
        tag.insert(0, _BREAK * 2)
        tag.append(_BREAK * 2)


def _tidy(line: str) -> str:
    return line[1:].rstrip() if line.startswith(_CODE) else " ".join(line.split())
