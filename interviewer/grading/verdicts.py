"""Verdicts on the criteria of one round, from the readings of its threads; every level carries its quotes."""

from collections.abc import Iterable, Sequence
from typing import Any

from interviewer.domain.question import Claim
from interviewer.domain.rubric import (
    CHOICE_SIGNALS,
    CLAIM_SIGNALS,
    CODE_RUN,
    CODE_SIGNALS,
    STORY_SIGNALS,
    Criterion,
    Level,
    RoundRubric,
    Rubric,
)
from interviewer.domain.scorecard import AnswerScore, Verdict
from interviewer.evidence.readings import of_stories
from interviewer.grading import scale
from interviewer.grading.code_verdicts import code_level
from interviewer.grading.heard import Heard
from interviewer.grading.quotes import MOST_QUOTES, quotes

ONLY_ENGLISH = "it was answered in another language, and only English is read"
NO_TESTS = "the problem is not in the bank, so there are no tests to run the code on"
NOTHING_NEAR = "the question is not in the bank, and no passage near it was there to compare with"
SIGNAL_WORDS = {
    "situation": "where and when it was",
    "task": "what was at stake",
    "action": "concrete steps",
    "result": "an outcome",
    "personal_ownership": "their own part",
    "measured_result": "a measured outcome",
    "real_event": "one real occasion",
    "trade_off": "a trade-off",
    "root_cause": "the cause beneath the symptom",
    "reflection": "what they learnt",
    "concise": "the point, briefly",
}
WRONG_WAY_ROUND = "Said the wrong way round: "
NOT_MADE = "Among those not made: "
NOT_TO_THE_POINT = "Among those that were not: "
_MOST_NAMED = 2
_TRIED = 25  # words


def answer_scores(heard: Sequence[Heard], candidate_turns: Iterable[int]) -> tuple[AnswerScore, ...]:
    """One entry a candidate turn, in order; a turn that answers nothing has no score."""
    by_turn = {place: h for h in heard for place, _ in h.ordered}
    return tuple(_answer(place, by_turn.get(place)) for place in candidate_turns)


def _answer(place: int, heard: Heard | None) -> AnswerScore:
    if heard is None:
        return AnswerScore(turn=place, score=None)
    reading = heard.readings[place]
    opening = place == heard.thread.answers[0]
    total = heard.score() if opening else heard.score(place)
    alone = heard.score(place) if opening else None
    # of code, only what was said
    names: Sequence[str] = STORY_SIGNALS if of_stories(heard.rubric) else heard.rubric.signal_ids
    other = set(CHOICE_SIGNALS) - {heard.question.choice_signal if heard.question else None}
    return AnswerScore(
        turn=place,
        score=total.score if total else None,
        alone=alone.score if alone else None,
        signals={
            name: name in reading.shown for name in names if name not in {"claims", "depth", *CODE_SIGNALS, *other}
        },
        covered_claims=tuple(f.id for f in reading.claims),
        contradicted_claims=tuple(f.id for f in reading.contradicted),
    )


def verdicts(rubric: Rubric, heard: Sequence[Heard], level: Level) -> tuple[Verdict, ...]:
    """A verdict on each criterion of `rubric`, from the threads that were about it."""
    return tuple(_verdict(rubric, criterion, heard, level) for criterion in rubric.criteria)


def _verdict(rubric: Rubric, criterion: Criterion, heard: Sequence[Heard], level: Level) -> Verdict:
    name = {"id": f"{rubric.id}.{criterion.id}", "name": f"{rubric.name}: {criterion.name}", "weight": criterion.weight}
    readable = criterion.signals
    answered = [h for h in heard if h.ordered]
    by_code = next((s for s in readable if s in CODE_SIGNALS), None)
    if not answered:
        if any(h.skipped for h in heard):
            return Verdict(
                **name, level=1, status="assessed", reason="It was asked, and passed over without an answer."
            )
        why = ONLY_ENGLISH if any(h.foreign for h in heard) else "nothing was asked and answered on this"
        return Verdict(**name, level=None, status="not_assessed", reason=why)
    if by_code is not None:
        return _by_code(name, criterion, by_code, answered)
    if of_stories(rubric):
        best = max(answered, key=lambda h: (len(set(readable) & h.shown()), h.told_before is None))
        value, working = scale.story_level(readable, best.shown(), level, best.told_before, best.faint())
        value, working = scale.beside_failed(value, working, len(_failed(heard)), len(_asked(heard)))
    else:
        shares = [s for h in answered for s in _shares(h, readable)]
        if not shares:
            return Verdict(**name, level=None, status="not_assessed", reason=_no_share(readable))
        left = [s for s in readable if all(_left_open(h, s) for h in answered)]
        value, working = scale.technical_level(shares, _contradictions(answered, readable))
        value, working = scale.asked_in_part(value, working, len(left), len(readable))
        working = "; ".join([working, *(_beside(answered) if "claims" in readable else ())])
        value, working = _as_claimed(value, working, answered) if "complexity" in readable else (value, working)
        if "constraints" in readable and any(_model_first(h) for h in answered):
            value, working = scale.out_of_order(value, working)
    evidence = tuple(quotes(answered, readable))
    if not evidence:
        value, working = 1, f"{working}; no quote, so nothing is shown"
    return Verdict(
        **name,
        level=value,
        status="assessed",
        reason=_reason(rubric, readable, heard),
        anchor=criterion.anchors[value],
        working=working,
        evidence=evidence,
    )


