"""The scorecard and its transcript as HTML to read on a page. Everything that is not ours is escaped.

Pure: values in, a string out. Not here: the styles (the page brings them) and the passages of the study plan, which
the caller looks up and hands in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from interviewer.domain.coding import examined
from interviewer.domain.scorecard import CodeCard, Item, Quote, RoundCard, Scorecard, Stories, StudyItem, Verdict
from interviewer.domain.transcript import Transcript, TranscriptRound, Turn
from interviewer.evidence.code_blocks import code_blocks
from interviewer.report.markdown import code_notes, failure, kind_name, raised, sentence

_HEADLINES = {"inclined": "Inclined to hire", "not_inclined": "Not inclined to hire", None: "No decision"}
_VOTES = {
    "strong_hire": "Strong hire",
    "hire": "Hire",
    "no_hire": "No hire",
    "strong_no_hire": "Strong no hire",
    None: "No vote",
}
_HIGHEST = 5
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]+?)\*\*")
_CODE = re.compile(r"`([^`\n]+)`")
_WRAPPED = re.compile(r"(?<=\S)\n[ \t]*(?=[^\s*-])")  # a line of our files that goes on in the next
_BULLET = re.compile(r"^([ \t]*)[-*] +", re.MULTILINE)


class Cited(NamedTuple):
    """A passage that the study plan points to."""

    source: str
    heading: str
    text: str


def scorecard_html(
    card: Scorecard, names: Mapping[str, str] | None = None, passages: Mapping[str, Cited] | None = None
) -> str:
    """`names` gives a persona's name by id, `passages` what stands behind a study plan's citation."""
    people = names or {}
    parts = [
        _headline(card),
        _rounds(card, people),
        _section("Debrief", "".join(f"<p>{escape(line)}</p>" for line in card.debrief)),
        _section("Study plan", _study_plan(card.study_plan, passages or {})),
        _section("Stories", _stories(card.stories)) if card.stories != Stories() else "",
        _section("Round by round", "".join(_round(place, r, people) for place, r in enumerate(card.rounds))),
        _made_with(card),
    ]
    return f'<article class="scorecard">{"".join(parts)}</article>'


def transcript_html(transcript: Transcript, names: Mapping[str, str] | None = None) -> str:
    """Every turn, folded, with the anchors that the scorecard's quotes lead to; a browser unfolds it for them."""
    rounds = "".join(_spoken_round(place, r, names or {}) for place, r in enumerate(transcript.rounds))
    return f'<details class="transcript"><summary>Everything that was said</summary>{rounds}</details>'


def _section(title: str, body: str) -> str:
    return f"<section><h2>{title}</h2>{body}</section>"


def _headline(card: Scorecard) -> str:
    return (
        f'<header class="headline {card.decision or "undecided"}"><p class="over">Level {escape(card.level)}</p>'
        f"<h1>{_HEADLINES[card.decision]}</h1><p>{escape(card.decision_reason)}</p>"
        f'<p class="trust">{escape(card.trust)}</p></header>'
    )


def _rounds(card: Scorecard, people: Mapping[str, str]) -> str:
    if not card.rounds:
        return _section("Votes", '<p class="none">No round was played.</p>')
    rows = "".join(_row(place, held, people) for place, held in enumerate(card.rounds))
    raiser = card.bar_raiser
    said = (
        f'<p class="raiser"><strong>Bar Raiser</strong> Round {raiser.round + 1}: {escape(raised(raiser))}</p>'
        if raiser
        else ""
    )
    return _section(
        "Votes",
        '<table><thead><tr><th scope="col">Round</th><th scope="col">Interviewer</th><th scope="col">Vote</th>'
        f'<th scope="col">Score</th></tr></thead><tbody>{rows}</tbody></table>{said}',
    )


def _row(place: int, held: RoundCard, people: Mapping[str, str]) -> str:
    return (
        f'<tr><td>{place + 1}. <a href="#round-{place}">{escape(kind_name(held.kind))}</a></td>'
        f"<td>{_person(held.persona, people)}</td><td>{_vote(held)}</td><td>{_score(held.score)}</td></tr>"
    )


