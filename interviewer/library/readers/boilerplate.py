"""Drops what surrounds an article on a saved web page: menus, badges, teasers, footers.

Careful rather than thorough: a run of short lines goes only if several lines in it are certainly none of the article's.
"""

import re

_SURE = re.compile(
    r"""^(?:
        (?:©|copyright\b|\(c\)\s*\d{4}).* | .*all\ rights\ reserved\.? |
        (?:privacy|cookie|refund)\ (?:policy|settings|notice) | terms\ (?:of\ (?:service|use)|(?:and|&)\ conditions) |
        (?:about|contact)\ us | (?:sign|log)\ (?:in|up|out) | subscribe.{0,40} | skip\ to\ (?:main\ )?content |
        (?:share|follow)\ (?:this|us)\b.{0,30} | (?:read|learn|show|load)\ more | back\ to\ top | advertisement |
        (?:view|browse|see)\ (?:all|\d+).* | ready\ to\ (?:practice|start|begin)\? | \d+\s?min(?:ute)?s?\ read.* |
        (?:published|updated|last\ (?:updated|modified)|author|topics?|tags?|by\ line):\s.* |
        \S+@\S+\.\w+ | (?:file|https?)://\S+\s+\d+/\d+ | [+(]?\d[\d\s()-]{7,}
    )$""",
    re.X | re.I,
)
_BADGE = re.compile(r"^(?:(?:Easy|Medium|Hard)[A-Z].{0,40}|View the full\b.{0,80})$")
_ITEM = re.compile(r"^[-*•▪◦‣·]\s+")
_NUMBERED = re.compile(r"^\(?\d{1,3}[.)](?:\s|$)")
_MENU = re.compile(r"^(?:view|browse|see) (?:all|\d+)|^\d+\s?min", re.I)
# So many sure lines make the whole run of short lines a menu or a footer; one of a menu is enough.
_MANY = 3
_JOINT = re.compile(r"[a-z;][A-Z]")
_ENDS = (".", "!", "?", ":", ";", "”", '"', "|")


def without_boilerplate(lines: list[str], title: str) -> list[str]:
    """The lines of an article, without the page around it."""
    whole = "\n".join(lines)
    lines = [line for line in lines if not (line and _is_alone_junk(line, title, whole))]
    kept: list[str] = []
    start = 0
    while start < len(lines):
        end = _end_of_run(lines, start)
        if end == start:
            kept.append(lines[start])
            start += 1
            continue
        kept += _kept_of_run(lines, start, end)
        start = end
    return kept


def _is_sure(line: str) -> bool:
    return bool(_SURE.match(_ITEM.sub("", line)))


def _is_alone_junk(line: str, title: str, whole: str) -> bool:
    """A line that goes without taking its neighbours with it."""
    title_repeated = bool(title) and line != title and not line.replace(title, "").strip()
    return title_repeated or bool(_BADGE.match(line)) or _is_glued_menu(line, whole)


def _is_glued_menu(line: str, whole: str) -> bool:
    """Menu entries run together ("PricingGuidesSign in"); names in camel case stand elsewhere in the text too."""
    if line.endswith(_ENDS[:3]) or _ITEM.match(line) or re.search(r"[()=_]", line):
        return False
    joined = [word for word in line.split() if _JOINT.search(word)]
    return len(_JOINT.findall(line)) >= 3 and all(whole.count(word) == 1 for word in joined)


def _end_of_run(lines: list[str], start: int) -> int:
    """The place after the last line of the run of short lines that begins here; `start` where none does."""
    end = start
    for place in range(start, len(lines)):
        line = lines[place]
        if line and not (_is_sure(line) or _is_short(line) or _is_caption(lines, place)):
            break
        end = place + 1 if line else end
    return end if lines[start] else start


def _is_caption(lines: list[str], place: int) -> bool:
    """A short sentence among short lines that lead to a sure one: a slogan in the page's footer."""
    if len(lines[place].split()) > 12 or _NUMBERED.match(lines[place]):
        return False
    before = next((line for line in lines[max(0, place - 3) : place][::-1] if line), "")
    for line in filter(None, lines[place + 1 : place + 40]):
        if _is_sure(line):
            return _is_short(before)
        if not _is_short(line):
            return False
    return False


def _is_short(line: str) -> bool:
    bare = _ITEM.sub("", line)
    if _NUMBERED.match(bare) or line.startswith("#"):
        return False
    if bare.endswith(("...", "…")):
        return len(bare.split()) <= 30
    return len(bare.split()) <= 8 and not bare.endswith(_ENDS)


def _kept_of_run(lines: list[str], start: int, end: int) -> list[str]:
    """What is left of a run: with many sure lines only the heading of the text that follows, with few all but them."""
    run = lines[start:end]
    sure = [place for place, line in enumerate(run) if line and _is_sure(line)]
    if not sure:
        return run
    if len(sure) < _MANY and not any(_MENU.match(run[place]) for place in sure):
        return run[: sure[0]] + run[sure[-1] + 1 :]
    follows_text = any(lines[end : end + 3])
    last_is_heading = follows_text and sure[-1] != len(run) - 1 and not _ITEM.match(run[-1])
    return [run[-1]] if last_is_heading else []
