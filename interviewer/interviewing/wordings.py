"""How a rubric asks for a signal: its wordings in the order in which this interviewer would take them."""

from dataclasses import dataclass

from interviewer.domain.evidence import Span
from interviewer.domain.rubric import Criterion
from interviewer.interviewing.state import RoundSoFar

_TONES = {
    "friendly": ("friendly", "standard", "bar_raiser"),
    "standard": ("standard", "friendly", "bar_raiser"),
    "bar_raiser": ("bar_raiser", "standard", "friendly"),
}
# Words: of "I would have to look that up" nobody asks how sure you are of it, or why this one and no other.
SAID = 12


@dataclass(frozen=True)
class Ask:
    """A follow-up that could be put: what it is after, in the rubric's words, and why."""

    target: str
    text: str
    reason: str
    exact: bool = False  # to be said in these words: a model would lose what they are after


def wordings(so_far: RoundSoFar, criterion: Criterion, signal: str, hook: Span | None) -> list[str]:
    """Those that quote the candidate first (only with a `hook` to quote), then by tone."""
    tones = _TONES["bar_raiser" if so_far.plan.bar_raiser else so_far.persona.tone]
    probes = sorted(
        (p for p in criterion.probes if p.signal == signal and (hook or "{quote}" not in p.text)),
        key=lambda p: ("{quote}" not in p.text, tones.index(p.tone)),
    )
    return [p.text.replace("{quote}", hook.quote) if hook else p.text for p in probes]
