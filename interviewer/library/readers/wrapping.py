"""Joins lines that were broken only because the page ended there."""

import re

_ITEM = re.compile(r"^(?:[-*•▪◦‣·]\s|\(?\d{1,3}[.)]\s|#|\||>)")
_ENDS = (".", "!", "?", ":", ";", "|")
# How much of the width a line must fill to be one that goes on, before a small and before another letter.
_HALF, _FULL = 0.5, 0.75


def unwrapped(lines: list[str], laid_out: bool = False) -> list[str]:
    """Stripped lines with hard-wrapped paragraphs joined; text whose lines are paragraphs already is left alone.

    `laid_out` says that the lines are those of a printed page, so that they certainly are wrapped.
    """
    width = _wrap_width(lines, laid_out)
    if not width:
        return lines
    everything = " ".join(lines)
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and _continues(last, line, width):
            joined[-1] = _glue(joined[-1], line, everything)
        else:
            joined.append(line)
        last = line
    return joined


def is_item(line: str) -> bool:
    """A list item, a table row or a heading with a mark: a line that never continues the one before."""
    return bool(_ITEM.match(line))


def _wrap_width(lines: list[str], laid_out: bool) -> int:
    """The column at which lines are broken; 0 where they are not."""
    lengths = sorted(len(line) for line in lines if line)
    if not lengths or (lengths[-1] > 140 and not laid_out):
        return 0
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if laid_out:
        return width
    full = sum(length >= _FULL * width for length in lengths)
    return width if width >= 50 and full >= 0.3 * len(lengths) else 0


def _continues(last: str, line: str, width: int) -> bool:
    if not last or not line or is_item(line) or last.startswith("#") or last.endswith(_ENDS):
        return False
    return len(last) >= (_HALF if line[0].islower() else _FULL) * width


def _glue(head: str, tail: str, everything: str) -> str:
    """A word broken at a hyphen is made whole, unless the text spells it with the hyphen elsewhere."""
    if not (head.endswith("-") and tail[0].islower()):
        return f"{head} {tail}"
    compound = re.split(r"\s", head)[-1] + re.split(r"[\s,.;:]", tail)[0]
    return head + tail if compound in everything else head[:-1] + tail