def _person(persona: str | None, people: Mapping[str, str]) -> str:
    return escape(people.get(persona, persona)) if persona else ""


def _vote(held: RoundCard) -> str:
    return f'<span class="vote {held.vote or "none"}">{_VOTES[held.vote]}</span>'


def _score(score: float | None) -> str:
    if score is None:
        return '<span class="unassessed">not assessed</span>'
    share = max(0.0, min(1.0, (score - 1) / (_HIGHEST - 1)))
    return (
        f'<span class="score"><b>{score:.1f}</b> <span class="bar" aria-hidden="true">'
        f'<i style="width:{share:.0%}"></i></span></span>'
    )


def _study_plan(items: tuple[StudyItem, ...], passages: Mapping[str, Cited]) -> str:
    if not items:
        return '<p class="none">Nothing that was assessed came out at 3 or below.</p>'
    return f'<ol class="study">{"".join(_item(item, passages) for item in items)}</ol>'


def _item(item: StudyItem, passages: Mapping[str, Cited]) -> str:
    said = f'<strong>{escape(item.do)}</strong><p class="why">{escape(item.why)}</p>'
    return f"<li>{said}{_source(item.source, passages)}</li>"


def _source(source: str | None, passages: Mapping[str, Cited]) -> str:
    if source is None:
        return ""
    cited = passages.get(source)
    if cited is None:
        return f'<p class="cite">Read: <code>{escape(source)}</code></p>'
    return (
        f"<details><summary>Read: {escape(cited.heading)} <small>{escape(cited.source)}</small></summary>"
        f"<blockquote>{_lines(cited.text)}</blockquote><small><code>{escape(source)}</code></small></details>"
    )


def _stories(stories: Stories) -> str:
    told = [f"<li>The same story in turns {escape(a)} and {escape(b)}.</li>" for a, b in stories.reused]
    told += [
        f"<li>{escape(c.what)} <q>{escape(c.quotes[0])}</q> against <q>{escape(c.quotes[1])}</q></li>"
        for c in stories.contradictions
    ]
    return f"<ul>{''.join(told)}</ul>"


def _round(place: int, held: RoundCard, people: Mapping[str, str]) -> str:
    who = _person(held.persona, people)
    working = f'<p class="working">Score: {escape(held.working)}</p>' if held.working and held.score is not None else ""
    criteria = "".join(_verdict(place, verdict) for verdict in held.criteria)
    explained = _items(place, held.items)
    written = "".join(_code(place, card) for card in held.code)
    return (
        f'<details class="round-detail" id="round-{place}" open><summary><span>Round {place + 1}: '
        f"{escape(kind_name(held.kind))}{f' <small>with {who}</small>' if who else ''}</span>"
        f"<span>{_vote(held)} {_score(held.score)}</span></summary>{working}"
        f"{criteria or _nothing(held)}{written}{explained}</details>"
    )


def _code(place: int, card: CodeCard) -> str:
    """The code that counts, what its tests came to, and those that failed in full: nothing is hidden any more."""
    notes = "".join(f"<p>{escape(line)}</p>" for line in code_notes(card))
    failing = [t for t in card.tests if t.verdict != "passed"]
    rows = "".join(f"<li><b>{escape(t.name)}</b> {escape(failure(t))}</li>" for t in failing)
    listed = f'<ul class="failing">{rows}</ul>' if rows else ""
    return (
        f'<section class="code-card"><h3>Code: {escape(card.title)} <small>{escape(card.outcome)}</small>'
        f"{_turn_link(place, card.turn)}</h3>{notes}{listed}"
        f"{_written(card.code)}</section>"
    )


def _items(place: int, items: Sequence[Item]) -> str:
    """Each item with what was chosen, and why the best option is best."""
    if not items:
        return ""
    said = "".join(
        f"<li><strong>{escape(item.text)}</strong> {escape(item.outcome)}{_turn_link(place, item.turn)}"
        f"{''.join(f'<p>{escape(reason)}</p>' for reason in item.why)}</li>"
        for item in items
    )
    return f'<h3>Items</h3><ul class="items">{said}</ul>'


