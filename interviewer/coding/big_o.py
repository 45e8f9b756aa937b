"""Reads the time complexity that a candidate states, in O-notation or in words.

Each size that is named counts as one that grows, so that "m times n" is quadratic and "V plus E" linear. Of several
the last stands, unless it is what was rejected ("instead of n squared"); parts that are added ("sort, then one pass")
count as the largest. Space is told apart by the words beside it. Not covered: classes between those named (a root of n,
n to the power 1.5: None), and whether the statement is right.
"""

import re
from dataclasses import dataclass
from typing import Literal, get_args

GrowthClass = Literal[
    "constant", "logarithmic", "linear", "linearithmic", "quadratic", "cubic", "higher polynomial", "exponential"
]
CLASSES: tuple[GrowthClass, ...] = get_args(GrowthClass)

_MOST_READ = 2000  # characters, from the end
_LONGEST = 100  # characters of a formula
_NOT_TIME = "regression|model|algebra|layer|prob|class|combin|function|separa|search"  # linear what is no time
_CONSTANT_WHAT = "time|work|cost|look|per|each|on average|amorti[sz]ed|for|in time|space|memory|extra|run"
_WORDS: list[tuple[str, GrowthClass]] = [
    (r"log[- ]?linear|linear[- ]?ithmic|quasi[- ]?linear", "linearithmic"),
    (r"logarithmic(?:ally)?|log[- ]time", "logarithmic"),
    (rf"(?<!sub-)(?<!non-)linear(?:ly)?(?! (?:{_NOT_TIME}))", "linear"),
    (r"quadratic(?:ally)?", "quadratic"),
    (r"cubic", "cubic"),
    (r"exponential(?:ly)?|factorial", "exponential"),
    (rf"constant(?=[ -](?:{_CONSTANT_WHAT})|[.,;]|$)", "constant"),
]
_SPACE = re.compile(r"\b(?:space|memory|storage|auxiliary|extra|additional|ram|stack|bytes)\b")
_TIME = re.compile(r"\b(?:time|runtime|running|runs?|steps|operations|comparisons|work|fast|slow|takes|costs?)\b")
_CLAUSE = re.compile(r"[.;:,!?()]|\b(?:and|but|while|whereas|with|plus|at the cost of|using|uses)\b")
_REJECTED = re.compile(
    r"\b(?:instead of|rather than|than|compared (?:to|with)|from|improves? on|beats|versus|vs|unlike|avoids?|"
    r"naive(?:ly)?|brute[- ]force|would (?:be|have been|take|cost))\b"
)
_DENIED = re.compile(r"\b(?:not|never|isn't|no longer|cannot be|can't be)\b(?: \w+){0,2}\s*$")
_REPLACES = re.compile(
    r"\b(?:but|however|actually|no|wait|sorry|instead|overall|total|altogether|so|therefore|hence|dominates?|becomes|to|"
    r"(?:which|that) (?:makes|gives)|improved?|final(?:ly)?|i mean)\b"
)
_FINAL = re.compile(r"\W*(?:time )?(?:overall|altogether|(?:in )?total|(?:which |that |is )?dominat)")
_LABEL_LAST = re.compile(r"\b(?:(time|runtime)|(?:space|memory))(?: complexity)?(?: is| of)?[\s:]*$")
_SUMS = re.compile(r"\b(?:plus|and|then|followed by|after(?:wards| that)?|for (?:the|each))\b|\+")
_COUNTED = r"(?:the )?(?:number|length|size|count|height|depth) of (?:the |all )?(?:different )?\w+"
_LETTER = r"(?:log\s*\(?\s*[a-z]\b\)?|\d+\s*\^\s*[a-z]\b|[b-hj-z]\b(?:\s*\^\s*\d|\s*!)?)"
_FORMULA = rf"(?:1\b|one\b|{_LETTER}(?:\s*(?:\*|\+|times|plus|by)?\s*{_LETTER})*|{_COUNTED})"
_BARE = (
    rf"{_LETTER}(?:\s*(?:\*|times|by)?\s*{_LETTER})+(?:\s*(?:\+|plus)\s*{_LETTER})*|"
    r"[a-z]\s*(?:\+|plus)\s*[a-z]\b(?=\s|$|[.,])|"
    r"log\s*\(?\s*[a-z]\b\)?|\d+\s*\^\s*[a-z]\b|[b-hj-z]\s*\^\s*\d(?!\.\d)|n\s*!|n (?=steps|operations|time\b)"
)
_SPELT = [  # how a formula is said, and how it is read on
    (r"\*\*", "^"),
    (r"[·×∙⋅]", "*"),
    (r"[₀-₉ₐ-ₜ`$\\]", ""),
    (r"\b(?:lg|ln|logarithm of|log (?:base )?2 of|log of|log_?2|log base 2)\b", "log"),
    (r"\bn[- ]?log[- ]?n\b", "n log n"),
    (r"\blogn\b", "log n"),
    (r"\b(?:two|2) to the (?:power of )?(?=[a-z]\b)", "2^"),
    (r"\b(?:three|3) to the (?:power of )?(?=[a-z]\b)", "3^"),
    (r"\bsquared\b|\bto the (?:power of )?(?:two|2)\b", "^2"),
    (r"\bcubed\b|\bto the (?:power of )?(?:three|3|third)\b", "^3"),
    (r"\bto the (?:power of )?(?:four|4|fourth)\b", "^4"),
]