def _asked(heard: Sequence[Heard]) -> list[Heard]:
    """The questions on a principle that count: those that were answered in English, or passed over."""
    return [h for h in heard if h.ordered or h.skipped]


def _without_story(heard: Sequence[Heard]) -> list[Heard]:
    """The questions on a principle that brought no story, where there were several."""
    asked = _asked(heard)
    scores = [(h, h.score()) for h in asked]
    return [h for h, s in scores if s is None or s.score <= scale.NO_STORY] if len(asked) > 1 else []


def _failed(heard: Sequence[Heard]) -> list[Heard]:
    """Those at which a story was tried and came to none: who says that there is no other loses nothing by it."""
    return [h for h in _without_story(heard) if sum(r.words for _, r in h.ordered) >= _TRIED]


def _as_claimed(value: int, working: str, heard: Sequence[Heard]) -> tuple[int, str]:
    """Held down where what was said about the running time does not stand."""
    claims = [h.code.claim for h in heard if h.code and h.code.claim]
    most = min((c.most for c in claims if c.most is not None), default=value)
    return (most, f"{working}, held at {most} by what was claimed") if most < value else (value, working)


def _by_code(name: dict[str, Any], criterion: Criterion, signal: str, heard: Sequence[Heard]) -> Verdict:
    """A level that rests on the code and never on what was said about it."""
    works = [h.code for h in heard if h.code]
    if not works:
        return Verdict(**name, level=None, status="not_assessed", reason=NO_TESTS)
    found = code_level(signal, works, reasoned=any(CODE_RUN in h.shown() for h in heard))
    if found.level is None:
        return Verdict(**name, level=None, status="not_assessed", reason=found.reason)
    return Verdict(
        **name,
        level=found.level if found.quotes else 1,
        status="assessed",
        reason=found.reason,
        anchor=criterion.anchors[found.level if found.quotes else 1],
        working="by running the code" if signal == CODE_RUN else "by the code",
        evidence=found.quotes[:MOST_QUOTES],
    )


def _shares(heard: Heard, signals: Sequence[str]) -> list[float]:
    """One share for each signal that can be judged in this thread."""
    shares: list[float] = []
    for signal in signals:
        if _left_open(heard, signal):
            continue
        if signal == "claims":
            covered, beside = scale.coverage(heard.question, heard.covered()), heard.beside()
            shares += [covered] if covered is not None else [beside.score] if beside else []
        elif signal == "depth":
            steps = {s.id for s in heard.question.ladder} if heard.question else set()
            asked = {e.target for e in heard.thread.exchanges} & steps
            shares += [len(asked & heard.shown()) / len(asked)] if asked else []
        elif signal in CHOICE_SIGNALS:
            shares += _credit(heard, signal)
        else:
            alone = len(signals) == 1
            shares.append(scale.mentioned(len(_places(heard, signal))) if alone else float(signal in heard.shown()))
    return shares


def _left_open(heard: Heard, signal: str) -> bool:
    """Whether its absence says nothing: it is for asking, nobody asked, and it did not come up."""
    held = next((s for s in getattr(heard.rubric, "signals", ()) if s.id == signal), None)
    if held is None or not held.when_asked or signal in heard.shown():
        return False
    return not any(e.target == signal for e in heard.thread.exchanges)


def _places(heard: Heard, signal: str) -> set[str]:
    """The different remarks that show a signal; what is said twice in the same words counts once."""
    every = ((place, f) for place, reading in heard.ordered for f in reading.signals if f.id == signal)
    spans = ((place, span) for place, f in every for span in f.spans)
    return {" ".join(span.quote.lower().split()) for place, span in spans if not heard.withdrew(signal, place, span)}


def _credit(heard: Heard, signal: str) -> list[float]:
    """What the chosen option is worth, where the question asks for such a choice."""
    if heard.question is None or heard.question.choice_signal != signal:
        return []
    last = heard.choice()
    return [heard.question.options[last[1].option].credit if last else 0.0]


def _beside(heard: Sequence[Heard]) -> list[str]:
    return [beside.working for h in heard if (beside := h.beside()) is not None]


def _no_share(signals: Sequence[str]) -> str:
    if set(signals) & set(CHOICE_SIGNALS):
        return "no item of this kind was asked"
    if "claims" in signals:
        return NOTHING_NEAR
    return "no follow-up went as deep as this" if "depth" in signals else "nobody asked for it, and it did not come up"


def _model_first(heard: Heard) -> bool:
    """Whether a design named its model before any constraint: the classic failure of such a round."""
    named = [_first(heard, signal) for signal in ("model_choice", "constraints")]
    return named[0] is not None and (named[1] is None or named[0] < named[1])


