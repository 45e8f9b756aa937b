"""Which follow-up to put: the missing signal that matters most here, in words not used yet in this loop.

A story is asked for signals, a technical question for contradicted claims, its ladder and its missing claims, an item
for a choice, a reason and then its ladder, and everything else for the signals of its round. Every probe is the
rubric's own wording; `voice` may say it anew.
Every third follow-up, and where the question has nothing left to ask for, a rubric that covers the round has its turn.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from interviewer.domain.evidence import Reading
from interviewer.domain.question import Principle, Question
from interviewer.domain.rubric import CODE_SIGNALS, Rubric
from interviewer.domain.thread import Thread
from interviewer.evidence.clauses import count_words
from interviewer.evidence.corrections import withholds
from interviewer.evidence.lexicon import NONE_THERE, TOLD_BEFORE
from interviewer.evidence.retold import DATES, DOERS
from interviewer.interviewing.layers import layer_ask
from interviewer.interviewing.state import RoundSoFar
from interviewer.interviewing.wordings import SAID, Ask, wordings

# What an interviewer needs to know first: without an event there are no actions, without actions no owner.
_URGENCY = {
    "real_event": 10.0,
    "action": 6.0,
    "personal_ownership": 5.5,
    "measured_result": 5.0,
    "root_cause": 3.6,
    "result": 4.2,
    "situation": 4.0,
    "trade_off": 3.2,
    "task": 2.6,
    "reflection": 2.4,
    "concise": 0.0,
}
_DEEPER = {"trade_off": 1.8, "reflection": 1.8, "root_cause": 1.4}
_NOT_ASKED = ("claims", "depth", *CODE_SIGNALS)  # asked for claim by claim, step by step, by running the code
_NARRATION = "communication"  # nobody is asked what they are doing once the code stands there
_TRIES = 2
_FRUITLESS = 2
_SURE = 0.15  # below this likelihood a signal is taken to be missing
_CAUTION = 4
_LIKELY = 0.25
_AGAIN = 0.5  # what asking a second time is worth
_AFTER_STEPS = ("measured_result", "trade_off", "root_cause", "reflection")  # what nobody can place who heard no step
_BRIEF = 30  # words; a longer reply that has a "there was no" in it says something else as well
_LAYER_EVERY = 3
_EARLIER = "Earlier you said"
_RELATIVE = "As a ratio or in per cent, without the figures themselves, how far did it move?"
_REASON = re.compile(
    r"\b(?:because|since|as (?:the|it|a|we|you|they|that|this)|due to|given that|the reason|otherwise|so that)\b"
)
_REASON_WORDS = 8  # beside the words that name the option


def next_probe(so_far: RoundSoFar) -> Ask | None:
    """The best follow-up on the current thread, or None when it has given what it will give."""
    thread, rubric, question = so_far.thread, so_far.rubric, so_far.question
    if thread is None or rubric is None or not thread.exchanges:
        return None
    if first := _clash_ask(so_far) or _relative_ask(so_far, thread):
        return first
    readings = so_far.thread_readings(thread)
    if _fruitless(thread, readings) >= _FRUITLESS:
        return None
    asked = Counter(so_far.turns[place].target for place in thread.probes)
    if isinstance(rubric, Principle):
        own = next(_story_asks(so_far, rubric, readings, asked), None)
    elif question is not None and question.options:
        return next(_item_asks(so_far, rubric, question, readings, asked), None)
    else:
        own = next(_technical_asks(so_far, rubric, question, readings, asked), None)
    if own is None or len(thread.probes) % _LAYER_EVERY == _LAYER_EVERY - 1:
        return layer_ask(so_far, thread, readings) or own
    return own


def _clash_ask(so_far: RoundSoFar) -> Ask | None:
    """Both tellings quoted, once a round."""
    clash = so_far.clash
    put = (t.rubric_text or t.text for t in so_far.turns if t.speaker == "interviewer")
    if clash is None or any(_EARLIER in text for text in put):
        return None
    text = f'{_EARLIER} "{clash.quotes[0]}", now "{clash.quotes[1]}": which was it?'
    target = {DATES: "situation", DOERS: "personal_ownership"}.get(clash.what, "measured_result")
    return Ask(target, text, f"the story was told differently in turn {clash.turns[0]}", exact=True)


def _relative_ask(so_far: RoundSoFar, thread: Thread) -> Ask | None:
    """A ratio instead of the figures that the candidate may not give, once a loop."""
    last = thread.exchanges[-1]
    reading = so_far.readings.get(last.answered)
    told = reading is not None and "measured_result" in reading.shown
    if last.target not in ("measured_result", "result") or told or not so_far.is_new(_RELATIVE):
        return None
    withheld = withholds(so_far.turns[last.answered].text)
    return Ask("measured_result", _RELATIVE, "the figures are not for outsiders", exact=True) if withheld else None


def _fruitless(thread: Thread, readings: list[Reading]) -> int:
    """How many of the last answers to probes in a row added nothing that the answers before had not shown."""
    known: set[str] = set()
    run = 0
    for exchange, reading in zip(thread.exchanges, readings, strict=False):
        shown = set(reading.shown | reading.covered_claims) - {"concise"}
        shown |= {"choice"} if reading.choice else set()
        run = run + 1 if exchange.target is not None and not shown - known else 0
        known |= shown
    return run


def _story_asks(
    so_far: RoundSoFar, rubric: Principle, readings: list[Reading], asked: Counter[str | None]
) -> Iterator[Ask]:
    shown = {s for r in readings for s in r.shown if s != "concise"}
    if "concise" not in readings[-1].shown and readings[-1].words > 150 and not asked["concise"]:
        yield from _worded(so_far, rubric, "concise", readings, "the last answer rambled")
    none = _none_there(so_far, readings) | _told_before(so_far) | _withheld(so_far)
    missing = [s for s in rubric.signal_ids if s not in shown | none and asked[s] < _TRIES and s != "concise"]
    doubt = readings[0].doubt
    if "real_event" in missing and doubt.get("real_event", 0.0) < _SURE:
        missing = ["real_event"]

    def worth(signal: str) -> float:
        """What is probably missing and matters; nobody likes to say a thing twice."""
        fresh = _urgency(so_far, rubric, signal) * (1 - doubt.get(signal, 0.0)) ** _CAUTION
        return fresh * _AGAIN ** asked[signal]

    stepless = "action" in missing and doubt.get("action", 0.0) < _LIKELY
    last = (
        next((t for t in reversed([so_far.turns[p].target for p in so_far.thread.probes])), None)
        if so_far.thread
        else None
    )
    for signal in sorted(missing, key=lambda s: (s == last, stepless and s in _AFTER_STEPS, -worth(s))):
        yield from _worded(so_far, rubric, signal, readings, f"{signal} has not been shown")


def _none_there(so_far: RoundSoFar, readings: list[Reading]) -> set[str | None]:
    """What the candidate was asked for and says that there is none of; nobody likes to say that twice either."""
    put = so_far.thread.exchanges if so_far.thread else ()
    return {
        e.target
        for e, r in zip(put, readings, strict=False)
        if r.words < _BRIEF and e.target not in r.shown and NONE_THERE.search(so_far.turns[e.answered].text.lower())
    }


def _told_before(so_far: RoundSoFar) -> set[str | None]:
    """What the candidate was asked for and says to have told: whether that is so or not, asking on brings nothing."""
    put = so_far.thread.exchanges if so_far.thread else ()
    return {
        e.target
        for e in put
        if e.target and TOLD_BEFORE.search(so_far.turns[e.answered].text.lower().replace("’", "'"))
    }


def _withheld(so_far: RoundSoFar) -> set[str | None]:
    """What the candidate was asked for and may not tell."""
    put = so_far.thread.exchanges if so_far.thread else ()
    return {e.target for e in put if e.target and withholds(so_far.turns[e.answered].text)}


def _urgency(so_far: RoundSoFar, rubric: Rubric, signal: str) -> float:
    weight = max((c.weight for c in rubric.criteria if signal in c.signals), default=0.5)
    value = _URGENCY.get(signal, 3.0) * (0.7 + 0.3 * weight)
    if so_far.level == "L6" or so_far.plan.bar_raiser:
        value *= _DEEPER.get(signal, 1.0)
    prefers = so_far.persona.prefers
    return value * (1.25 - 0.05 * prefers.index(signal) if signal in prefers[:5] else 1.0)


def _technical_asks(
    so_far: RoundSoFar, rubric: Rubric, question: Question | None, readings: list[Reading], asked: Counter[str | None]
) -> Iterator[Ask]:
    covered = {c for r in readings for c in r.covered_claims}
    contradicted = {c for r in readings for c in r.contradicted_claims}
    claims = question.claims if question else ()
    for claim in claims:
        if claim.id in contradicted - covered and not asked[claim.id] and so_far.is_new(claim.ask):
            yield Ask(claim.id, claim.ask, f"what was said about {claim.id} was the wrong way round")
    missing = sorted((c for c in claims if c.id not in covered and not asked[c.id]), key=lambda c: -c.weight)
    ladder = [s for s in (question.ladder if question else ()) if not asked[s.id] and so_far.is_new(s.ask)]
    steps_put = sum(asked[s.id] for s in question.ladder) if question else 0
    claims_put = sum(asked[c.id] for c in claims)
    heavy = [c for c in missing if c.weight >= 1.5 and so_far.is_new(c.ask)]
    from_rubric = list(_signal_asks(so_far, rubric, readings, asked))
    shown = {s for r in readings for s in r.shown}
    if "model_choice" in shown and "constraints" not in shown:
        yield from (a for a in from_rubric if a.target == "constraints")
    if heavy and claims_put <= steps_put:
        yield Ask(heavy[0].id, heavy[0].ask, f"{heavy[0].id} has not been covered")
    if from_rubric and sum(asked.values()) % 2 == 0:
        yield from_rubric[0]
    if ladder and (claims or any(r.words >= SAID for r in readings)):  # without claims it goes by what was told
        yield Ask(ladder[0].id, ladder[0].ask, f"next step of the ladder: {ladder[0].id}")
    yield from from_rubric
    for claim in missing:
        if so_far.is_new(claim.ask):
            yield Ask(claim.id, claim.ask, f"{claim.id} has not been covered")


def _item_asks(
    so_far: RoundSoFar, rubric: Rubric, question: Question, readings: list[Reading], asked: Counter[str | None]
) -> Iterator[Ask]:
    """Which option, once; then why that one; then ladder and missing claims. Whether it was right is not said."""
    signal = question.choice_signal or ""
    if not any(r.choice for r in readings):
        if not asked[signal]:
            yield from _worded(so_far, rubric, signal, readings, "no single option was chosen")
        return
    if not asked["claims"] and not _reasoned(so_far, readings):
        yield from _worded(so_far, rubric, "claims", readings, "an option was chosen without a reason")
    for step in question.ladder:
        if not asked[step.id] and so_far.is_new(step.ask):
            yield Ask(step.id, step.ask, f"next step of the ladder: {step.id}")
    covered = {c for r in readings for c in r.covered_claims}
    for claim in sorted(question.claims, key=lambda c: -c.weight):
        if claim.id not in covered and not asked[claim.id] and so_far.is_new(claim.ask):
            yield Ask(claim.id, claim.ask, f"{claim.id} has not been covered")


def _reasoned(so_far: RoundSoFar, readings: list[Reading]) -> bool:
    """Whether the candidate has said why, rightly or wrongly: asking for a reason again would tell them something."""
    if any(r.covered_claims or r.contradicted_claims for r in readings):
        return True
    answers = so_far.thread.answers if so_far.thread else ()
    naming = sum(count_words(r.choice.span.quote) for r in readings if r.choice)
    said = " ".join(so_far.turns[place].text.lower() for place in answers)
    return _REASON.search(said) is not None or count_words(said) - naming >= _REASON_WORDS


def signal_asks(so_far: RoundSoFar, signals: Sequence[str], *, again: bool = False) -> Iterator[Ask]:
    """Ways to ask for these signals of the round, in their order; with `again` those that were shown as well."""
    thread, rubric = so_far.thread, so_far.rubric
    if thread is None or rubric is None:
        return
    readings = so_far.thread_readings(thread)
    shown = {s for r in readings for s in r.shown}
    for signal in signals:
        if signal in rubric.signal_ids and (again or signal not in shown):
            yield from _worded(so_far, rubric, signal, readings, f"{signal} has not been shown")


def _signal_asks(
    so_far: RoundSoFar, rubric: Rubric, readings: list[Reading], asked: Counter[str | None]
) -> Iterator[Ask]:
    """The round's own signals that are missing: those of criteria that nothing was heard of, heaviest first, come
    before what others lack."""
    shown = {s for r in readings for s in r.shown}
    typed = any(r.code for r in readings)
    wanted = [s for s in rubric.signal_ids if s not in _NOT_ASKED and not (typed and s == _NARRATION)]
    order = {s: place for place, s in enumerate(wanted)}
    weight = {s: max(c.weight for c in rubric.criteria if s in c.signals) for s in order}
    missing = (s for s in wanted if s not in shown and not asked[s])
    begun = {s for c in rubric.criteria if any(x in shown or asked[x] for x in c.signals) for s in c.signals}
    for signal in sorted(missing, key=lambda s: (s in begun, -weight[s], order[s])):
        yield from _worded(so_far, rubric, signal, readings, f"{signal} has not been shown")


def _worded(so_far: RoundSoFar, rubric: Rubric, signal: str, readings: list[Reading], reason: str) -> Iterator[Ask]:
    """The unsaid wordings for a signal: those that quote the candidate first, then by the persona's tone."""
    hook = next((r.hooks[signal] for r in reversed(readings) if signal in r.hooks), None)
    criteria = [c for source in (rubric, so_far.general_rubric) if source for c in source.criteria]
    texts = [text for c in criteria for text in wordings(so_far, c, signal, hook)]
    for text in texts:
        if so_far.is_new(text) and so_far.is_new(_behind_quotation(text)):
            yield Ask(signal, text, reason)


def _behind_quotation(text: str) -> str:
    """What is asked about a quotation: the same question about other words is the same question."""
    behind = text.rpartition("”")[2]
    return behind if any(c.isalnum() for c in behind) else text
