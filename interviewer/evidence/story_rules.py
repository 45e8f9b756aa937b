"""What rules alone can say about the signals of a story: who acts, which numbers are outcomes, what was asked for.

The labels are LABELS.md's. An answer to a follow-up is read with its `target` in mind: "From 40 minutes to 12." shows
a measured result when the result's size was asked for, and nothing when it was not. `story` joins these rules with the
trained heads.
Not covered: irony, other languages than English, and stories whose subject is left out throughout.
"""

import re
from collections import Counter
from collections.abc import Iterator

from interviewer.domain.evidence import Finding, Span
from interviewer.evidence import lexicon as lex
from interviewer.evidence.actors import acts
from interviewer.evidence.clauses import WORD, Clause, clauses, count_words, sentences

LONG = 250  # words; an answer to a follow-up is never this long
RAMBLE = 360
_MOST_QUOTED = 9  # words said back
_FEWEST_QUOTED = 3
_AFTER_I = re.compile(r"\bi(?:'d|'ve|'ll)? (?:(?:just|also|really|only|then|still|\w+ly) )*(.+)")
_UNFINISHED = frozenset(
    {"and", "the", "a", "an", "of", "to", "that", "or", "with", "for", "being", "count", "find", "then"}
)


class StoryRules:
    """One answer, cut up once and asked for each signal in turn."""

    def __init__(self, text: str, target: str | None = None) -> None:
        self.text = text
        self.target = target
        self.words = count_words(text)
        self.clauses = clauses(text)
        self.sentences = sentences(text)
        self.reflection = [c for c in self.sentences if lex.REFLECTION.search(c.lower)]
        reflected = {c.sentence for c in self.reflection}
        told = [c for c in self.clauses if c.sentence not in reflected]
        self.supposed = [c for c in told if lex.HYPOTHETICAL.search(c.lower) or lex.HABIT.search(c.lower)]
        supposed = {c.sentence for c in self.supposed}
        self.acts = acts([c for c in told if c.sentence not in supposed])
        self.steps = [a for a in self.acts if a.concrete]
        self.own = [a for a in self.steps if a.actor == "i"]
        self.denied = self.words < 30 and any(lex.DENIAL.search(c.lower) for c in self.clauses)
        self.anchors = [c for c in self.clauses if lex.TIME_ANCHOR.search(c.lower)]
        self.hypothetical = not self.steps and bool(self.supposed)
        self.real = self._is_real()

    @property
    def onlooker(self) -> bool:
        """Whether somebody else does the work and the candidate, wherever they say "I", only looks on."""
        others = sum(a.actor == "other" and a.concrete for a in self.acts)
        own = [m.group(1) for c in self.clauses for m in _AFTER_I.finditer(c.lower.replace("i'm ", "i am "))]
        return others >= 2 and bool(own) and all(lex.ONLOOKING.match(rest) for rest in own)

    @property
    def by_others(self) -> bool:
        """Whether "we" acts and the candidate is never the subject."""
        return any(a.actor == "we" for a in self.acts) and not self.own and not lex.I_SUBJECT.search(self.text.lower())

    @property
    def shown(self) -> frozenset[str]:
        return frozenset(f.id for f in self.findings() if f.spans)

    def findings(self) -> Iterator[Finding]:
        yield self._finding("real_event", [a.clause for a in self.steps[:2]] or self.anchors[:1] if self.real else [])
        yield self._finding("situation", self._situation())
        yield self._finding("task", self._matching(lex.GOAL, told=True))
        yield self._finding("action", self._action())
        yield self._finding("result", self._result())
        yield self._finding("personal_ownership", self._ownership())
        yield self._finding("measured_result", self._measured())
        yield self._finding("trade_off", self._matching(lex.ALTERNATIVE))
        yield self._finding("root_cause", self._root_cause())
        yield self._finding("reflection", self._reflection())
        yield self._finding("concise", self._concise())

    def hooks(self, shown: set[str]) -> dict[str, Span]:
        """Short spans worth quoting back for what is missing; none where only a fragment could be quoted."""
        by_group = [a.clause for a in self.acts if a.actor == "we"]
        passive = [a.clause for a in self.acts if a.actor == "nobody"]
        vague = [c for c in self.clauses if lex.VAGUE_DEED.search(c.lower)]
        claimed = [c for c in self.clauses if lex.EMPTY_OUTCOME.search(c.lower) or lex.CLAIMED_CHANGE.search(c.lower)]
        wanted = {
            "personal_ownership": by_group + passive,
            "action": vague,
            "result": claimed[::-1],
            "measured_result": claimed[::-1],
        }
        found = {s: next(filter(None, map(quotable, told)), None) for s, told in wanted.items() if s not in shown}
        return {signal: span for signal, span in found.items() if span is not None}

    def _is_real(self) -> bool:
        if self.denied and not self.target:
            return False
        if self.target == "real_event":
            return len(self.steps) >= 1 and not self.hypothetical
        enough = len(self.steps) >= 2 or (len(self.acts) >= 1 and bool(self.anchors)) or len(self.acts) >= 3
        return enough and len(self.acts) > len(self.supposed) / 2

    def _situation(self) -> list[Clause]:
        asked = self.target == "situation"
        if self.denied or not (self.real or asked):
            return []
        first_step = self.steps[0].clause.start if self.steps and not asked else None
        opening = [c for c in self.sentences if first_step is None or c.start <= first_step][:4]
        placed = [c for c in opening if self._places(c)]
        return placed[:2] if placed and sum(map(_specifics, placed)) >= (2 if asked else 4) else []

    def _places(self, clause: Clause) -> bool:
        return bool(lex.SYSTEM.search(clause.lower) or lex.TIME_ANCHOR.search(clause.lower)) and _specifics(clause) >= 2

    def _action(self) -> list[Clause]:
        needed = 1 if self.target == "action" else 2
        steps = [a.clause for a in self.steps if a.actor != "other"]
        return steps[:6] if len(steps) >= needed and not self.hypothetical else []

    def _ownership(self) -> list[Clause]:
        decisions = self._matching(lex.DECISION, told=True)
        needed = 1 if self.target in ("personal_ownership", "action") else 2
        if len(self.own) + len(decisions) >= needed and (self.real or self.target):
            return [a.clause for a in self.own[:6]] or decisions
        return []

    def _result(self) -> list[Clause]:
        if self.denied or self.hypothetical:
            return []
        after = self._turning_point()
        told = [
            c
            for c in self.clauses
            if c.start >= after and lex.OUTCOME.search(c.lower) and not self._empty(c) and c not in self.supposed
        ]
        if self.target in ("result", "measured_result") and not told and self.words >= 4:
            told = [c for c in self.clauses if c not in self.supposed and not self._empty(c)]
        return told[:3] or self._measured()

    def _measured(self) -> list[Clause]:
        if self.denied or self.hypothetical:
            return []
        after = self._turning_point()
        asked = self.target in ("measured_result", "result")
        found = []
        for clause in self.clauses:
            sized = lex.QUANTITY.search(clause.lower)
            if not sized or clause in self.supposed:
                continue
            changed = lex.STRONG_CHANGE.search(clause.lower) or lex.CHANGE.search(clause.lower)
            only_size = lex.SIZE_ONLY.search(clause.lower) and not lex.STRONG_CHANGE.search(clause.lower)
            anchored = lex.TIME_ANCHOR.search(clause.lower) and not lex.STRONG_CHANGE.search(clause.lower)
            if changed and not only_size and not anchored and (asked or clause.start > after):
                found.append(clause)
        return found[:3]

    def _root_cause(self) -> list[Clause]:
        causes = self._matching(lex.CAUSE, told=True)
        asked = self.target == "root_cause" and self.words >= 6 and not self.denied
        found = any(lex.FINDING.search(c.lower) for c in self.clauses)
        return causes[:2] if causes and (found or asked) and (self.real or asked) else []

    def _reflection(self) -> list[Clause]:
        asked = self.target == "reflection" and self.words >= 6 and not self.denied
        return self.reflection[:2] or (self.clauses[:2] if asked and lex.HYPOTHETICAL.search(self._lower()) else [])

    def _concise(self) -> list[Clause]:
        brief = bool(self.clauses) and self.words <= (LONG if self.target else RAMBLE)
        return [self.clauses[0]] if brief and not self._repeats() else []

    def _repeats(self) -> bool:
        words = [w.lower() for w in WORD.findall(" ".join(c.text for c in self.sentences))]
        content = [w for w in words if w not in lex.STOPWORDS]
        return len(content) > 60 and len(set(content)) / len(content) < 0.4

    def _turning_point(self) -> int:
        """Where the candidate begins to act: a number before this describes the problem, not the outcome."""
        if self.target:
            return -1
        own = [a for a in self.steps if a.actor in ("i", "we", "nobody")]
        return own[0].clause.start if own else 10**9

    def _matching(self, pattern: object, told: bool = False) -> list[Clause]:
        if self.denied:
            return []
        pool = [c for c in self.clauses if not (told and c in self.supposed)]
        return [c for c in pool if pattern.search(c.lower)][:2]  # type: ignore[attr-defined]

    def _empty(self, clause: Clause) -> bool:
        return bool(lex.EMPTY_OUTCOME.search(clause.lower)) and not lex.QUANTITY.search(clause.lower)

    def _lower(self) -> str:
        return " ".join(c.lower for c in self.clauses)

    @staticmethod
    def _finding(signal: str, found: list[Clause]) -> Finding:
        return Finding(id=signal, spans=tuple(c.span for c in found))


