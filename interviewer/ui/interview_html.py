"""The head of a round and the card between rounds, as HTML. Who is the Bar Raiser is never in it.

The clock's text is brought up to date in the browser (`page.js`) from the seconds written here.
"""

from collections.abc import Mapping
from html import escape

from interviewer.domain.loop import Persona
from interviewer.report.markdown import kind_name
from interviewer.ui.conversation import Scene

_LAST_MINUTES = 5 * 60


def header_html(scene: Scene, personas: Mapping[str, Persona]) -> str:
    """Which round, with whom, and how much of its time is gone."""
    interview = scene.interview
    if not interview.rounds:
        return ""
    held = interview.rounds[-1]
    persona = personas.get(held.plan.persona)
    name, title = (persona.name, f"{persona.title}, {persona.team}") if persona else ("Interviewer", "")
    initials = "".join(word[0] for word in name.split()[:2])
    count = len(interview.plan.rounds)
    step = f"Round {len(interview.rounds)} of {count}" if count > 1 else "Drill"
    return (
        f'<div class="round-header" data-interview="{escape(scene.id)}" data-answered="{scene.answered}">'
        f'<span class="avatar" aria-hidden="true">{escape(initials)}</span>'
        f'<div class="who"><strong>{escape(name)}</strong><span>{escape(title)}</span></div>'
        f'<div class="what"><strong>{escape(kind_name(held.plan.kind))}</strong><span>{step}</span></div>'
        f"{_clock(scene, held.plan.minutes * 60 if held.plan.timed else 0.0)}</div>{_steps(scene)}"
    )


def _clock(scene: Scene, total: float) -> str:
    """`total` is 0 for a round without a clock: then only what has gone by is shown."""
    running = int(scene.state == "your_turn")
    late = " late" if total and scene.elapsed >= total - min(_LAST_MINUTES, total / 5) else ""
    end = f" <small>/ {minutes(total)}</small>" if total else ""
    return (
        f'<div class="clock{late}" role="timer" aria-label="Time in this round" data-elapsed="{scene.elapsed:.0f}" '
        f'data-total="{total:.0f}" data-running="{running}" data-stamp="{scene.place}-{scene.state}">'
        f"<b>{minutes(scene.elapsed)}</b>{end}</div>"
    )


def _steps(scene: Scene) -> str:
    rounds = scene.interview.plan.rounds
    if len(rounds) < 2:
        return ""
    played = len(scene.interview.rounds) - (scene.interview.current is not None)
    marks = "".join(
        f'<i class="{"done" if n < played else "now" if n == played and scene.interview.current else ""}"></i>'
        for n in range(len(rounds))
    )
    return f'<div class="marks" aria-hidden="true">{marks}</div>'


def card_html(scene: Scene) -> str:
    """What stands under the conversation when nobody is expected to speak."""
    interview = scene.interview
    played, count = len(interview.rounds), len(interview.plan.rounds)
    if scene.state == "between" and interview.next_round is not None:
        coming = interview.plan.rounds[interview.next_round]
        over = f"Round {played} of {count} is over" if played else "Ready when you are"
        return _card(
            over,
            f"Next: <b>{escape(kind_name(coming.kind))}</b>, {coming.length}. Take a break if you like: "
            "the clock starts with the round, and you can leave and come back.",
        )
    if scene.state == "over" and interview.ended == "finished":
        return _card("That was the last round", "The interviewers have met. Read what they heard.")
    if scene.state == "over":
        return _card("You have ended the interview", "What was said so far is on the scorecard.")
    if scene.state == "stalled":
        return _card("Your last answer is stored", "The interviewer was interrupted before replying.")
    return ""


def _card(title: str, text: str) -> str:
    return f'<div class="card"><h2>{title}</h2><p>{text}</p></div>'


def minutes(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 60:02d}:{whole % 60:02d}"