def _turn_link(place: int, turn: int | None) -> str:
    return "" if turn is None else f' <a class="turn" href="#turn-{place}-{turn}">turn {turn}</a>'


def _nothing(held: RoundCard) -> str:
    return "".join(f'<p class="none">{escape(line)}</p>' for line in held.note)


def _verdict(place: int, verdict: Verdict) -> str:
    state = "not-assessed" if verdict.level is None else "assessed"
    working = f' <span class="working">{escape(verdict.working)}</span>' if verdict.working else ""
    quotes = "".join(_quote(place, quote) for quote in verdict.evidence)
    sounds = f"What a level {verdict.level} usually sounds like: {escape(verdict.anchor)}" if verdict.anchor else ""
    anchor = f'<p class="anchor">{sounds}</p>' if sounds else ""
    return (
        f'<div class="criterion {state}"><div class="level">{_level(verdict)}</div>'
        f"<div><h3>{escape(verdict.name)}{working}</h3><p>{escape(sentence(verdict.reason))}</p>{anchor}{quotes}</div></div>"
    )


def _level(verdict: Verdict) -> str:
    if verdict.level is None:
        return '<span class="unassessed">not assessed</span>'
    dots = "".join(f'<i class="{"on" if n < verdict.level else ""}"></i>' for n in range(_HIGHEST))
    words = f'role="img" aria-label="level {verdict.level} of {_HIGHEST}"'
    return f'<span class="dots l{verdict.level}" {words}>{dots}</span><b>level {verdict.level}</b>'


def _quote(place: int, quote: Quote) -> str:
    return (
        f'<blockquote>{_lines(quote.quote)} <a class="turn" href="#turn-{place}-{quote.turn}">turn {quote.turn}</a>'
        "</blockquote>"
    )


def _made_with(card: Scorecard) -> str:
    said = " · ".join(f"{escape(key)} <code>{escape(value)}</code>" for key, value in card.made_with.items())
    return f'<footer class="made-with">Made with {said}</footer>'


def _spoken_round(place: int, held: TranscriptRound, people: Mapping[str, str]) -> str:
    who = _person(held.persona, people) or "Interviewer"
    return f"<h3>Round {place + 1}: {escape(kind_name(held.kind))}</h3>{''.join(_turns(place, held, who))}"


def _turns(place: int, held: TranscriptRound, who: str) -> Iterator[str]:
    for number, turn in enumerate(held.turns):
        speaker = who if turn.speaker == "interviewer" else "You"
        yield (
            f'<div class="turn {turn.speaker}" id="turn-{place}-{number}"><b>{speaker} <small>turn {number}</small></b>'
            f'<div class="words">{_outcome(turn)}{_spoken(turn.text, put=turn.move == "ask")}</div></div>'
        )


def _outcome(turn: Turn) -> str:
    """What came of code that was run in the round."""
    done = examined(turn)
    if done is None:
        return ""
    what = "Submitted" if done.kind == "submit" else "Run"
    return f'<p class="ran">{what}: {done.count_passed} of {len(done.tests)} tests passed</p>'


def _spoken(text: str, put: bool = False) -> str:
    """Words as they were typed, fenced code as a block. A question that is `put` is Markdown, as problems are."""
    say = _question if put else escape
    parts, place = [], 0
    for block in code_blocks(text):
        parts += [say(text[place : block.outer[0]].strip("\n")), _written(block.code)]
        place = block.outer[1]
    rest = text[place:].lstrip("\n") if parts else text
    return "".join([*parts, say(rest)])


def _question(text: str) -> str:
    """The little Markdown of our own questions: bold, code and lists. What stands in code stays as it is."""
    between = _CODE.split(_WRAPPED.sub(" ", text))
    return "".join(f"<code>{escape(t)}</code>" if n % 2 else _plain_question(t) for n, t in enumerate(between))


def _plain_question(text: str) -> str:
    return _BULLET.sub(r"\1• ", _BOLD.sub(r"<strong>\1</strong>", escape(text)))


def _written(code: str) -> str:
    return f"<pre><code>{escape(code.rstrip())}</code></pre>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
