"""What an interviewer may say. Every line that a model words is read clause by clause before it is shown.

One question of at most 40 words, in English, after what it was told to ask for; no praise, no hint, no fact that the
candidate did not state, nothing already said in this loop, nothing of the prompt; what it says back stands so in an answer. A fact is recognised by its words: a
content word or number that neither the candidate nor the question nor the rubric has used is one.
Not covered: a new meaning made of permitted words only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from interviewer.evidence.lexicon import STOPWORDS
from interviewer.evidence.stems import stem
from interviewer.interviewing.state import normalised
from interviewer.interviewing.vocabulary import interviewer_stems

MOST_WORDS = 40
_PARROT = 0.85
_CLAUSE_WORDS = 5
FEWEST_WORDS = 4

_PRAISE = re.compile(
    r"\b(?:great|good|excellent|impressive|amazing|awesome|fantastic|wonderful|brilliant|perfect|well done|nice|nicely|love|"
    r"interesting|congratulations|strong answer|thank|thanks|helpful|appreciate|glad|happy to|sounds like you|correct|right answer|wrong)\b"
)
_LEAK = re.compile(
    r"\b(?:rubric|scor(?:e|es|ing)|system prompt|prompt|instruction|instructions|as an ai|language model|assistant|candidate|the answer is|"
    r"ask for|signal|bar raiser|pretend|ignore)\b"
)
_HINT = re.compile(
    r"\b(?:such as|for example|for instance|e\.g\.|like using|did you use|have you considered|hint|you could|you should|maybe you|perhaps you)\b"
)
_QUESTION = re.compile(
    r"\b(?:what|which|how|when|where|who|whom|whose|why|did|do|does|was|were|is|are|can|could|would|have|had|in what)\b"
)
_ASKS = r"(?:what|which|how|when|where|who|whom|whose|why|did|do|does|was|were|is|are|would|could|can|have|has)"
_SECOND_QUESTION = re.compile(rf"(?:,|;|:)?\s+(?:and|but|so)(?: then| if so)?,? {_ASKS}\b")
# "Where did you do this: what was happening?" One question may follow a quotation, not another question.
_AFTER_COLON = re.compile(rf"^(?:and |but |so )?(?:{_ASKS} )[^:]*: (?:so that i can follow, |if you can, )?{_ASKS}\b")
_PLACE_AND_TIME = re.compile(r"\b(?:where and when|when and where)\b")  # one question about one thing
_AS_CANDIDATE = re.compile(
    r"\b(?:before|after|when|while|until|since|that|because|if) i [a-z]+(?:ed|t|n|w)\b|\bdid i\b"
)
_ALTERNATIVE = re.compile(r"\b(?:what else could|what could you have|instead of|have done instead)\b")
_YOU = frozenset({"you", "your", "yours", "yourself"})
_ASKED_THEN = re.compile(rf"[:,;.”]\s+(?:\w+ ){{0,4}}?{_ASKS}\b")
_SAID_BACK = ("you say ", "you said ", "you mention", "you told me ")
_QUOTED = re.compile(r"[“\"]([^”\"]*)")
_LEAD = re.compile(
    rf"(?:you say|you said|you mention(?:ed)?|you told me|so you)(?: that)? ((?:(?!\b{_ASKS}\b you)[^:,;])+)(?=$|[:,;])"
)
_OF_ALTERNATIVES = frozenset({"trade_off", "reflection"})
_WORD = re.compile(r"[a-z][a-z'-]*|\d[\d.,]*%?")
_FOCUS: dict[str, tuple[str, ...]] = {
    "personal_ownership": ("you", "yourself", "your"),
    "measured_result": ("much", "many", "number", "measur", "figur", "far", "long", "big", "size", "percent", "compar", "differ", "chang", "fast", "often", "metric", "by", "rate"),
    "real_event": ("when", "occas", "time", "which", "happen", "instanc", "event", "case"),
    "root_cause": ("why", "caus", "reason", "root", "behind", "underli", "beneath", "turn", "know"),
    "trade_off": ("altern", "option", "instead", "cost", "risk", "trade", "weigh", "consid", "choos", "chose", "give", "gave", "other", "els", "against", "rather", "why"),
    "reflection": ("learn", "learnt", "differ", "again", "back", "lesson", "hindsight", "take", "now", "chang", "next"),
    "result": ("result", "outcom", "end", "happen", "chang", "came", "come", "effect", "after", "impact", "differ"),
    "action": ("step", "do", "did", "how", "walk", "exact", "first", "specif", "action", "approach"),
    "situation": ("when", "where", "which", "system", "project", "situat", "context", "happen", "what"),
    "task": ("goal", "stake", "achiev", "task", "need", "expect", "matter", "aim", "want", "respons", "risk", "why", "had"),
}  # fmt: skip


def two_questions(lowered: str) -> bool:
    """Whether a line in lower case asks for two things at once ("what was it, and how did you find it?")."""
    asked = _PLACE_AND_TIME.sub("where", lowered)
    return _SECOND_QUESTION.search(asked) is not None or _AFTER_COLON.search(asked) is not None


def _words_after_colon(lowered: str) -> frozenset[str]:
    """The words of what is asked, without the quotation before it."""
    return frozenset(word.split("'")[0] for word in _WORD.findall(lowered.rsplit(":", 1)[-1]))


@lru_cache(maxsize=64)
def _neighbours(turn: str) -> tuple[frozenset[str], ...]:
    """The stems of every two sentences in a row: what belongs together in an answer. Many lines ask it of one turn."""
    told = [_stems(s) for s in re.split(r"(?<=[.!?])\s+|\n+", turn.replace("’", "'"))]
    return tuple(a | b for a, b in pairwise([*told, frozenset()]))


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(w) for w in _WORD.findall(text.lower()))


# Forms that no stemmer brings together; a word that the candidate has used is theirs in every form.
_FORMS = """
    bought buy, sold sell, built build, sat sit, lost lose, left leave, broke break, broken break, froze freeze,
    frozen freeze, wrote write, written write, rewrote rewrite, rewritten rewrite, drew draw, drawn draw, paid pay,
    met meet, held hold, sent send, spent spend, taught teach, caught catch, brought bring, fought fight, stood stand,
    rose rise, risen rise, fell fall, fallen fall, grew grow, grown grow, threw throw, thrown throw, drove drive,
    driven drive, flew fly, rang ring, sang sing, began begin, begun begin, dealt deal, slept sleep, felt feel,
    won win, shrank shrink, split split, cut cut, bent bend, lent lend, heard hear, read read, spread spread,
    understood understand, forgot forget, forgotten forget, hid hide, hidden hide, shook shake, woke wake, wore wear
