"""A verdict as an interviewer would say it across a table: one sentence, its quote, its level.

The sentences only turn what the verdict says; nothing is added. Which of several wordings is taken depends on the
place of the round alone, so the same transcript gives the same words.
Not covered: which verdicts are worth saying (`debrief`).
"""

import re

from interviewer.domain.scorecard import Quote, Verdict
from interviewer.evidence.actors import is_past
from interviewer.evidence.clauses import sentences

_BEST = (
    "I wrote down “{quote}”; that made {named} a {level} for me.",
    "What stayed with me is “{quote}”: a {level} for {named}.",
    "When I heard “{quote}”, I had what I needed on {named}: a {level}.",
    "“{quote}”, they told me, and I put {named} at {level}.",
    "I can still hear “{quote}”, and I gave {named} a {level}.",
)
_ALSO = (
    "On {named} it was “{quote}” that brought the {level}.",
    "And for {named} I noted “{quote}”, again a {level}.",
    "Then there is “{quote}”: {named}, a {level}.",
    "I also kept “{quote}”, for {named}, at {level}.",
    "For {named} my {level} rests on “{quote}”.",
)
_SHORT = (
    "I listened in vain for {missing}",
    "I left room for what never came: {missing}",
    "I went away without {missing}",
    "My page stayed empty where I expected {missing}",
    "I waited in vain for {missing}",
)
_ALSO_SHORT = (
    "I also did not get {missing}",
    "I also missed {missing}",
    "Nor did I hear {missing}",
    "I heard as little of {missing}",
    "I also have nothing on {missing}",
)
_LEFT = (
    "I had to put {named} at {level}.",
    "So {named} stays at {level} with me.",
    "For me {named} is a {level}.",
    "I could give {named} no more than {level}.",
    "That puts {named} at {level}.",
)
_ALSO_LEFT = (
    "That leaves {named} at {level}.",
    "Hence a {level} for {named}.",
    "I wrote a {level} beside {named}.",
    "So a {level} for {named} as well.",
    "I noted a {level} for {named}.",
)
_LONGEST_QUOTE = 140
_TELLING = 6  # words
_LINK = re.compile(r"^(?:and|but|so|then)(?: then)?,? (?=\S+ \S+ \S)", re.IGNORECASE)
_DEED = re.compile(r"\b(?:I|i|we|We)(?:'d|'ve)? (?!was\b|were\b|had\b|am\b|needed\b|wanted\b|have\b|said\b)\w+")
_FIGURE = re.compile(r"\d")
_NOT_HEARD = re.compile(r"Not heard: ([^.]+)\.")
_POINTS = re.compile(r"(\d+) of (\d+) expected points were made\.")
_FOLLOWED = re.compile(r"(\d+) of (\d+) deeper follow-ups were answered to the point\.")
_WRONG = re.compile(r"Said the wrong way round: (.+?)(?=(?: Said the wrong way round:| \d+ of \d+ |$))")
_PASSED = "passed over without an answer"


def strength(verdict: Verdict, place: int, said: str) -> str:
    """One strength with its quote, another than what has been `said` where there is one."""
    named, wording = in_words(verdict), (_ALSO if said else _BEST)[place % len(_BEST)]
    if verdict.working.startswith("by "):  # a line of code says less than what came of it
        looked = "I had the code run" if verdict.working == "by running the code" else "I went through the code"
        return f"{looked}. {verdict.reason.rstrip('.')}, and {named} is a {verdict.level}."
    return wording.format(quote=aloud(_telling(verdict, said)), named=named, level=verdict.level)


def gap(verdict: Verdict, place: int, first: bool) -> str:
    """What was missed, with what came nearest to it where anything did, and the level that follows."""
    said = bool(verdict.evidence) and not verdict.working.startswith("by ")
    near = f" What came nearest was “{aloud(_telling(verdict, ''))}”." if said else ""
    left = (_LEFT if first else _ALSO_LEFT)[place % len(_LEFT)].format(named=in_words(verdict), level=verdict.level)
    return f"{missed(verdict, place, first)}.{near} {left}"


def in_words(verdict: Verdict) -> str:
    """“‘gets beneath the symptom’ in Dive Deep” for “Dive Deep: Gets beneath the symptom”."""
    rubric, _, criterion = verdict.name.partition(": ")
    return f"‘{criterion[0].lower()}{criterion[1:]}’ in {rubric}"


def aloud(said: Quote) -> str:
    """A quote without the word that linked it to what stood before, and cut where it is long."""
    return cut(_LINK.sub("", " ".join(said.quote.split())).rstrip(".,;:"))


def cut(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def first_words(answer: str) -> str:
    """The first sentence of an answer that is long enough to follow, or the first of all."""
    said = [" ".join(s.text.split()) for s in sentences(answer)]
    return cut(next((s for s in said if len(s.split()) >= _TELLING), said[0] if said else "")).rstrip(".,;:")


def missed(verdict: Verdict, place: int, first: bool) -> str:
    """What a low level lacks, as a sentence without its stop."""
    reason = verdict.reason
    if wrong := _WRONG.findall(reason):
        return f"I was told the opposite of this: {wrong[0].rstrip('.')}"
    if points := _POINTS.search(reason):
        made, of = points.groups()
        return f"Of the {of} points that I hoped for I heard {made if made != '0' else 'none'}"
    if followed := _FOLLOWED.search(reason):
        met, put = followed.groups()
        most = "never got" if met == "0" else f"got only {_times(met)}"
        return f"I went deeper {_times(put)} and {most} an answer to the point"
    if missing := _NOT_HEARD.search(reason):
        wording = (_SHORT if first else _ALSO_SHORT)[place % len(_SHORT)]
        return wording.format(missing=_wanted(missing[1]))
    if _PASSED in reason:
        return "I asked, and the question was passed over without an answer"
    if reason.startswith("Heard: "):
        return "It was touched on, and the rest of the answer does not carry it"
    return reason.rstrip(".")


def _times(number: str) -> str:
    return {"1": "once", "2": "twice"}.get(number, f"{number} times")


def _wanted(missing: str) -> str:
    """“a trade-off or a sign that the candidate tests it” for “a trade-off, that the candidate tests it”."""
    things, _, deeds = missing.partition("that the candidate ")
    named = [t for t in things.rstrip(", ").split(", ") if t]
    named += [f"a sign that the candidate {deeds}"] if deeds else []
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def _telling(verdict: Verdict, said: str) -> Quote:
    """The quote to say aloud: long enough to follow, and rather a deed or a figure than where it was."""
    fresh = [q for q in verdict.evidence if aloud(q) not in said] or verdict.evidence
    long = [q for q in fresh if len(q.quote.split()) >= _TELLING] or fresh
    return max(reversed(long), key=lambda q: 2 * _tells_a_deed(q) + bool(_FIGURE.search(q.quote)))


def _tells_a_deed(said: Quote) -> bool:
    return bool(_DEED.search(said.quote)) or is_past(aloud(said).split(" ", 1)[0].lower())
