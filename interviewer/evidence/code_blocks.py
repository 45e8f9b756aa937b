"""The fenced code in what a candidate says, and the comments in it.

A fence is three or more backticks or tildes; one that is never closed goes to the end. Comments are read as Python's:
`#` to the end of the line, outside strings. Not covered: what code does (`coding`).
"""

import io
import re
import tokenize
from dataclasses import dataclass
from functools import lru_cache

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})([^\n`]*)\n(.*?)(?:^[ \t]*\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_INLINE_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_BACKTICKS = re.compile(r"`{3,}")
_PRAGMA = re.compile(r"#\s*(?:type:|noqa|pylint|!|-\*-|pragma)", re.IGNORECASE)


@dataclass(frozen=True)
class CodeBlock:
    """`code` stands at `start` in the text; `outer` is the whole block with its fences, as (start, end)."""

    code: str
    start: int
    outer: tuple[int, int]
    language: str = ""


@lru_cache(maxsize=512)
def code_blocks(text: str) -> tuple[CodeBlock, ...]:
    """The fenced blocks in order."""
    return tuple(CodeBlock(m.group(3), m.start(3), m.span(), m.group(2).strip().lower()) for m in _FENCE.finditer(text))


def last_code(text: str) -> CodeBlock | None:
    """The last block that has anything in it."""
    return next((b for b in reversed(code_blocks(text)) if b.code.strip()), None)


def fenced(code: str) -> str:
    """Code as a block of its own: with a fence that is longer than any run of backticks in it."""
    longest = max((len(run) for run in _BACKTICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}python\n{code.rstrip()}\n{fence}"


def has_code(text: str) -> bool:
    return "```" in text or bool(code_blocks(text))


def without_code(text: str, *, comments: bool = False) -> str:
    """The same length with fenced code blanked, so that offsets still hold; `comments` of it may stay as prose."""
    if not has_code(text):
        return text
    kept = list(text)
    for block in code_blocks(text):
        stay = _comments(block) if comments else ()
        _blank(kept, *block.outer, stay)
    return _INLINE_FENCE.sub(lambda m: re.sub(r"\S", " ", m.group()), "".join(kept))


def only_code(text: str) -> bool:
    """Whether nothing is said beside the code, comments in it left out of account."""
    return has_code(text) and not without_code(text).strip()


def _blank(chars: list[str], start: int, end: int, stay: tuple[tuple[int, int], ...]) -> None:
    places = {place for a, b in stay for place in range(a, b)}
    for place in range(start, end):
        if place not in places and not chars[place].isspace():
            chars[place] = " "


@lru_cache(maxsize=512)
def _comments(block: CodeBlock) -> tuple[tuple[int, int], ...]:
    """The words of the comments, by their places in the text; none from the first line on that is not Python."""
    lines = [0]
    for line in block.code.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(block.code).readline):
            if token.type == tokenize.COMMENT and not _PRAGMA.match(token.string):
                start = block.start + lines[token.start[0] - 1] + token.start[1]
                words = len(token.string) - len(token.string.lstrip("# \t"))
                found.append((start + words, start + len(token.string)))
    except (tokenize.TokenError, SyntaxError):
        return tuple(found)  # half-typed code: what could be read before it counts
    return tuple(found)
