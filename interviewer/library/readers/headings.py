"""Finds the headings of plain text by their look and writes them as Markdown.

A heading is a short line without a full stop that stands over prose or a list. Wrong guesses cost a citation's
heading, never words: a line that is no heading stays text.
"""

import re
from collections import Counter
from dataclasses import dataclass

ITEM = re.compile(r"^[-*•▪◦‣·]\s+")
_NUMBER = re.compile(r"^(\d{1,3})([.)])\s+(?=\S)")
_LONE_NUMBER = re.compile(r"^\d{1,3}[.)]$")
_RULE = re.compile(r"^(?:=+|-+|_+|\*+)$")
_AMOUNT = re.compile(r":\s*[$€£]?\d")
_NO_HEADING = re.compile(rf"{_AMOUNT.pattern}|://|@")
_ENDS = (".", ",", ";", ":", "!", "…", "”", "|")
_PARTS = {
    "additional notes", "answer", "background", "constraints", "constraints (assume)", "constraints & assumptions",
    "context", "description", "example", "examples", "follow-up", "follow-ups", "goal", "hints", "how to answer",
    "input", "notes", "output", "question", "questions", "requirements", "scenario", "solution", "task", "tasks",
    "clarifying questions to ask", "what a strong answer covers",
}  # fmt: skip
_PART_LEVEL = 5


@dataclass
class _Line:
    text: str
    lone: bool = False
    level: int = 0
    label: bool = False

    @property
    def style(self) -> str:
        """How a number is written before it: "lone" (on its own line), "." or ")"; empty where there is none."""
        found = _NUMBER.match(self.text)
        return "lone" if self.lone else found.group(2) if found else ""

    @property
    def marked(self) -> bool:
        return bool(ITEM.match(self.text)) or self.text.startswith(("#", "|", ">"))


def title_of(lines: list[str]) -> str:
    """The first line of the first twelve that reads like a title; empty where none does."""
    first = [line.lstrip("# ") for line in lines if line][:12]
    likely = [line for line in first if 3 <= len(line.split()) <= 14 and _looks(line) and not ITEM.match(line)]
    if likely and first.count(likely[0]) > 0 and (first[0] == likely[0] or lines.count(likely[0]) > 1):
        return likely[0]
    return first[0] if first and _looks(first[0]) and len(first[0].split()) <= 14 else ""


def with_headings(texts: list[str], title: str = "") -> str:
    """The lines as Markdown, one blank line between paragraphs."""
    lines = [line for line in _with_numbers_joined(texts) if not _RULE.match(line.text) and line.text != title]
    _mark_headings(lines)
    _unmark_lists_of_short_lines(lines)
    _mark_labels(lines)
    _set_levels(lines)
    return "\n".join(_written(lines)).strip() + "\n"


def _with_numbers_joined(texts: list[str]) -> list[_Line]:
    """Lines with text; a number alone on its line belongs to the next one."""
    lines: list[_Line] = []
    number = ""
    for text in texts:
        if _LONE_NUMBER.match(text):
            number = text
        elif text:
            lines.append(_Line(f"{number} {text}" if number else text, lone=bool(number)))
            number = ""
    return lines


def _looks(text: str) -> bool:
    if len(text) > 140 or _NO_HEADING.search(text) or (text.endswith(_ENDS) and not _is_title_case(text)):
        return False
    first = text.lstrip("\"'“‘(¿")[:1]
    return (first.isupper() or first.isdigit()) and any(c.isalpha() for c in text)


def _is_title_case(text: str) -> bool:
    """A heading may end in a full stop when All Its Longer Words are Written Like This."""
    long = re.findall(r"[^\W\d_]{4,}", text)
    return text.endswith(".") and len(long) >= 3 and all(word[0].isupper() for word in long)


def _mark_headings(lines: list[_Line]) -> None:
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else None
        before = lines[place - 1] if place else None
        if line.marked or after is None:
            continue
        if line.style:
            among_others = not line.lone and ((before and before.style == line.style) or after.style == line.style)
            line.level = 0 if among_others or len(line.text.split()) > 60 else 2
        elif len(line.text.split()) <= (20 if line.text.endswith("?") else 14) and _looks(line.text):
            line.level = 2


def _unmark_lists_of_short_lines(lines: list[_Line]) -> None:
    """Three or more short lines in a row are a list without bullets; only a question before it or the last may head."""
    run: list[_Line] = []
    for line in [*lines, _Line("")]:
        if (line.level and not line.style) or _AMOUNT.search(line.text):
            run.append(line)
            continue
        if len(run) >= 3:
            headless = not line.text or bool(line.style and line.level)
            for short in run if headless else run[:-1]:
                short.level = 2 if short is run[0] and short.text.endswith("?") else 0
        run = []


def _mark_labels(lines: list[_Line]) -> None:
    """A heading that stands three times or more heads nothing in particular."""
    times = Counter(line.text.casefold() for line in lines if line.level)
    for line in lines:
        line.label = bool(line.level) and times[line.text.casefold().rstrip(":")] >= 3


def _set_levels(lines: list[_Line]) -> None:
    outer = next((line.style for line in lines if line.level and line.style), "")
    before = 0
    for line in lines:
        if line.level and not line.label:
            if line.text.casefold() in _PARTS or line.text.startswith("Part "):
                line.level = _PART_LEVEL
            elif line.style:
                line.level = 2 if line.style == outer else 4
            elif before:
                line.level = min(before + 1, 6)
        before = line.level if not line.label else 0


def _written(lines: list[_Line]) -> list[str]:
    written: list[str] = []
    last_item = False
    for place, line in enumerate(lines):
        item = bool(ITEM.match(line.text)) or bool(line.style and not line.level) or line.text.startswith("|")
        if not (item and last_item):
            written.append("")
        last_item = item
        if line.label:
            followed = place + 1 < len(lines) and not lines[place + 1].level
            written += [f"{line.text}:"] if followed else []
        elif line.level:
            written.append("#" * line.level + " " + line.text)
        else:
            written.append(ITEM.sub("- ", line.text))
    return written
