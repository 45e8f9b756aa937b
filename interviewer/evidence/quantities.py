"""The figures, dates and doers of a telling, each with the words around it, so that two tellings can be compared.

A figure is a number with a unit and a slot: before a change, after it, or how long the work took. What has no unit and
no slot is no figure here, because two bare numbers are seldom the same thing twice. Not covered: figures told in
other languages, ranges, and arithmetic ("a third of nine").
"""

import re
from dataclasses import dataclass
from typing import Literal

from interviewer.evidence.clauses import Clause, clauses
from interviewer.evidence.lexicon import DENIAL, HYPOTHETICAL, STOPWORDS
from interviewer.evidence.stems import stem

Slot = Literal["before", "after", "took"]
_ONES = dict(zip(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split(), range(20), strict=True,
))  # fmt: skip
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
NUMBER_WORDS = frozenset([*_ONES, *_TENS, "hundred", "thousand", "million", "half"])
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "k": 1000, "m": 1_000_000}
_WORDS = "|".join([*_ONES, *_TENS, "hundred", "thousand", "million", "half", "a"])
_NUMBER = (
    rf"hundred and (?:{'|'.join(_TENS)})|"
    r"(?:[$€£]\s?)?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|million|thousand)\b)?"
    rf"|(?:(?:{'|'.join([*_TENS])})(?:[ -](?:{'|'.join(_ONES)}))?|(?:{'|'.join(_ONES)}|a|half a))"
    rf"(?:[ -](?:hundred|thousand|million)(?: and (?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES)}))?)?)?(?: and (?:a half))?"
)
_UNITS: tuple[tuple[str, str, float], ...] = (
    (r"%|percent(?:age points?)?|per cent|pct", "percent", 1.0),
    (r"milliseconds?|millis|ms", "short", 0.001),
    (r"seconds?|secs?", "short", 1.0),
    (r"minutes?|mins?", "short", 60.0),
    (r"hours?|hrs?", "short", 3600.0),
    (r"days?", "long", 1.0),
    (r"weeks?", "long", 7.0),
    (r"fortnights?", "long", 14.0),
    (r"months?", "long", 30.0),
    (r"quarters?", "long", 91.0),
    (r"years?", "long", 365.0),
    (r"dollars?|usd|euros?|eur|pounds?", "money", 1.0),
    (r"points?", "points", 1.0),
)
_UNIT = "|".join(u for u, _, _ in _UNITS)
_ABOUT = r"(?:about |around |roughly |some |nearly |almost |just |only |over |under |below |like |maybe |approximately |a mere |barely )*"
_FIGURE = rf"(?P<{{0}}>{_NUMBER})(?:[ -]?(?P<{{0}}_unit>{_UNIT})(?![a-z]))?"


def _figure(name: str) -> str:
    return _FIGURE.replace("{0}", name)


_FROM_TO = re.compile(
    rf"\bfrom {_ABOUT}{_figure('before')}(?: \w+){{0,5}}? (?:down |up |back )?to {_ABOUT}{_figure('after')}"
)
_INSTEAD = re.compile(
    rf"\b{_figure('after')}(?: \w+){{0,2}} (?:instead of|rather than|where it had been) {_ABOUT}{_figure('before')}"
)
_AFTER = re.compile(
    r"\b(?:(?:down|up|back|brought (?:it|this|that|them)(?: \w+)?|got (?:it|this|that|them)(?: \w+)?|went|fell|dropped|rose|"
    r"climbed|came|cut (?:it|this|that|them)|reduced (?:it|this|that|them)) (?:down |up |back )?(?:to|below|under)|"
    r"(?:ended up|finished|landed|settled|came out|sat|stood)(?: at| on| with)|(?:now|then|afterwards) (?:it )?(?:takes?|took|was|is|runs? in))"
    rf" {_ABOUT}{_figure('after')}"
)
_TOOK = re.compile(
    rf"\b(?:it|this|that|the (?:whole thing|work|project|fix|migration|build|rewrite)|all of (?:it|this)|which|everything) "
    rf"(?:all )?took (?:us |me |the team )?(?:exactly |a total of )?{_ABOUT}{_figure('took')}"
    rf"|\b(?:done|finished|ready|running|live|working|built|shipped|delivered|launched|complete|completed|deployed|"
    rf"in production|wrote it|built it|did it|finished it|shipped it|replaced it|fixed it) (?:it )?(?:with)?in {_ABOUT}{_figure('within')}"
)
_MENTION = re.compile(rf"(?<![\w.,-]){_figure('any')}(?:[ -](?P<noun>[a-z]+)(?:[ -](?P<next>[a-z]+))?)?")
_NOW = re.compile(r"\b(?:now|today|nowadays|these days|since then|ever since|afterwards|after that|from then on)\b")
_NOT_TOLD = re.compile(rf"{HYPOTHETICAL.pattern}|{DENIAL.pattern}|\?|\b(?:would|will|could|should|might|may)\b")
_MEASURES = frozenset(measure for _, measure, _ in _UNITS)
_ANYHOW = frozenset(
    map(stem, "needs need takes take took takes only about still each every month week year days".split())
)
_LONGEST_QUOTE = 12  # words