"""
_PAIRS = _FORMS.replace(",", " ").split()
_BASE = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))


def _stem(word: str) -> str:
    return stem(_BASE.get(word, word))


@dataclass(frozen=True)
class Guard:
    """Reads one line. `known` are the stems that may be used beside the interviewer's own vocabulary."""

    target: str | None
    known: frozenset[str]
    said: frozenset[str]
    opening: frozenset[str] = frozenset()
    spoken: tuple[str, ...] = ()

    @classmethod
    def for_line(
        cls,
        target: str | None,
        sources: Iterable[str],
        said: frozenset[str],
        opening: str = "",
        spoken: Iterable[str] = (),
    ) -> "Guard":
        """`sources`: what the candidate said in this thread and the rubric's wording; `opening`: the question.

        `spoken`: the candidate's turns alone, for what is said back; without them that is not checked.
        """
        asked = _stems(opening)
        return cls(target, asked.union(*map(_stems, sources)), said, asked, tuple(spoken))

    def clause_fault(self, shown: str, clause: str) -> str | None:
        """Why `clause` may not be shown after `shown`, or None. Only what more words cannot mend."""
        text = (shown + clause).lower().replace("’", "'")
        said_as = (
            ("praise", _PRAISE),
            ("a leak", _LEAK),
            ("a hint", _HINT),
            ("the candidate's own voice", _AS_CANDIDATE),
        )
        for name, pattern in said_as:
            if match := pattern.search(text):
                if name == "praise" and stem(match.group()) in self.known:
                    continue
                return f"{name}: {match.group()!r}"
        if self._repeats(text):
            return "said before"
        if "?" in text.rstrip().rstrip("?"):
            return "more than one question"
        if len(_WORD.findall(text)) > MOST_WORDS:
            return f"more than {MOST_WORDS} words"
        if text and sum(c.isascii() for c in text) / len(text) < 0.9:
            return "not in English"
        return self._unstated(text) or self._misquoted(text)

    def line_fault(self, line: str) -> str | None:
        """Why the whole line may not be said, or None."""
        text = line.strip().lower().replace("’", "'")
        words = _WORD.findall(text)
        if len(words) < FEWEST_WORDS:
            return "too short to be a question"
        quoted = text.startswith(_SAID_BACK)
        if not text.endswith("?") or not _QUESTION.search(text) or (quoted and not _ASKED_THEN.search(text)):
            return "not a question"
        if two_questions(text):
            return "two questions in one"
        if normalised(line) in self.said:
            return "said before"
        if self.opening and len(_stems(text) & self.opening) >= _PARROT * len(_stems(text)):
            return "the opening question again"
        focus = _FOCUS.get(self.target or "", ())
        if focus and not any(stem(w).startswith(f) or w == f for w in words for f in focus):
            return f"does not ask for {self.target}"
        if self.target == "personal_ownership" and not _YOU & _words_after_colon(text):
            return "asks about somebody else"
        if self.target not in _OF_ALTERNATIVES and self.target in _FOCUS and _ALTERNATIVE.search(text):
            return f"asks for an alternative, not for {self.target}"
        return self.clause_fault("", line.strip())

    def has_heard(self, part: str) -> bool:
        """Whether a line that was said already holds `part`, in whatever frame."""
        words = normalised(part)
        return any(words in line for line in self.said)

    def _repeats(self, text: str) -> bool:
        """Whether a clause of five words or more stands in a line that was said already."""
        words = normalised(text)
        return words.count(" ") >= _CLAUSE_WORDS - 1 and any(words in line for line in self.said)

    def _misquoted(self, text: str) -> str | None:
        """A quotation must stand in an answer, and what is said back without quotes must come from one place in it."""
        if not self.spoken:
            return None
        told = [normalised(turn.replace("’", "'")) for turn in self.spoken]
        for quoted in _QUOTED.findall(text):
            if not any(normalised(quoted) in turn for turn in told):
                return f"a quotation that nobody said: {quoted!r}"
        lead = _LEAD.match(text)
        if lead and not _QUOTED.search(text):
            said_back = frozenset(
                _stem(w) for w in _WORD.findall(lead.group(1)) if w.split("'")[0] not in STOPWORDS | _YOU
            )
            if not any(said_back <= stems for turn in self.spoken for stems in _neighbours(turn)):
                return "said back as it was not said"
        return None

    def _unstated(self, text: str) -> str | None:
        for word in _WORD.findall(text):
            bare = word.strip("'-.,")
            if bare and not self._may_use(bare):
                parts = bare.replace("'", "-").split("-")
                if not all(self._may_use(p) or len(p) < 3 for p in parts):
                    return f"a fact that nobody stated: {bare!r}"
        return None

    def _may_use(self, word: str) -> bool:
        return _stem(word) in self.known or stem(word) in interviewer_stems()