def _first(heard: Heard, signal: str) -> tuple[int, int] | None:
    """Turn and offset of the words that first show a signal."""
    found = ((turn, r.finding(signal)) for turn, r in heard.ordered)
    places = [(turn, span.start) for turn, finding in found if finding is not None for span in finding.spans]
    return min(places, default=None)


def _contradictions(heard: Sequence[Heard], signals: Sequence[str]) -> int:
    """Claims said the wrong way round that bear on these signals: all of them where claims count as such."""
    wrong = [(h, c) for h in heard if h.question for c in h.question.claims if c.id in h.contradicted()]
    return sum("claims" in signals or c.shows in signals for _, c in wrong)


def _reason(rubric: Rubric, signals: Sequence[str], every: Sequence[Heard]) -> str:
    """What was heard and what was not, in words; nothing that is not in the evidence."""
    heard = [h for h in every if h.ordered]
    shown = {s for h in heard for s in h.shown()}
    named = [s for s in signals if s not in CLAIM_SIGNALS and s not in CHOICE_SIGNALS]
    parts = [_choices(s, heard) for s in signals if s in CHOICE_SIGNALS]
    if have := [s for s in named if s in shown]:
        parts.append(f"Heard: {listed(rubric, have)}.")
    left = [s for s in named if all(_left_open(h, s) for h in heard)]
    if missing := [s for s in named if s not in shown and s not in left]:
        parts.append(f"Not heard: {listed(rubric, missing)}.")
    if left:
        parts.append(f"Not asked: {listed(rubric, left)}.")
    if of_stories(rubric) and (none := _without_story(every)):
        parts.append(f"{len(none)} of the {len(_asked(every))} questions on this brought no story.")
    if "claims" in signals:
        covered = {c for h in heard for c in h.covered()}
        claims = [c for h in heard if h.question for c in h.question.claims]
        wrong = {c for h in heard for c in h.contradicted()}
        parts += [f"{len(covered)} of {len(claims)} expected points were made."] if claims else []
        parts += _named(NOT_MADE, _heaviest(c for c in claims if c.id not in covered | wrong))
        parts += _outside(heard)
        parts += [f"{WRONG_WAY_ROUND}{c.text}" for c in claims if c.id in wrong]
    if "complexity" in signals:
        parts += [h.code.claim.note for h in heard if h.code and h.code.claim]
    if "constraints" in signals and any(_model_first(h) for h in heard):
        parts.append("A model was named before any constraint.")
    if "depth" in signals:
        steps = {s.id: s.ask for h in heard if h.question for s in h.question.ladder}
        put = {e.target: None for h in heard for e in h.thread.exchanges if e.target in steps}
        parts.append(f"{len(put.keys() & shown)} of {len(put)} deeper follow-ups were answered to the point.")
        parts += _named(NOT_TO_THE_POINT, [steps[s] for s in put if s is not None and s not in shown])
    return " ".join(parts)


def _heaviest(claims: Iterable[Claim]) -> list[str]:
    return [c.text for c in sorted(claims, key=lambda c: -c.weight)]


def _named(lead: str, texts: Sequence[str]) -> list[str]:
    """The first of `texts`, each in quotation marks; nothing where there are none."""
    return [lead + " ".join(f"“{text}”" for text in texts[:_MOST_NAMED])] if texts else []


def _choices(signal: str, heard: Sequence[Heard]) -> str:
    """How many items of a kind were chosen well, and how many not at all."""
    credits = [c for h in heard for c in _credit(h, signal)]
    none = sum(h.question is not None and h.question.choice_signal == signal and not h.choice() for h in heard)
    open_ones = f" No single option was chosen in {none}." if none else ""
    if signal == "right_choice":
        return f"The right option in {sum(c == 1 for c in credits)} of {len(credits)} items.{open_ones}"
    return f"The actions chosen are worth {sum(credits):.1f} of {len(credits)}.{open_ones}"


def _outside(heard: Sequence[Heard]) -> list[str]:
    """What the questions that are not in the bank were compared with."""
    parts = []
    for h in heard:
        if h.question is None and h.compared and h.compared.texts:
            parts.append(f"Not in the bank: compared with {' and '.join(h.compared.texts)}.")
        elif h.question is None:
            parts.append(f"{NOTHING_NEAR[0].upper()}{NOTHING_NEAR[1:]}.")
    return list(dict.fromkeys(parts))


def listed(rubric: Rubric, signals: Sequence[str]) -> str:
    """Signals after "Heard" or "Not heard": a story's are things, and a round's are what somebody does."""
    things = [signal_words(rubric, s) for s in signals if s in SIGNAL_WORDS]
    deeds = [signal_words(rubric, s) for s in signals if s not in SIGNAL_WORDS]
    return ", ".join([*things, *([f"that the candidate {', '.join(deeds)}"] if deeds else [])])


def signal_words(rubric: Rubric, signal: str) -> str:
    """A signal as a phrase for the candidate: the story's own phrase, or the name that the round's rubric gives it."""
    if signal in SIGNAL_WORDS:
        return SIGNAL_WORDS[signal]
    known = {s.id: s.name for s in rubric.signals} if isinstance(rubric, RoundRubric) else {}
    name = known.get(signal, signal.replace("_", " "))
    return name[0].lower() + name[1:]
