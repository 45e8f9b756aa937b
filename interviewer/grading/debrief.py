"""What the interviewers say when they meet: every sentence is a verdict or a vote in words, with its quote.

Not covered: discussion that changes a vote. The votes are the arithmetic's; the debrief says what they rest on.
"""

import re
from collections.abc import Mapping, Sequence

from interviewer.content.bank import Bank
from interviewer.domain.scorecard import BarRaiser, Decision, Quote, RoundCard, Stories, Verdict, VoteName

VOTE_WORDS: dict[VoteName, str] = {
    "strong_hire": "strong hire",
    "hire": "hire",
    "no_hire": "no hire",
    "strong_no_hire": "strong no hire",
}
_BEST = ("Best moment", "What convinced me", "Strongest", "What stood out")
_LONGEST_QUOTE = 140
_TELLING = 6  # words
_LINK = re.compile(r"^(?:and|but|so|then)(?: then)?,? (?=\S+ \S+ \S)", re.IGNORECASE)
_DEED = re.compile(r"\b(?:I|i|we|We)(?:'d|'ve)? (?!was\b|were\b|had\b|am\b|needed\b|wanted\b|have\b)\w+")
_FIGURE = re.compile(r"\d")


def round_note(card: RoundCard, place: int) -> tuple[str, ...]:
    """The interviewer's note on a round: what held, what did not, what was not asked."""
    assessed = [v for v in card.criteria if v.status == "assessed" and v.level is not None]
    if not assessed:
        return ("Nothing in this round was answered, so there is nothing to assess.",)
    held = (v for v in assessed if (v.level or 0) >= 4 and v.evidence)
    strong = sorted(held, key=lambda v: (-(v.level or 0), -v.weight))
    weak = sorted((v for v in assessed if (v.level or 0) <= 2), key=lambda v: (v.level or 0, -v.weight))
    said: list[str] = []
    for verdict in _different(strong)[:2]:
        said.append(_strength(verdict, "Also" if said else _BEST[place % len(_BEST)], " ".join(said)))
    said += [_gap(v, "What I missed" if n == 0 else "And") for n, v in enumerate(_different(weak)[:2])]
    if not said:
        said.append("Everything I asked about was there in part and nothing was there in full.")
    if open_points := [v for v in card.criteria if v.status == "not_assessed"]:
        said.append(f"Left open: {'; '.join(_left_open(open_points))}.")
    return tuple(said)


def _left_open(verdicts: Sequence[Verdict]) -> list[str]:
    """One piece for each reason, with all that it left open."""
    named: dict[str, list[str]] = {}
    for verdict in verdicts:
        named.setdefault(verdict.reason, []).append(_named(verdict))
    return [f"{', '.join(names)}, because {reason}" for reason, names in named.items()]


def _different(ordered: Sequence[Verdict]) -> list[Verdict]:
    """One verdict a rubric before a second of the same, and no quote used twice."""
    first: dict[str, Verdict] = {}
    for verdict in ordered:
        first.setdefault(verdict.id.split(".")[0], verdict)
    return [*first.values(), *(v for v in ordered if v not in first.values())]


def meeting(
    cards: Sequence[RoundCard],
    bank: Bank,
    raiser: BarRaiser | None,
    decision: Decision | None,
    reason: str,
    stories: Stories | None = None,
) -> tuple[str, ...]:
    """The debrief: each interviewer in turn, what they heard twice or differently, the Bar Raiser, the decision."""
    lines = []
    for place, card in enumerate(cards):
        who = bank.personas[card.persona].name if card.persona in bank.personas else f"Round {place + 1}"
        kind = card.kind.replace("_", " ").replace("ml ", "ML ")
        voted = f"My vote is {VOTE_WORDS[card.vote]}" if card.vote else "I cannot vote on what I have"
        lines.append(f"{who}, {kind}. {voted}. {' '.join(card.note)}")
    lines += _across(stories or Stories())
    if raiser is not None:
        lines.append(f"The Bar Raiser sat in round {raiser.round + 1}. {raiser.reason}")
    words: Mapping[Decision | None, str] = {
        "inclined": "The meeting is inclined to hire.",
        "not_inclined": "The meeting is not inclined to hire.",
        None: "The meeting cannot decide.",
    }
    return (*lines, f"{words[decision]} {reason}")


def _across(stories: Stories) -> list[str]:
    """What only shows when the interviewers compare what each of them was told."""
    lines = [
        f"The story told in {_turn(first)} came back in {_turn(second)}: one occasion stands for two questions. The "
        "second telling counts, and every criterion that rests on it is one level lower."
        for first, second in stories.reused
    ]
    lines += [
        f"What we were told does not agree. {c.what} “{c.quotes[0]}” in {_turn(c.turns[0])}, “{c.quotes[1]}” in "
        f"{_turn(c.turns[1])}."
        for c in stories.contradictions
    ]
    return lines


def _turn(place: str) -> str:
    held, _, turn = place.partition(".")
    return f"round {int(held) + 1} (turn {turn})"


def _strength(verdict: Verdict, lead: str, said: str) -> str:
    """One strength with its quote, another than what has been `said` where there is one."""
    if verdict.working.startswith("by "):  # a line of code says less than what came of it
        return f"{lead}: {_named(verdict)}, level {verdict.level}. {verdict.reason}"
    return f"{lead}: {_named(verdict)}, level {verdict.level}: “{_aloud(_telling(verdict, said))}”."


def _aloud(said: Quote) -> str:
    """A quote without the word that linked it to what stood before, and cut where it is long."""
    quote = _LINK.sub("", " ".join(said.quote.split())).rstrip(".,;:")
    return quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _telling(verdict: Verdict, said: str) -> Quote:
    """The quote to say aloud: long enough to follow, and rather a deed or a figure than where it was."""
    fresh = [q for q in verdict.evidence if _aloud(q) not in said] or verdict.evidence
    long = [q for q in fresh if len(q.quote.split()) >= _TELLING] or fresh
    return max(long, key=lambda q: 2 * bool(_DEED.search(q.quote)) + bool(_FIGURE.search(q.quote)))


def _gap(verdict: Verdict, lead: str) -> str:
    missing = verdict.reason[max(0, verdict.reason.find("Not heard: ")) :]
    if missing.startswith("Heard: "):
        missing = "It was touched on, and the rest of the story does not carry it."
    return f"{lead}: {_named(verdict)}, level {verdict.level}. {missing}"


def _named(verdict: Verdict) -> str:
    """“gets beneath the symptom (Dive Deep)” for “Dive Deep: Gets beneath the symptom”."""
    rubric, _, criterion = verdict.name.partition(": ")
    return f"{criterion[0].lower()}{criterion[1:]} ({rubric})"