@dataclass(frozen=True)
class Phrase:
    """Words of an answer as they stand in it: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Figure:
    """`value` is in the smallest unit of its `measure`: seconds, days, percent, money, points."""

    value: float
    measure: str
    slot: Slot
    phrase: Phrase


def figures(text: str) -> list[Figure]:
    """The figures that have a unit and a slot, in order."""
    found: list[Figure] = []
    plain = lowered(text)
    for match in (*_FROM_TO.finditer(plain), *_INSTEAD.finditer(plain)):
        after_unit = match["after_unit"] or match["before_unit"]
        pair = (("before", match["before_unit"] or match["after_unit"]), ("after", after_unit))
        found += [f for slot, unit in pair if (f := _made(text, match, slot, unit))]
    spans = [(f.phrase.start, f.phrase.end) for f in found]
    for match in _AFTER.finditer(plain):
        place = match.start("after")
        if not any(a <= place < b for a, b in spans) and (f := _made(text, match, "after", match["after_unit"])):
            found.append(f)
    for match in _TOOK.finditer(plain):
        name = "took" if match["took"] else "within"
        if f := _made(text, match, name, match[f"{name}_unit"]):
            found.append(f)
    return sorted(found, key=lambda f: (f.phrase.start, f.phrase.end))


@dataclass(frozen=True)
class Count:
    """A number wherever it stands. `of` is its measure, or the stems of the two words that follow it."""

    value: float
    of: tuple[str, ...]
    phrase: Phrase
    at: int = 0  # where the number starts
    measured: bool = False


def counts(text: str) -> list[Count]:
    """Every number that is no lone "a" or "one", in order."""
    found = []
    for match in _MENTION.finditer(lowered(text)):
        number, unit = match["any"], match["any_unit"]
        if number in ("a", "one") and not unit:
            continue
        measure = _measure(number, unit)
        nouns = tuple(stem(w) for w in (match["noun"], match["next"]) if w and w not in STOPWORDS)
        end = match.end("any_unit") if unit else match.end("noun") if match["noun"] else match.end("any")
        found.append(
            Count(
                _value(number, unit),
                (measure,) if measure else nouns,
                phrase(text, match.start(), end),
                match.start(),
                measure is not None,
            )
        )
    return found


def before_and_now(text: str) -> list[Clause]:
    """The clauses of the first two figures of one measure and one matter of which the later one holds "now": what took
    four days takes half a day. Empty where there are none.
    """
    told = [c for c in clauses(text) if not _NOT_TOLD.search(c.lower)]
    sized = [(c, n) for c in told for n in counts(c.text) if len(n.of) == 1 and n.of[0] in _MEASURES]
    for place, (later, figure) in enumerate(sized):
        if not _NOW.search(later.lower):
            continue
        for earlier, other in sized[:place]:
            same = other.of == figure.of and other.value != figure.value and earlier.start < later.start
            if same and _matter(earlier) & _matter(later):
                return [earlier, later]
    return []


def _matter(clause: Clause) -> set[str]:
    """What a clause is about: the stems of its words, without small words, numbers and units."""
    words = re.findall(r"[a-z]{4,}", clause.lower)
    return {
        stem(w) for w in words if w not in STOPWORDS and w not in NUMBER_WORDS and not re.fullmatch(_UNIT, w)
    } - _ANYHOW


def lowered(text: str) -> str:
    """The same length in lower case, so that offsets still hold."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text).replace("’", "'")


def phrase(text: str, start: int, end: int) -> Phrase:
    """At most twelve words of the clause that holds the place, cut at words."""
    around = next((c for c in clauses(text) if c.start <= start and end <= c.end), None)
    first, last = (around.start, around.end) if around else (start, end)
    words = [m.span() for m in re.finditer(r"\S+", text[first:last])]
    spans = [(first + a, first + b) for a, b in words]
    held = [n for n, (a, b) in enumerate(spans) if a < end and b > start]
    low, high = (held[0], min(held[-1], held[0] + _LONGEST_QUOTE - 1)) if held else (0, 0)
    while high - low + 1 < _LONGEST_QUOTE and (low > 0 or high < len(spans) - 1):
        if low > 0:
            low -= 1
        if high - low + 1 < _LONGEST_QUOTE and high < len(spans) - 1:
            high += 1
    a, b = spans[low][0], spans[high][1]
    quote = text[a:b].rstrip(".,;:!?")
    return Phrase(a, a + len(quote), quote)


def _made(text: str, match: re.Match[str], name: str, unit: str | None) -> Figure | None:
    measure = _measure(match[name], unit)
    if measure is None:
        return None
    slot: Slot = "before" if name == "before" else "after" if name == "after" else "took"
    return Figure(_value(match[name], unit), measure, slot, phrase(text, match.start(), match.end()))


def _measure(number: str, unit: str | None) -> str | None:
    if number[0] in "$€£":
        return "money"
    return next((m for pattern, m, _ in _UNITS if unit and re.fullmatch(pattern, unit)), None)


def _value(number: str, unit: str | None) -> float:
    size = next((s for pattern, _, s in _UNITS if unit and re.fullmatch(pattern, unit)), 1.0)
    return round(_parsed(number) * size, 6)


def _parsed(number: str) -> float:
    bare = number.lstrip("$€£ ")
    digits = re.match(r"\d[\d,]*(?:\.\d+)?", bare)
    if digits:
        rest = bare[digits.end() :].strip()
        return float(digits.group().replace(",", "")) * _SCALES.get(rest, 1)
    total = 0.0
    for word in re.split(r"[ -]", bare):
        if word in _SCALES:
            total = (total or 1) * _SCALES[word]
        elif word == "half":
            total += 0.5
        elif word == "a":
            total = total or 0.0
        else:
            total += _ONES.get(word, 0) + _TENS.get(word, 0)
    return total if bare != "a" else 1.0
