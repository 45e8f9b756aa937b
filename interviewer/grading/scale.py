"""The arithmetic: from signals shown to a score of 1.0 to 5.0, from a score to a vote.

A score begins at 1 and every signal that is shown adds its points; a missing main part holds the score down. What
each signal is worth, and each cap, stands here and nowhere else.
"""

from collections.abc import Collection
from dataclasses import dataclass

from interviewer.domain.question import Question
from interviewer.domain.rubric import CLAIM_SIGNALS, CODE_SIGNALS, STORY_SIGNALS, Level, Rubric
from interviewer.domain.scorecard import VoteName

POINTS = {
    "real_event": 0.6,
    "situation": 0.3,
    "task": 0.2,
    "action": 0.7,
    "personal_ownership": 0.6,
    "result": 0.4,
    "measured_result": 0.6,
    "trade_off": 0.2,
    "root_cause": 0.2,
    "reflection": 0.2,
}
RAMBLING = -0.3
FAINT = 0.7  # of its points, for a signal that is shown but not clearly
CAPS: tuple[tuple[frozenset[str], float, str], ...] = (
    (frozenset({"real_event"}), 1.5, "no real occasion"),
    (frozenset({"action"}), 2.0, "no concrete steps"),
    (frozenset({"personal_ownership", "result"}), 2.2, "neither an own part nor an outcome"),
    (frozenset({"personal_ownership"}), 3.0, "no own part"),
    (frozenset({"result"}), 3.0, "no outcome"),
    (frozenset({"measured_result"}), 3.8, "no measured outcome"),
)
# At L4 nobody is marked down for lacking these; at L6 a 5 needs them.
BEYOND_L4 = frozenset({"trade_off", "root_cause", "reflection"})
NEEDED_FOR_5_AT_L6 = frozenset({"trade_off", "reflection"})
SHOWN_ONCE = 0.75  # in a rubric that covers a round: level 4, and a second occasion makes it a 5
COVERING_SHARE = 0.2  # of a round's score
CONTRADICTION = 1.0
CHOICE_SHARE = 0.6  # of an item: choosing is what an assessment counts, reasons are what an interviewer hears
ENOUGH_CLAIMS = 0.9  # of the claims' weight: nobody says everything
WITNESS_MOST = 0.75  # level 4: a scorer that compares with a text cannot prove depth
MENTIONED = (0.0, 0.5, 0.75, 1.0)
NO_STORY = 2.0  # up to here what was told is no story: no occasion, or no steps
VOTES: tuple[tuple[float, VoteName], ...] = ((4.3, "strong_hire"), (3.5, "hire"), (2.3, "no_hire"))


@dataclass(frozen=True)
class Sum:
    """A score with the sum written out."""

    score: float
    working: str


def story_score(shown: Collection[str], faint: Collection[str] = ()) -> Sum:
    """The score of a story that shows these signals, `concise` among them when it does not ramble.

    Those that are shown only faintly earn 0.7 of their points, and lift a cap by as much.
    """
    named = [s for s in STORY_SIGNALS if s in shown and s in POINTS]
    parts: list[tuple[str, float]] = [(_named(s, faint), POINTS[s] * _credit(s, faint)) for s in named]
    if "concise" not in shown:
        parts.append(("rambling", RAMBLING))
    total = 1 + sum(points for _, points in parts)
    working = "1" + "".join(f" {'+' if p > 0 else '-'} {_figure(abs(p))} {name}" for name, p in parts)
    for missing, cap, why in CAPS:
        lifted = max((_credit(s, faint) for s in missing if s in shown), default=0.0)
        held = lifted * total + (1 - lifted) * min(total, cap)
        if held < total - 1e-9:
            total = held
            working = f"{working}, held at {_figure(held)} ({f'{why} that is clear' if lifted else why})"
    return Sum(_bounded(total), f"{working} = {_bounded(total):.1f}")


def _credit(signal: str, faint: Collection[str]) -> float:
    return FAINT if signal in faint else 1.0


def _named(signal: str, faint: Collection[str]) -> str:
    return f"{signal} (faint)" if signal in faint else signal


def _figure(points: float) -> str:
    """One place after the point, two where they are needed."""
    return f"{points:.1f}" if abs(points * 10 - round(points * 10)) < 1e-6 else f"{points:.2f}"


def coverage(question: Question | None, covered: Collection[str]) -> float | None:
    """The share of the claims' weight that is covered, as a part of what is enough; None without claims."""
    if question is None or not question.claims:
        return None
    whole = sum(c.weight for c in question.claims)
    return min(1.0, sum(c.weight for c in question.claims if c.id in covered) / whole / ENOUGH_CLAIMS)


def witnessed(share: float, passage: str) -> Sum:
    """What a share by comparison with a passage counts where no claims are known, 0 to 1."""
    counted = min(share, WITNESS_MOST)
    held = f", held at {WITNESS_MOST:.2f}" if counted < share else ""
    source = "by a scorer trained on graded exam answers, a weak witness"
    return Sum(counted, f"{share:.2f} of passage {passage} {source}{held}")


