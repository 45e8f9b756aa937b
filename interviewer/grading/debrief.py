"""What the interviewers say when they meet: every sentence is a verdict or a vote in words, with its quote.

Not covered: discussion that changes a vote. The votes are the arithmetic's; the debrief says what they rest on.
"""

from collections.abc import Mapping, Sequence

from interviewer.content.bank import Bank
from interviewer.domain.scorecard import BarRaiser, Decision, RoundCard, Stories, Verdict, VoteName
from interviewer.grading.spoken import gap, in_words, strength

VOTE_WORDS: dict[VoteName, str] = {
    "strong_hire": "strong hire",
    "hire": "hire",
    "no_hire": "no hire",
    "strong_no_hire": "strong no hire",
}
_FEW_OPEN = 2


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
        said.append(strength(verdict, place, " ".join(said)))
    said += [gap(v, place, first=n == 0) for n, v in enumerate(_different(weak)[:2])]
    if not said:
        said.append("Everything I asked about was there in part and nothing was there in full.")
    said += _left_open([v for v in card.criteria if v.status == "not_assessed"])
    return tuple(said)


def _left_open(verdicts: Sequence[Verdict]) -> list[str]:
    """What cannot be spoken to: a few by name, with the reason; many by their number, for the round lists them."""
    if not verdicts:
        return []
    if len(verdicts) > _FEW_OPEN:
        return [f"On {len(verdicts)} other points I have no opinion; they are listed with the round."]
    return [f"I cannot speak to {in_words(v)}: {v.reason.rstrip('.')}." for v in verdicts]


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
        who = _name(card, bank, place)
        kind = card.kind.replace("_", " ").replace("ml ", "ML ").replace("behavioral", "behavioural")
        voted = f"My vote is {VOTE_WORDS[card.vote]}" if card.vote else "I cannot vote on what I have"
        lines.append(f"{who}, {kind}: {voted}. {' '.join(card.note)}")
    lines += _across(stories or Stories())
    if raiser is not None:
        lines.append(f"{_name(cards[raiser.round], bank, raiser.round)}, Bar Raiser: {raiser.reason}")
    words: Mapping[Decision | None, str] = {
        "inclined": "The meeting is inclined to hire.",
        "not_inclined": "The meeting is not inclined to hire.",
        None: "The meeting cannot decide.",
    }
    return (*lines, f"{words[decision]} {reason}")


def _name(card: RoundCard, bank: Bank, place: int) -> str:
    return bank.personas[card.persona].name if card.persona in bank.personas else f"Round {place + 1}"


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


def weakest(verdicts: Sequence[Verdict]) -> Verdict | None:
    """The lowest of what was assessed, the heaviest of these first."""
    assessed = [v for v in verdicts if v.level is not None]
    return min(assessed, key=lambda v: (v.level or 0, -v.weight), default=None)
