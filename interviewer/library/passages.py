"""Splits a document into passages that can be read, embedded and cited alone.

A passage never crosses a heading of the first floors, stays within `MAX_WORDS`, and breaks a sentence only where the
sentence alone is longer.
Not here: recognising headings in text that does not mark them (`readers`).
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from interviewer.library.documents import Document, Passage

# The embedder reads about 180 words; shorter passages are found more surely and read faster as a citation.
MAX_WORDS = 110
_LOOSE_WORDS = 7
_SMALL_WORDS = 25
# The last piece of a section joins the one before it when it is shorter: so a passage has at most 110 + 27 words.
_TAIL_WORDS = 28
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W_a-z])|[。！？]+")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|cf|vs|approx|no|fig|dr|mr|mrs|ms|st|al)|\b[A-Z])\.$", re.I)
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_TABLE_RULE = re.compile(r"^\|?[\s:|-]+\|?$")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(
    r"\[([^\]]+)\]\((?:https?:|mailto:|[/#.]|[\w-]+\.\w+)[^()\s]*(?:\([^)]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"
)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_EMPHASIS = re.compile(r"(?<!\w)\*\*(?=\S)(.+?)(?<=\S)\*\*(?!\w)")


@dataclass
class _Section:
    path: tuple[str, ...]
    units: list[str] = field(default_factory=list)
    loose: bool = False


def split(document: Document) -> list[Passage]:
    """The passages of a document, in order; a paragraph that the document repeats stands in one passage only."""
    seen: set[str] = set()
    passages: list[Passage] = []
    for section in _sections(document):
        units = [unit for unit in section.units if _is_new(unit, seen)]
        heading = " > ".join(section.path) or document.title
        for text in _packed(units):
            number = len(passages)
            identifier = f"{document.kind}:{document.id}#{number}"
            passages.append(
                Passage(
                    id=identifier,
                    source=document.source,
                    heading=heading,
                    kind=document.kind,
                    text=text,
                    title=document.title,
                )
            )
    return passages


def blocks(markdown: str, limit: int) -> list[str]:
    """Every paragraph, list item and so on by itself, cut to the limit; headings are left out."""
    return [piece for level, block in _blocks(markdown) if not level for piece in _within_limit(block, limit)]


def words(text: str) -> int:
    """Words, where a very long one counts as several: formulas, addresses, scripts without spaces."""
    return sum(1 + len(word) // 12 for word in text.split())


def _is_new(unit: str, seen: set[str]) -> bool:
    key = " ".join(unit.casefold().split())
    if len(key.split()) < 8:
        return True
    fresh = key not in seen
    seen.add(key)
    return fresh


def _sections(document: Document) -> list[_Section]:
    """The text under each heading, with the path of headings to it; a heading with nothing under it becomes text."""
    # The criteria of a rubric have names that say little without the rubric's own.
    path: list[tuple[int, str]] = [(0, document.title)] if document.kind == "rubric" else []
    sections = [_Section(tuple(name for _, name in path))]
    for level, text in _blocks(document.text):
        if not level:
            sections[-1].units.append(text)
            continue
        path = [(depth, name) for depth, name in path if depth < level]
        if level > 1 or text != document.title:
            path.append((level, text))
        sections.append(_Section(tuple(name for _, name in path)))
    return _with_empty_ones_kept(sections)


def _with_empty_ones_kept(sections: list[_Section]) -> list[_Section]:
    """A heading that nothing stands under, not even another heading, becomes text one floor up."""
    kept: list[_Section] = []
    for place, section in enumerate(sections):
        after = sections[place + 1].path if place + 1 < len(sections) else ()
        if section.units:
            kept.append(section)
        elif section.path and after[: len(section.path)] != section.path:
            parent, text = section.path[:-1], section.path[-1]
            if kept and kept[-1].loose and kept[-1].path == parent:
                kept[-1].units.append(text)
            else:
                kept.append(_Section(parent, [text], loose=True))
    full = [s for s in kept if not s.loose or _words_of(s) >= _LOOSE_WORDS]
    return _with_small_ones_joined(full or kept, floor=len(sections[0].path))


def _with_small_ones_joined(sections: list[_Section], floor: int) -> list[_Section]:
    """Neighbours far down in the same part of a document, each too small to be read alone, become one section.

    `floor` is the depth of the document itself.
    """
    joined: list[_Section] = []
    for section in sections:
        before = joined[-1] if joined else None
        parent = section.path[:-1]
        if before is None or len(parent) <= floor or parent not in (before.path, before.path[:-1]):
            joined.append(section)
            continue
        small = min(_words_of(before), _words_of(section)) < _SMALL_WORDS
        if small and _words_of(before) + _words_of(section) < MAX_WORDS - 10:
            own = [] if before.path == parent else [f"{before.path[-1].rstrip(':')}:"]
            units = [*own, *before.units, f"{section.path[-1].rstrip(':')}:", *section.units]
            joined[-1] = _Section(parent, units)
        else:
            joined.append(section)
    return joined


def _words_of(section: _Section) -> int:
    return sum(words(unit) for unit in section.units)


def _blocks(markdown: str) -> Iterator[tuple[int, str]]:
    """(level, heading) and (0, block): a paragraph, a list item, the rows of a table, a piece of code."""
    lines: list[str] = []
    fenced = False
    for line in [*_COMMENT.sub("", markdown).split("\n"), ""]:
        if _FENCE.match(line):
            fenced = not fenced
            if fenced and lines:
                yield 0, _plain(lines)
                lines = []
            lines += [] if fenced else [""]
            if not fenced:
                yield from ((0, code) for code in ["\n".join(lines).strip("\n")] if code.strip())
                lines = []
            continue
        if fenced:
            lines.append(line.rstrip())
            continue
        heading = _HEADING.match(line)
        if lines and (heading or not line.strip() or _ITEM.match(line) or _RULE.match(line)):
            yield 0, _plain(lines)
            lines = []
        if heading:
            yield len(heading.group(1)), _inline(heading.group(2))
        elif line.strip() and not _RULE.match(line) and not _TABLE_RULE.match(line):
            lines.append(line)
    if lines:
        yield 0, "\n".join(lines)


def _plain(lines: list[str]) -> str:
    """A block as one line, but the rows of a table each on its own."""
    table = all(line.lstrip().startswith("|") for line in lines)
    joined = "\n".join(_row(line) for line in lines) if table else " ".join(line.strip() for line in lines)
    return _inline(re.sub(r"^\s*>\s?", "", _ITEM.sub(_bullet, joined)))


def _bullet(mark: re.Match[str]) -> str:
    return "- " if mark.group().strip() in "-*+•" else mark.group().strip() + " "


def _row(line: str) -> str:
    return " | ".join(cell.strip() for cell in line.strip().strip("|").split("|"))


def _inline(text: str) -> str:
    """Without the marks of Markdown that only decorate: pictures, addresses of links, bold."""
    return _EMPHASIS.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))).strip()


def _packed(units: list[str]) -> list[str]:
    """Units joined into texts of similar length, none over the limit; a line ending in ":" stays with what follows."""
    pieces = list(_with_introductions([p for unit in units for p in _within_limit(unit, MAX_WORDS)]))
    total = sum(words(piece) for piece in pieces)
    if not total:
        return []
    aim = total / math.ceil(total / MAX_WORDS)
    texts = [""]
    for piece in pieces:
        filled = words(texts[-1])
        if filled and (filled + words(piece) > MAX_WORDS or filled + words(piece) / 2 > aim):
            texts.append("")
        texts[-1] = _joined(texts[-1], piece)
    if len(texts) > 1 and words(texts[-1]) < _TAIL_WORDS:
        last = texts.pop()
        texts[-1] = _joined(texts[-1], last)
    return texts


def _joined(text: str, piece: str) -> str:
    return f"{text}\n{piece}" if text else piece


def _with_introductions(pieces: list[str]) -> Iterator[str]:
    held = ""
    for piece in pieces:
        if held and words(held) + words(piece) > MAX_WORDS:
            yield held
            held = ""
        held = _joined(held, piece)
        if not (piece.endswith(":") and words(piece) < 60):
            yield held
            held = ""
    if held:
        yield held


def _within_limit(unit: str, limit: int) -> Iterator[str]:
    """The unit, or its lines, sentences, and at last its words, packed up to the limit."""
    if words(unit) <= limit:
        yield unit
        return
    lines = unit.split("\n")
    glue, parts = ("\n", lines) if len(lines) > 1 else (" ", _sentences(unit))
    if len(parts) == 1:
        parts = [piece for word in unit.split() for piece in _chopped(word)]
        glue = " "
    text = ""
    for part in (piece for p in parts for piece in (_within_limit(p, limit) if words(p) > limit else [p])):
        if text and words(text) + words(part) > limit:
            yield text
            text = ""
        text = f"{text}{glue}{part}" if text else part
    yield text


def _chopped(word: str) -> list[str]:
    """A word longer than any word is, cut to lengths that a passage can hold."""
    return [word[start : start + 240] for start in range(0, len(word), 240)]


def _sentences(text: str) -> list[str]:
    sentences: list[str] = []
    start = 0
    for end in [*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]:
        part = text[start:end].strip()
        if part and not _ABBREVIATION.search(part):
            sentences.append(part)
            start = end
    return [*sentences, text[start:].strip()] if text[start:].strip() else sentences