@dataclass(frozen=True)
class _Size:
    """A product: the power of all its sizes together, whether there is a logarithm, and whether a size is a power."""

    degree: float = 0
    has_log: bool = False
    exponential: bool = False

    @property
    def order(self) -> tuple[bool, float, bool]:
        return self.exponential, self.degree, self.has_log

    def times(self, other: "_Size") -> "_Size":
        both = self.degree + other.degree
        return _Size(both, self.has_log or other.has_log, self.exponential or other.exponential)

    @property
    def growth(self) -> GrowthClass | None:
        if self.exponential:
            return "exponential"
        if self.degree == 0:
            return "logarithmic" if self.has_log else "constant"
        if self.degree == 1:
            return "linearithmic" if self.has_log else "linear"
        if self.degree >= 4:
            return "higher polynomial"
        return {2.0: "quadratic", 3.0: "cubic"}.get(self.degree)  # type: ignore[return-value]


@dataclass(frozen=True)
class _Mention:
    start: int
    end: int
    growth: GrowthClass | None  # None for a formula of no class that is named


def said(text: str) -> GrowthClass | None:
    """The class of the running time that the text states; None where it states none, or only that of memory."""
    stated, rejected = _read(text)
    return stated or rejected


def asserted(text: str) -> GrowthClass | None:
    """The same, and None as well where it is only named as what something else is better than."""
    return _read(text)[0]


def _read(text: str) -> tuple[GrowthClass | None, GrowthClass | None]:
    """What is stated of the time, and what is rejected."""
    plain = _plain(text[-_MOST_READ:])
    mentions = _mentions(plain)
    stated: GrowthClass | None = None
    rejected: GrowthClass | None = None
    for place, mention in enumerate(mentions):
        before = plain[mentions[place - 1].end if place else 0 : mention.start]
        after = plain[mention.end : mentions[place + 1].start if place + 1 < len(mentions) else len(plain)]
        label = _LABEL_LAST.search(before) if _LABEL_LAST.search(plain[: mentions[0].start]) else None
        is_space = _is_space(before, after) if label is None else label[1] is None
        if is_space or mention.growth is None or _DENIED.search(before):
            continue
        if _FINAL.match(after):
            return mention.growth, rejected
        if _REJECTED.search(re.split(r"[.;,]|\bbut\b", before)[-1]):
            rejected = mention.growth
        elif stated is None or _REPLACES.search(before) or not _SUMS.search(before):
            stated = mention.growth
        else:
            stated = max(stated, mention.growth, key=CLASSES.index)
    return stated, rejected


def _plain(text: str) -> str:
    """Small letters, and one sign for each operation."""
    plain = text.lower().replace("’", "'")
    for sign, written in zip("⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ", "0123456789n", strict=True):
        plain = plain.replace(sign, f"^{written}")
    for spelt, read in _SPELT:
        plain = re.sub(spelt, read, plain)
    return plain