def technical_score(
    rubric: Rubric,
    question: Question | None,
    shown: Collection[str],
    covered: Collection[str],
    wrong: Collection[str],
    beside: Sum | None = None,
    tests: float | None = None,
) -> Sum:
    """The score of a technical answer: in equal parts from expected claims, the rubric's own signals and code that ran.

    `tests` is what running the code came to, 0 to 1. `beside` stands in the place of the claims where the question is
    not in the bank.
    """
    shares: list[tuple[str, float]] = []
    claimed = coverage(question, covered)
    if claimed is not None:
        shares.append(("claims", claimed))
    elif beside is not None:
        claimed = beside.score
        shares.append((beside.working, claimed))
    own = [s for s in rubric.signal_ids if s not in CLAIM_SIGNALS and s not in CODE_SIGNALS]
    if own and (claimed is None or len(own) > 4):
        shares.append(("signals", min(1.0, sum(s in shown for s in own) / len(own) / ENOUGH_CLAIMS)))
    if tests is not None:
        shares.append(("code", tests))
    if not shares:
        return Sum(1.0, "1, nothing to compare with")
    share = sum(value for _, value in shares) / len(shares)
    total = _bounded(1 + 4 * share - CONTRADICTION * len(wrong))
    terms = " and ".join(f"{name} {value:.0%}" for name, value in shares)
    lost = f" - {CONTRADICTION:.1f} x {len(wrong)} contradicted" if wrong else ""
    return Sum(total, f"1 + 4 x {share:.2f} ({terms}){lost} = {total:.1f}")


def item_score(question: Question, chosen: int | None, covered: Collection[str], wrong: Collection[str]) -> Sum:
    """The score of an item: what the chosen option is worth, and the share of the expected reasons."""
    credit = 0.0 if chosen is None else question.options[chosen].credit
    reasons = coverage(question, covered)
    share = credit if reasons is None else CHOICE_SHARE * credit + (1 - CHOICE_SHARE) * reasons
    total = _bounded(1 + 4 * share - CONTRADICTION * len(wrong))
    named = "no choice" if chosen is None else f"choice {credit:.0%}"
    terms = (
        named if reasons is None else f"{CHOICE_SHARE:.1f} x {named}, {1 - CHOICE_SHARE:.1f} x reasons {reasons:.0%}"
    )
    lost = f" - {CONTRADICTION:.1f} x {len(wrong)} contradicted" if wrong else ""
    return Sum(total, f"1 + 4 x {share:.2f} ({terms}){lost} = {total:.1f}")


def story_level(
    signals: Collection[str],
    shown: Collection[str],
    level: Level,
    told_before: str | None = None,
    faint: Collection[str] = (),
) -> tuple[int, str]:
    """A criterion's level 1-5 from the share of its signals that the story shows.

    `told_before` is where in the loop the same story was told first; a second telling is worth one level less.
    """
    counted = [s for s in signals if s in shown or level != "L4" or s not in BEYOND_L4] or list(signals)
    hit = [s for s in counted if s in shown]
    value = _rounded(1 + 4 * sum(_credit(s, faint) for s in hit) / len(counted))
    weak = sum(s in faint for s in hit)
    working = f"{len(hit)} of {len(counted)} signals" + (f", {weak} of them faint" if weak else "")
    whole = story_score(shown, faint).score
    if value > (ceiling := int(whole + 1)):
        value, working = ceiling, f"{working}, at most {ceiling} in a story of {whole:.1f}"
    if level == "L6" and value == 5 and not set(shown) >= NEEDED_FOR_5_AT_L6:
        value, working = 4, f"{working}, 4 at L6 without trade-off and reflection"
    if told_before is not None and value > 1:
        value, working = value - 1, f"{working}, one off: the story was told before, in turn {told_before}"
    return value, working


def technical_level(shares: Collection[float], contradicted: int) -> tuple[int, str]:
    """A criterion's level from the shares (0 to 1) of what it rests on; a contradiction costs one and caps at 3."""
    share = sum(shares) / len(shares)
    value = _rounded(1 + 4 * share)
    working = f"{share:.0%} of what it rests on"
    if contradicted:
        value, working = max(1, min(3, value - 1)), f"{working}, one off and at most 3 for {contradicted} contradicted"
    return value, working


def asked_in_part(value: int, working: str, left: int, signals: int) -> tuple[int, str]:
    """At most 4 where some of its signals were not asked for and did not come up, 3 where these are half or more."""
    most = 5 if not left else 4 if 2 * left < signals else 3
    return (most, f"{working}, at most {most} because part of it was not asked") if value > most else (value, working)


def beside_failed(value: int, working: str, failed: int, asked: int) -> tuple[int, str]:
    """At most 4 where other questions on the same principle brought words and no story, 3 where these are most."""
    most = 5 if not failed else 4 if 2 * failed <= asked else 3
    told = f"{working}, at most {most} because {failed} of {asked} questions on it brought no story"
    return (most, told) if value > most else (value, working)


def mentioned(places: int) -> float:
    """What a signal counts that a criterion rests on alone, 0 to 1: one remark is level 3, two are 4, three are 5."""
    return MENTIONED[min(places, len(MENTIONED) - 1)]


def covering_level(shares: Collection[float], more: bool, contradicted: int) -> tuple[int, str]:
    """The level of a criterion over a whole round; `more` when part of it was not asked for or stays open."""
    value, working = technical_level(shares or (0.0,), contradicted)
    return (
        (4, f"{working}, 4 because part of it was not asked or stays open") if more and value == 5 else (value, working)
    )


def out_of_order(value: int, working: str) -> tuple[int, str]:
    """A design that names its model before any constraint loses one level of its framing."""
    return max(1, value - 1), f"{working}, one off for a model before any constraint"


def vote(score: float) -> VoteName:
    return next((name for least, name in VOTES if score >= least), "strong_no_hire")


def _bounded(score: float) -> float:
    return round(min(5.0, max(1.0, score)), 1)


def _rounded(value: float) -> int:
    """Half goes down: a level is reached, not nearly reached."""
    return max(1, min(5, int(value + 0.499)))
