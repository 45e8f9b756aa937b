"""Who did what in each clause: "I", "we", somebody else, or nobody (the passive).

By pattern: a past-tense verb after its subject, where a clause that begins with its verb ("and measured it")
takes the subject of the clause before. The narrative present counts only behind "I" or "we" with a concrete verb.
Not covered: subjects far from their verbs, and verbs that English spells like nouns.
"""

import re
from dataclasses import dataclass
from typing import Literal

from interviewer.evidence.clauses import Clause
from interviewer.evidence.lexicon import IRREGULAR_PAST, NOT_PAST, STATIVE, STOPWORDS, VAGUE_OBJECT

Actor = Literal["i", "we", "other", "nobody"]

_SUBJECT = re.compile(
    r"\b(i|we|they|he|she|the team|our team|my team|my colleagues?|my manager|somebody|someone|people|everyone)\b"
)
_PASSIVE = re.compile(
    r"\b(?:was|were|been|got|being)\s+(?:\w+ly\s+)?(\w+ed|built|written|made|found|done|run|set|cut|chosen|taken|sent|shown|put|held|split|rewritten|rebuilt)\b"
)
_TOKEN = re.compile(r"[a-z][a-z'-]*")
_FILLER = frozenset(
    """
    also then first just personally finally quickly immediately actually basically really later even simply
    eventually still therefore only kind of sort like myself have had 've 'd i've i'd we've we'd and so
    """.split()
)
_AUXILIARY = frozenset(
    """
    would could should will might may can must do does did don't didn't won't wouldn't was were am are is
    """.split()
)
_BASE_FORMS = frozenset(
    """
    build write rewrite run find lead make take choose cut set give begin speak tell hold draw split put bring
    teach keep pull push open check compare measure plot trace profile replace remove add ship call ask
    propose design train test log fix sample change move start stop send show read query label review present
    document automate schedule deploy
    """.split()
)


@dataclass(frozen=True)
class Act:
    """A clause in which somebody acts. `concrete` means that a colleague could repeat the step."""

    clause: Clause
    actor: Actor
    verb: str
    concrete: bool


def acts(found: list[Clause]) -> list[Act]:
    """The acts of an answer in order; a clause gives at most one."""
    done: list[Act] = []
    subject: Actor | None = None
    sentence = -1
    for clause in found:
        if clause.sentence != sentence:
            sentence, subject = clause.sentence, subject if clause.sentence == 0 else None
        act, subject = _act(clause, subject)
        if act:
            done.append(act)
    return done


def is_past(word: str) -> bool:
    return word in IRREGULAR_PAST or (word.endswith("ed") and len(word) > 3 and word not in NOT_PAST)


def _act(clause: Clause, inherited: Actor | None) -> tuple[Act | None, Actor | None]:
    text = clause.lower
    for match in _SUBJECT.finditer(text):
        actor: Actor = "i" if match.group() == "i" else "we" if match.group() == "we" else "other"
        verb = _verb_after(text[match.end() :])
        if verb:
            return _made(clause, actor, verb), actor
    if passive := _PASSIVE.search(text):
        return _made(clause, "nobody", passive.group(1)), inherited
    if inherited:
        verb = _verb_after(re.sub(r"^(?:and|then|but|so)\s+", "", text), at_once=True)
        if verb:
            return _made(clause, inherited, verb), inherited
    return None, inherited


def _verb_after(rest: str, at_once: bool = False) -> str | None:
    tokens: list[str] = _TOKEN.findall(rest)[:5]
    for place, token in enumerate(tokens):
        if token in _FILLER:
            continue
        if token in _AUXILIARY and token not in {"did", "was", "were"}:
            return None
        if is_past(token) and token not in STATIVE:
            return token
        if not at_once and place == 0 and token in _BASE_FORMS:
            return token
        if not token.endswith("ly"):
            return None
    return None


def _made(clause: Clause, actor: Actor, verb: str) -> Act:
    after = clause.lower.split(verb, 1)[1]
    objects = [t for t in re.findall(r"[a-z0-9][\w'-]*", after) if t not in STOPWORDS and t not in VAGUE_OBJECT]
    return Act(clause, actor, verb, concrete=verb not in STATIVE and len(objects) >= 1)
