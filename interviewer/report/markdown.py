"""The scorecard in Markdown. Everything a candidate said is escaped: it is text, never markup."""

import re
from collections.abc import Iterator, Sequence

from interviewer.domain.coding import CodeTest
from interviewer.domain.scorecard import BarRaiser, CodeCard, Item, RoundCard, Scorecard, Stories, Verdict
from interviewer.evidence.code_blocks import fenced

_KINDS = {
    "recruiter_screen": "Recruiter screen",
    "online_assessment": "Online assessment",
    "phone_screen": "Phone screen",
    "hiring_manager": "Hiring manager",
    "coding": "Coding",
    "ml_depth": "ML depth",
    "ml_system_design": "ML system design",
    "system_design": "System design",
    "behavioral": "Behavioural",
}
_DECISIONS = {"inclined": "Inclined to hire", "not_inclined": "Not inclined to hire", None: "No decision"}
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~$])")


def kind_name(kind: str) -> str:
    return _KINDS.get(kind, kind.replace("_", " "))


def escaped(text: str) -> str:
    """One line of plain text that Markdown and HTML leave alone."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split())).replace("\\<", "&lt;").replace("\\>", "&gt;")


def sentence(text: str) -> str:
    """A reason as it stands alone: with a capital and an end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "”")) else ".") if text else text


def markdown(card: Scorecard) -> str:
    return "\n".join(_lines(card)).strip() + "\n"


def _lines(card: Scorecard) -> Iterator[str]:
    yield f"# Scorecard: {_DECISIONS[card.decision]}"
    yield ""
    yield f"Level {card.level}. {card.decision_reason}"
    yield ""
    yield f"*{card.trust}*"
    yield ""
    yield "| Round | Vote | Score |"
    yield "|---|---|---|"
    for place, held in enumerate(card.rounds):
        yield f"| {place + 1}. {kind_name(held.kind)} | {_vote(held)} | {_score(held.score)} |"
    if card.bar_raiser:
        yield ""
        yield f"**Bar Raiser** (round {card.bar_raiser.round + 1}): {raised(card.bar_raiser)}"
    yield ""
    yield "## Debrief"
    for line in card.debrief:
        yield ""
        yield escaped(line)
    yield ""
    yield "## Study plan"
    yield ""
    for item in card.study_plan:
        source = f" Read: `{item.source}`." if item.source else ""
        yield f"- **{escaped(item.do)}** {escaped(item.why)}{source}"
    if not card.study_plan:
        yield "Nothing that was assessed came out at 3 or below."
    if card.stories != Stories():
        yield from _stories(card.stories)
    for place, held in enumerate(card.rounds):
        yield from _round(place, held)
    yield ""
    yield "## Made with"
    yield ""
    yield ", ".join(f"{key} `{value}`" for key, value in card.made_with.items())


def _stories(stories: Stories) -> Iterator[str]:
    yield ""
    yield "## Stories"
    yield ""
    for first, second in stories.reused:
        yield f"- The same story in turns {first} and {second}."
    for c in stories.contradictions:
        said = (f"“{escaped(quote)}” (turn {turn})" for quote, turn in zip(c.quotes, c.turns, strict=True))
        yield f"- {escaped(c.what)} {' against '.join(said)}"


def _round(place: int, held: RoundCard) -> Iterator[str]:
    yield ""
    yield f"## Round {place + 1}: {kind_name(held.kind)}"
    yield ""
    yield f"Vote: **{_vote(held)}**. Score {_score(held.score)} ({held.working})."
    for verdict in held.criteria:
        if verdict.level is not None:
            yield ""
            yield from _verdict(verdict)
    yield from _not_assessed(held.criteria)
    for written in held.code:
        yield ""
        yield from _code(written)
    if held.items:
        yield ""
        yield "**Items**"
        yield ""
        for item in held.items:
            yield from _item(item)


def _code(card: CodeCard) -> Iterator[str]:
    yield f"**Code: {escaped(card.title)}** (turn {card.turn}): {escaped(card.outcome)}."
    for line in code_notes(card):
        yield f"- {escaped(line)}"
    for test in card.tests:
        if test.verdict != "passed":
            yield f"- *{escaped(test.name)}*: {escaped(failure(test))}"
    yield ""
    yield fenced(card.code)


def code_notes(card: CodeCard) -> Iterator[str]:
    """What is worth saying about the code beside its tests."""
    if card.time:
        yield card.time
    if card.note:
        yield card.note
    if card.growth:
        yield card.growth
    if card.hints:
        yield f"Hints given: {', '.join(card.hints)}."
    if card.remarks:
        yield f"A reviewer would remark on {'; '.join(card.remarks)}."


def failure(test: CodeTest) -> str:
    """One failing test in words, hidden no longer."""
    called = f"with {test.input}" if test.input else ""
    if test.verdict == "wrong":
        return f"{called}, expected {test.expected}, got {test.got}"
    if test.verdict == "error":
        return f"{called}, {test.got}" + (f" (line {test.line})" if test.line else "")
    if test.verdict == "timed_out":
        return f"{called}, {test.got}"
    return "out of memory" if test.verdict == "out_of_memory" else "not run after the test before it"


def _item(item: Item) -> Iterator[str]:
    turn = f" (turn {item.turn})" if item.turn is not None else ""
    yield f"- {escaped(item.text)} *{escaped(item.outcome)}{turn}*"
    for reason in item.why:
        yield f"  - {escaped(reason)}"


def _verdict(verdict: Verdict) -> Iterator[str]:
    working = f" ({verdict.working})" if verdict.working else ""
    yield f"**{verdict.name}**: level {verdict.level}{working}. {escaped(sentence(verdict.reason))}"
    if verdict.anchor:
        yield f"*What a level {verdict.level} usually sounds like: {escaped(verdict.anchor)}*"
    for quote in verdict.evidence:
        yield f"> “{escaped(quote.quote)}” (turn {quote.turn})"
        yield ">"


def _not_assessed(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """What was not assessed, once, by its reason."""
    named: dict[str, list[str]] = {}
    for verdict in verdicts:
        if verdict.level is None:
            named.setdefault(verdict.reason, []).append(verdict.name)
    for reason, names in named.items():
        yield ""
        yield f"**Not assessed**: {'; '.join(names)}. {escaped(sentence(reason))}"


def raised(raiser: BarRaiser) -> str:
    """What became of the Bar Raiser's say; the reason is said in the debrief."""
    if raiser.vote is None:
        return "no say."
    return "a veto; the debrief has the reason." if raiser.veto else "no veto."


def _vote(held: RoundCard) -> str:
    return held.vote.replace("_", " ") if held.vote else "no vote"


def _score(score: float | None) -> str:
    return f"{score:.1f}" if score is not None else "not assessed"