def _specifics(clause: Clause) -> int:
    """Content words, numbers and anchors: how much of the occasion a clause pins down."""
    words = [w.lower() for w in WORD.findall(clause.text)]
    content = Counter(w for w in words if w not in lex.STOPWORDS and w not in lex.VAGUE_OBJECT and len(w) > 2)
    return (
        min(4, len(content) // 2)
        + 2 * bool(lex.TIME_ANCHOR.search(clause.lower))
        + any(c.isdigit() for c in clause.text)
    )


def quotable(clause: Clause) -> Span | None:
    """The part of a clause that can be said back to the candidate: from its subject on, not cut off on a small word."""
    begins = lex.SUBJECT_START.search(clause.lower)
    if begins is None:
        return None
    start, text = clause.start + begins.start(1), clause.text[begins.start(1) :].rstrip(",;:.!?- ")
    words = list(WORD.finditer(text))
    if len(words) > _MOST_QUOTED:
        kept = words[:_MOST_QUOTED]
        while kept and kept[-1].group().lower() in lex.STOPWORDS:
            kept.pop()
        text = text[: kept[-1].end()] if kept else ""
    elif words and words[-1].group().lower() in _UNFINISHED:
        return None
    return Span(start=start, end=start + len(text), quote=text) if len(text.split()) >= _FEWEST_QUOTED else None
