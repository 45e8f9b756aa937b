"""Which option an answer chooses: by its letter, its place in the list, or its own words.

A letter counts only where it is chosen: at the beginning ("B, because"), alone, or behind or before words that choose
("I'd go with b", "C is right"). What is ruled out ("not A", "rather than B") or left open ("A or B") is no choice, and
of two choices the later one counts only where the candidate corrects it ("no, wait"). When in doubt nothing is chosen:
the interviewer asks, and asking costs less than a choice that nobody made.
Not covered: an option paraphrased without its words, several options chosen at once, and letters spelt out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interviewer.domain.evidence import Choice, Span
from interviewer.domain.question import Option
from interviewer.evidence.clauses import Clause, clauses, count_words, sentences
from interviewer.evidence.code_blocks import without_code
from interviewer.evidence.stems import stem

_LETTERS = "abcde"
_ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4,
}  # fmt: skip
_NOUN = r"(?:option|answer|choice|letter|alternative|possibility|statement)"
_LETTER = re.compile(
    rf"(?<![\w/'’.+-])(?:(?P<noun>{_NOUN}s?|number)\s*(?:is|:|=)?\s*)?[(\[\"“'*_]*(?P<name>[A-Ea-e])[)\]\"”*_]*"
    r"(?![\w/+-]|['’]\w|\.\w)",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?<![\w.#-])(?:{_NOUN}|number|no\.|#)\s*(?P<name>[1-5])(?![\w%]|\.\d)", re.IGNORECASE)
_PLACE = re.compile(
    rf"\b(?:the\s+)?(?P<name>{'|'.join(_ORDINALS)}|last)\s+(?:one|{_NOUN})\b"
    rf"|\bthe\s+(?P<bare>{'|'.join(_ORDINALS)}|last)(?=\s*(?:[,.;:!?)–—]|$|because\b|since\b))",
    re.IGNORECASE,
)
_ONLY_NUMBER = re.compile(r"^\W*(?P<name>[1-5])\W*$")
# Letters that name something else: a group of an experiment, a plan, a vitamin.
_OTHER_THING = re.compile(
    r"\b(?:variant|group|version|arm|plan|type|class|model|test|bucket|vitamin|grade|team|user|product|customer|column|"
    r"feature|page|system|service|cluster|matrix|set|sample|series|programming in|written in|language)\s+$"
)
_ENDS = r"(?:\s*$|[)\]\"”*_]*\s*(?:[,.:;!?–—\n(]|-\s)|\s+(?:because|cause|since|due|given|i think|i guess|please|obviously|clearly|"
_ENDS += r"definitely|here|then|rather than|over|instead of|not)\b)"
_BOUND = re.compile(rf"^{_ENDS}|^\s+(?:as|for|is|it|seems|looks|sounds|but|and|or|not|would|was|has|can|must|fits)\b")
_CLOSED = re.compile(rf"^{_ENDS}|^\s+(?:as|for)\s+(?:the|it|a|an|this|that|there|we|you|i|they|only|its|in|with)\b")
_A_IS_NAMED = re.compile(
    rf"^{_ENDS}|^\s+(?:is|seems|looks|sounds|fits|it is|as|for the|or|and|but|can|would|was|has|must)\b"
)
_FILLER = re.compile(
    r"^(?:\W|\b(?:okay|ok|so|um+|uh+|hm+|well|yes|right|sure|alright|then|and|but|i think|i believe|i guess|i'd say|i would say|"
    r"i'm going with|i'm|i meant?|my(?: final)?|probably|definitely|clearly|maybe|perhaps|surely|certainly|obviously|my (?:final )?(?:answer|choice|pick)|"
    r"the answer|final answer|answer|it's|it is|that's|that would be|would be|is|the|here|for me|tough one|good question|"
    r"easy|again|actually|no wait|wait|no|sorry|let me see|by elimination|i'm (?:not|fairly|pretty|quite) sure)\b)*$"
)
_CHOOSES = re.compile(
    r"(?:\b(?:go|going|goes|went)(?: for| with)|\b(?:choose|choosing|chose|chosen|pick|picking|picked|take|taking|took|say|saying|"
    r"opt(?:ing)? for|select|selecting|vote for|lean(?:ing)?(?: towards?| to)|settle (?:on|for)|stick(?:ing)? with|"
    r"stay(?:ing)? with|tick|mark|guess|bet(?:ting)?(?: on)?|click|prefer|answer|do|try)"
    r"|\b(?:answer|choice|pick|guess|vote|selection|it|that|this|one|best|bet|favourite)"
    r"(?:'s| is| must be| has to be| should be| would be| will be| can only be|:)"
    r"|\b(?:so|hence|therefore|thus|leaves|leaves me with|leaves us with|leaves only|which leaves|remains|by elimination|i think|"
    r"i believe|probably|definitely|clearly|maybe|perhaps|surely|certainly|final answer|make that|i meant?|no wait|wait|actually|"
    r"sorry|answer|to|switch to|change to))"
    r"[,:]?\s*(?:(?:it's|it is|that's|clearly|probably|definitely|likely|therefore|then|surely|obviously|still|again|just|also|"
    r"actually|rather|would be|the|is)[,]?\s+)*[\"“'(*_]*$"
)
_CHOSEN_AFTER = re.compile(
    r"^[)\]\"”*_]*\s*(?:it is\b|(?:is|was|must be|has to be|should be|seems|looks|sounds|would be) (?:clearly |probably |the |my |to be |most |"
    r"definitely |obviously )*(?:right|correct|true|best|answer|choice|pick|one\b|sound|sensible|reasonable|likely)"
    r"(?!\s+(?:only|if|when|in|but|as long))|for me\b|is what i\b|is my\b|fits best|makes (?:the )?most sense)"
)
_REJECTED_BEFORE = re.compile(
    r"(?:n't|\b(?:not|never|nor|neither|except|without|than|over|against|exclud\w+|rul(?:e|es|ed|ing) out|eliminat\w+|discard\w*|"
    r"drop\w*|reject\w*|instead of|rather than|unlike|opposed to|cannot|cross(?:ed|ing)? out|wrong with|problem with|"
    r"first thought|at first|tempted by|avoid\w*))\s+(?:\w+\s+){0,2}[\"“'(*_]*$"
)
_UNSURE = re.compile(
    r"\bnot (?:really |entirely |completely |quite |totally |100 ?% |very )?(?:sure|certain)(?: about (?:it|this|that))?|"
    r"\b(?:don't|do not) know(?: for sure)?|\bwhy not\b|\bif not\b|\bno doubt\b"
)
_REJECTED_AFTER = re.compile(
    r"^[)\]\"”*_]*\s*[:,–—-]?\s*(?:(?:is|are|was|seems|looks|sounds|would be|can be|must be|has to be|may be)\s+)?"
    r"(?:also |clearly |just |plainly |simply |obviously |actually |both |all |definitely )*"
    r"(?:wrong|false|incorrect|out\b|no\b|nope|not\b|cannot\b|can't|isn't|aren't|wouldn't|doesn't|don't|won't|nonsense|ruled|tempting|"
    r"excluded|eliminated|too\b|a trap|misleading|silly|absurd)"
)
_JOINED = re.compile(
    r"^[)\]\"”*_]*\s*(?:,?\s*(?:or|and|nor|&|/|vs\.?|versus)\s*(?:maybe |perhaps |possibly |else |then |even |rather )?|,\s*)[(\[\"“*_]*$"
)
_OPEN = re.compile(r"\b(?:or|and|nor|vs|versus)\b|[&/]")
_CORRECTS = re.compile(
    r"\b(?:actually|wait|on second thoughts?|chang\w+ my mind|sorry|i mean|i meant|scratch that|correction|make that|or no|no|hang on|"
    r"switch|thinking about it)\b"
)
_NEGATED = re.compile(r"\b(?:not|never|no|wrong|false|incorrect|cannot|instead of|rather than)\b|n't\b")
_LONGEST_QUOTE = 14  # words
_ENOUGH = 0.7  # of an option's telling words, in one sentence
_AHEAD = 0.3  # of the next option
_FEWEST = 2  # telling words
_SMALL = frozenset(
    """
    a an the is are was were be been it its of to in on for and or but with by at as that this which will would can
    could should has have had do does did so than then their them they you your i we our us one each every any all more
    most less from into up out only no not if when while because there here
    """.split()
)


@dataclass(frozen=True)
class _Mention:
    """A place where an option is named, with the text before it in its sentence and all the text behind it."""

    option: int
    start: int
    end: int
    before: str
    after: str
    bracketed: bool


def read_choice(text: str, options: Sequence[Option]) -> Choice | None:
    """The one option that `text` chooses; None where it chooses none, or leaves it open."""
    prose = without_code(text)
    mentions = [m for m in _mentions(prose, len(options)) if m.option < len(options)]
    if not mentions:
        return _by_words(prose, options)
    left_open = _left_open(prose, mentions)
    chosen = [m for m in mentions if m.start not in left_open and not _rejected(m) and _chosen(m)]
    if not chosen:
        return None
    if len({m.option for m in chosen}) > 1 and not _corrected(prose, chosen):
        return None
    return Choice(option=chosen[-1].option, span=_words(text, chosen[-1]))


def _mentions(prose: str, number: int) -> Iterator[_Mention]:
    for sentence in sentences(prose):
        lowered = sentence.lower
        found = [*_letters(sentence), *_numbers(sentence), *_places(lowered, number)]
        for option, start, end in sorted(set(found), key=lambda f: f[1]):
            at, behind = sentence.start + start, sentence.start + end
            after = prose[behind:].lower().replace("’", "'")
            yield _Mention(option, at, behind, lowered[:start], after, prose[behind - 1] in ")]")


def _letters(sentence: Clause) -> Iterator[tuple[int, int, int]]:
    lowered = sentence.lower
    for match in _LETTER.finditer(sentence.text):
        name, noun = match["name"], match["noun"]
        bracketed = sentence.text[match.start() : match.end()].strip() != name and not noun
        if not noun and not bracketed:
            if _OTHER_THING.search(lowered[: match.start()]):
                continue
            if name in "Aa" and not _a_is_named(sentence, match.end(), name):
                continue
            if name == "e" and lowered[match.end() : match.end() + 2] == ".g":
                continue
        yield _LETTERS.index(name.lower()), match.start(), match.end()


def _a_is_named(sentence: Clause, end: int, name: str) -> bool:
    """The letter A rather than the article."""
    after = sentence.lower[end:]
    if name == "a":
        return re.match(_ENDS, after) is not None
    return _A_IS_NAMED.match(after) is not None


def _numbers(sentence: Clause) -> Iterator[tuple[int, int, int]]:
    for match in (*_NUMBER.finditer(sentence.text), *_ONLY_NUMBER.finditer(sentence.text)):
        yield int(match["name"]) - 1, match.start(), match.end()


def _places(lowered: str, number: int) -> Iterator[tuple[int, int, int]]:
    for match in _PLACE.finditer(lowered):
        name = match["name"] or match["bare"]
        yield _ORDINALS.get(name, number - 1), match.start(), match.end()


def _chosen(mention: _Mention) -> bool:
    """Whether the words round a mention choose it."""
    before = _UNSURE.sub(" ", mention.before)
    if _CHOSEN_AFTER.match(mention.after):
        return True
    if _FILLER.match(before):
        return mention.bracketed or _CLOSED.match(mention.after) is not None
    return _CHOOSES.search(before) is not None and _BOUND.match(mention.after) is not None


def _rejected(mention: _Mention) -> bool:
    before = _UNSURE.sub(" ", mention.before)
    return bool(_REJECTED_BEFORE.search(before) or _REJECTED_AFTER.match(mention.after))


def _left_open(prose: str, mentions: Sequence[_Mention]) -> set[int]:
    """Where mentions stand in one list that is joined by "or", "and" or a stroke."""
    found: set[int] = set()
    run = [mentions[0]]
    for one, other in pairwise(mentions):
        if one.option != other.option and _JOINED.match(prose[one.end : other.start].lower()):
            run.append(other)
        else:
            found |= _open_run(prose, run)
            run = [other]
    return found | _open_run(prose, run)


def _open_run(prose: str, run: Sequence[_Mention]) -> set[int]:
    joined = any(_OPEN.search(prose[a.end : b.start].lower()) for a, b in pairwise(run))
    return {m.start for m in run} if joined else set()


def _corrected(prose: str, chosen: Sequence[_Mention]) -> bool:
    """Whether the candidate takes back what was chosen before the last mention."""
    last = chosen[-1]
    other = next(m for m in reversed(chosen) if m.option != last.option)
    return _CORRECTS.search(prose[other.end : last.start].lower()) is not None


def _words(text: str, mention: _Mention) -> Span:
    """The clause that names the option, or the name alone where the clause is long."""
    holder = next((c for c in clauses(text) if c.start <= mention.start and mention.end <= c.end), None)
    if holder is not None and count_words(holder.text) <= _LONGEST_QUOTE:
        return holder.span
    return Span(start=mention.start, end=mention.end, quote=text[mention.start : mention.end])


def _by_words(prose: str, options: Sequence[Option]) -> Choice | None:
    """The option whose own words an answer uses, far more than those of any other."""
    telling = _telling(options)
    best: tuple[float, int, Clause] | None = None
    for sentence in sentences(prose):
        said = _stems(sentence.text)
        shares = [len(words & said) / len(words) if len(words) >= _FEWEST else 0.0 for words in telling]
        top = max(range(len(options)), key=lambda n: shares[n])
        others = max(s for n, s in enumerate(shares) if n != top)
        if shares[top] < _ENOUGH or shares[top] - others < _AHEAD or _turned(sentence, options[top]):
            continue
        if best is not None and best[1] != top:
            return None
        if best is None or shares[top] > best[0]:
            best = (shares[top], top, sentence)
    return Choice(option=best[1], span=best[2].span) if best else None


def _turned(sentence: Clause, option: Option) -> bool:
    """Whether the sentence denies something that the option does not deny."""
    return _NEGATED.search(sentence.lower) is not None and _NEGATED.search(option.text.lower()) is None


def _telling(options: Sequence[Option]) -> list[frozenset[str]]:
    """Each option's words, without those that every option has."""
    stems = [_stems(o.text) for o in options]
    common = frozenset.intersection(*stems)
    return [s - common for s in stems]


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z']+|\d+(?:\.\d+)?", text.lower().replace("’", "'"))
    return frozenset(stem(w) for w in words if w not in _SMALL)
