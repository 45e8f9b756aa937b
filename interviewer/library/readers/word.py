"""Word files (.docx), read with python-docx: headings by style, lists, tables, in the order of the page."""

import io
import zipfile
from typing import TYPE_CHECKING

from interviewer.errors import BadInput
from interviewer.library.readers.titled import Titled

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

MAX_UNPACKED = 400 * 1024 * 1024


def read(name: str, data: bytes) -> Titled:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    _refuse_damaged(name, data)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = [
            _table(block) if isinstance(block, Table) else _paragraph(block) for block in document.iter_inner_content()
        ]
        title = (document.core_properties.title or "").strip()
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as fault:
        raise BadInput(f"{name}: could not be read as a Word file; open it in an editor and save it again") from fault
    first = next((b.lstrip("# ") for b in blocks if b.startswith("# ")), "")
    return Titled(first or title, _joined(blocks))


def _refuse_damaged(name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
    except zipfile.BadZipFile as fault:
        raise BadInput(f"{name}: is damaged or cut off; copy or export it again") from fault
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise BadInput(f"{name}: unpacks to more than 400 MB; save only its text and try again")
    if not any(member.filename == "word/document.xml" for member in members):
        raise BadInput(f"{name}: is a ZIP archive but no Word file; unpack it and give the files in it")


def _paragraph(paragraph: "Paragraph") -> str:
    text = " ".join(paragraph.text.split())
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if not text:
        return ""
    if style == "Title":
        return f"# {text}"
    if style.startswith("Heading"):
        level = style.removeprefix("Heading").strip()
        return f"{'#' * min(int(level) + 1, 6) if level.isdigit() else '##'} {text}"
    if _all_bold(paragraph) and len(text.split()) <= 12 and not text.endswith((".", ":")):
        return f"### {text}"
    return f"- {text}" if style.startswith("List") else text


def _all_bold(paragraph: "Paragraph") -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _table(table: "Table") -> str:
    rows = []
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _joined(blocks: list[str]) -> str:
    """Items of one list stand in adjacent lines, everything else has a blank line between."""
    lines: list[str] = []
    for block in (b for b in blocks if b):
        together = block.startswith("- ") and bool(lines) and lines[-1].startswith("- ")
        lines += [block] if together else ["", block]
    return "\n".join(lines).strip() + "\n"