def _mentions(plain: str) -> list[_Mention]:
    """Every statement of a class, in order: O-notation, a bare formula, or a word for it."""
    found: list[_Mention] = []
    for opening in re.finditer(r"(?:\bbig[- ])?(?:\b(?:o|oh|theta|omega|order)|[θω])\s*(?:of\s*)?\(", plain):
        end = _closing(plain, opening.end())
        _add(found, opening.start(), end + 1, _parsed(plain[opening.end() : end]))
    for formula in re.finditer(
        rf"\b(?:big[- ])?(?:o|oh|theta|(?:of )?order|proportional to)(?: of)? ({_FORMULA})", plain
    ):
        _add(found, formula.start(), formula.end(), _parsed(formula[1]))
    for formula in re.finditer(rf"(?<![\w^*'])(?:{_BARE})", plain):
        _add(found, formula.start(), formula.end(), _parsed(formula[0]))
    for pattern, growth in _WORDS:
        for word in re.finditer(rf"\b(?:{pattern})", plain):
            if not any(m.start < word.end() and word.start() < m.end for m in found):
                found.append(_Mention(word.start(), word.end(), growth))
    return sorted(found, key=lambda m: m.start)


def _add(found: list[_Mention], start: int, end: int, size: _Size | None) -> None:
    if not any(m.start < end and start < m.end for m in found):
        found.append(_Mention(start, end, size.growth if size else None))


def _closing(text: str, start: int) -> int:
    """Where the bracket that was opened before `start` is closed, or the end of what is read as a formula."""
    depth = 1
    for place in range(start, min(len(text), start + _LONGEST)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return min(len(text), start + _LONGEST)


def _is_space(before: str, after: str) -> bool:
    """Whether the words beside a mention, in its own clause, say that memory is meant: those behind it first."""
    behind = _CLAUSE.split(after, maxsplit=1)[0]
    if _TIME.search(behind):
        return False
    if _SPACE.search(behind):
        return True
    ahead = _CLAUSE.split(before.replace(":", " "))[-1]
    space = [m.start() for m in _SPACE.finditer(ahead)]
    times = [m.start() for m in _TIME.finditer(ahead)]
    return bool(space) and max(space) > max(times, default=-1)


_WORD_OF_A_NAME = re.compile(r"of|(?!log|times|plus)[a-z]{3,}")
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([a-z_]+)|(\S))")


def _parsed(formula: str) -> _Size | None:
    """The largest term; None for what is no formula of sizes, or has a root in it."""
    formula = re.sub(rf"\b{_COUNTED}", "n", formula.replace("|", " "))
    formula = re.sub(r"\b(\w+)\^(\d)", r"\1 ^\2", formula)
    tokens = [next(t for t in found if t) for found in _TOKEN.findall(formula)]
    reader = _Formula(tokens)
    size = reader.sum()
    return None if reader.faulty or reader.place < len(tokens) else size


class _Formula:
    """Reads a sum of products. One or two letters are a factor each; longer words beside each other are one name."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.place, self.faulty = tokens, 0, not tokens

    def sum(self) -> _Size:
        largest = self._product()
        while self._take("+", "plus", "-", ","):
            largest = max(largest, self._product(), key=lambda s: s.order)
        return largest

    def _product(self) -> _Size:
        product = self._power()
        while True:
            if self._take("*", "times", "by", "x"):
                product = product.times(self._power())
            elif self._take("/"):
                self._power()
            elif self._now() and (self._now()[0].isalnum() or self._now() == "(") and self._now() != "plus":
                product = product.times(self._power())
            else:
                return product

    def _power(self) -> _Size:
        number = self._now().replace(".", "").isdigit()
        base = self._atom()
        if self._take("!"):
            return _Size(exponential=True)
        if not self._take("^"):
            return base
        written = self._now()
        exponent = self._atom()
        if exponent.degree or exponent.has_log:
            return _Size(exponential=True)
        if number:
            return base
        if not written.replace(".", "").isdigit():
            self.faulty = True
            return base
        return _Size(base.degree * float(written), base.has_log, base.exponential)

    def _atom(self) -> _Size:
        if self._take("("):
            inner = self.sum()
            self._take(")")
            return inner
        now = self._now()
        self.place += 1
        if now.replace(".", "").isdigit() or now in ("one", "constant", "alpha", "c"):
            return _Size()
        if now == "log":
            power = self._take("^") and self._atom()
            self._power()
            return _Size(has_log=power is not None)
        if self._now() == "(" and now in ("min", "max", "len", "size", "count", "length"):
            return self._atom()
        if not now or not now[0].isalpha() or now in ("sqrt", "root", "choose"):
            self.faulty = True
            return _Size()
        while len(now) > 2 and _WORD_OF_A_NAME.fullmatch(self._now()):
            self.place += 1
        return _Size(len(now) if len(now) == 2 else 1)

    def _now(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def _take(self, *wanted: str) -> bool:
        if self._now() in wanted:
            self.place += 1
            return True
        return False
