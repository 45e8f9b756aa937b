"""The next move of a round, decided from the plan, the clock and the evidence so far: a pure function.

Not here: how the move is worded (`voice`), and which follow-up is best (`probes`).
"""

from interviewer.domain.events import EndReason
from interviewer.domain.loop import PlannedQuestion
from interviewer.domain.question import Question
from interviewer.domain.thread import Thread
from interviewer.evidence.clauses import count_words
from interviewer.evidence.intents import Intent, asks_leave, asks_something, moves_on, wants_hint
from interviewer.interviewing import editor
from interviewer.interviewing.asides import beside, noted, told_already
from interviewer.interviewing.moves import Move
from interviewer.interviewing.persona import line, prepared_answer
from interviewer.interviewing.probes import next_probe
from interviewer.interviewing.replies import again, clarified, last_question, leave_given, rephrased
from interviewer.interviewing.spoken import spoken
from interviewer.interviewing.state import Clock, RoundSoFar

_MOST_ANSWERED = 4
_MOST_WORDS = 40  # of a follow-up
_MANY_SIGNALS = 8
_WIDELY = 2  # times as many follow-ups as to another question, should the clock allow them
_ASKED_BACK = {"unclear": rephrased, "ask_leave": leave_given, "clarify": clarified}
_SPARE = 720.0  # seconds before the closing: with as much left there is room for another story
_MOST_MORE = 2  # stories beyond the plan
_TOLD_LATE = "Please do, but briefly. My own questions are behind us, so it will not be scored."
_ITEM_SHARE = (
    0.12  # of another question's time: an item is chosen in two or three minutes, a problem takes half an hour
)
_NO_WORDS = (
    "I could not make out any words there. Please try once more.",
    "Nothing came through just then. Could you put it in words?",
    "I have received no words from you yet. Please type your answer again.",
)
_ENGLISH_ONLY = "I am sorry, I can only follow English. Please tell me that again in English; simple words will do."


def next_move(so_far: RoundSoFar) -> Move:
    """The interviewer's next move. The last turn is the candidate's, or there is none yet."""
    if not so_far.turns:
        greeting = line(so_far, so_far.persona.greetings)
        return _ask(so_far, so_far.plan.questions[0], greeting, "the round begins")
    meant = so_far.last_intent
    if meant == "end_round" and not _closing(so_far):
        return _wrap_up(so_far, "the candidate ended the round", "ended_by_candidate")
    if _closing(so_far):
        return _closing_move(so_far)
    if meant == "empty":
        return again(so_far, "repeat", line(so_far, _NO_WORDS), "the turn had no words")
    if meant == "foreign" and so_far.is_new(_ENGLISH_ONLY):
        return again(so_far, "repeat", _ENGLISH_ONLY, "the turn was not in English")
    if meant == "repeat":
        text = f"{line(so_far, so_far.persona.repeats)} {last_question(so_far)}"
        return again(so_far, "repeat", text, "the candidate asked for the question again")
    if meant == "think":
        return again(so_far, "wait", line(so_far, so_far.persona.waits), "the candidate asked for time")
    return _go_on(so_far, meant)


def _go_on(so_far: RoundSoFar, meant: Intent) -> Move:
    clock = Clock.of(so_far.plan)
    if so_far.seconds >= clock.total:
        return _wrap_up(so_far, "the time is up", "time")
    if so_far.seconds >= clock.closing_at:
        return _invite(so_far, "the last minutes belong to the candidate's questions")
    at = editor.work(so_far)
    if at is not None and not at.passed and wants_hint(so_far.turns[-1].text):
        offered = editor.hint(so_far, at)
        if offered is not None:
            return offered
    if why := _leaves(so_far, meant):
        return _next_question(so_far, f"the candidate {why}")
    if meant in _ASKED_BACK:
        return _ASKED_BACK[meant](so_far)
    if _on_subject(so_far) and so_far.seconds >= clock.principles_at and any(q.principle for q in so_far.left):
        return _next_question(so_far, "time for the principle questions", to_principles=True)
    if so_far.left and so_far.seconds >= _due(so_far, clock):
        return _next_question(so_far, "this question's share of the time is used")
    planned = so_far.plan.questions[min(so_far.item, len(so_far.plan.questions) - 1)]
    thread = so_far.thread
    if at is not None and (at_code := editor.editor_move(so_far, at)) is not None:
        return at_code
    put = at.probes_since_pass if at is not None and at.passed else len(thread.probes) if thread else 0
    if thread and put < planned.probes * (_WIDELY if _rests_on_many(so_far) else 1):
        return _follow_up(so_far, thread) or _next_question(so_far, "the thread has given what it will give")
    return _next_question(so_far, "this question has had its follow-ups")


def _leaves(so_far: RoundSoFar, meant: Intent) -> str:
    """What the candidate does who will not say more to this question; empty where they may."""
    if meant == "skip":
        return "skipped the question"
    if meant == "foreign":
        return "went on in another language"
    if so_far.thread is not None and so_far.thread.principle and moves_on(so_far.turns[-1].text):
        return "asked for another question"
    return "told this story before" if told_already(so_far) else ""


def _follow_up(so_far: RoundSoFar, thread: Thread) -> Move | None:
    """The next probe, behind a word on what the candidate asked us within the answer."""
    probe = next_probe(so_far)
    if probe is None:
        return None
    reply = "" if so_far.clash else beside(so_far)
    whole = f"{reply} {probe.text}"
    replied = bool(reply) and count_words(whole) <= _MOST_WORDS
    return Move(
        "probe",
        whole if replied else probe.text,
        probe.reason,
        thread.question_id,
        thread.principle,
        target=probe.target,
        exact=probe.exact or replied,
    )


def _rests_on_many(so_far: RoundSoFar) -> bool:
    """Whether so much is to be heard of the question, as of a design or a project, that it is followed longer."""
    return _on_subject(so_far) and so_far.rubric is not None and len(so_far.rubric.signal_ids) >= _MANY_SIGNALS


def _next_question(so_far: RoundSoFar, reason: str, to_principles: bool = False) -> Move:
    left = [q for q in so_far.left if q.principle or not to_principles] or _another_story(so_far)
    if not left:
        return _invite(so_far, f"{reason}; nothing is left to ask")
    switching = bool(left[0].principle) and _on_subject(so_far)
    lead = line(so_far, so_far.persona.switches if switching else so_far.persona.moves_on)
    if not switching and (word := noted(so_far)):
        lead = word
    return _ask(so_far, left[0], lead, reason)


def _another_story(so_far: RoundSoFar) -> list[PlannedQuestion]:
    """A further question on the principle of which least was heard, where a round of stories has much time to spare.

    Not on one that has shown everything, nor where the candidate had to pass: they have told what there is.
    """
    plan, told = so_far.plan, so_far.threads
    spare = Clock.of(plan).closing_at - so_far.seconds
    over = spare < _SPARE or len(told) >= len(plan.questions) + _MOST_MORE or not so_far.may_add
    if over or len(plan.principles) != len(plan.questions) or not all(thread.answers for thread in told):
        return []
    lacking: dict[str, int] = {}
    for principle in (so_far.bank.principles[p] for p in plan.principles if p in so_far.bank.principles):
        heard = [r for t in told if t.principle == principle.id for r in so_far.thread_readings(t)]
        lacking[principle.id] = len(set(principle.signal_ids) - {s for r in heard for s in r.shown})
    for name in sorted((p for p in lacking if lacking[p]), key=lambda p: -lacking[p]):
        fresh = [q for q in so_far.bank.principles[name].questions if so_far.is_new(q.text)]
        if fresh:
            return [PlannedQuestion(question_id=fresh[0].id, principle=name)]
    return []


def _ask(so_far: RoundSoFar, planned: PlannedQuestion, lead: str, reason: str) -> Move:
    question = so_far.bank.question(planned.question_id)
    if question is None:
        raise KeyError(f"the plan names question {planned.question_id!r}, which the bank does not have")
    return Move("ask", f"{lead} {spoken(question)}", reason, planned.question_id, planned.principle)


def _due(so_far: RoundSoFar, clock: Clock) -> float:
    """When the current question has used its share of its block's remaining time: an even one, less for an item."""
    thread = so_far.thread
    if thread is None:
        return clock.closing_at
    begun = sum(t.seconds or 0.0 for t in so_far.turns[: thread.opened])
    own_kind = [q for q in so_far.left if bool(q.principle) == bool(thread.principle)]
    block_ends = clock.closing_at if thread.principle else clock.principles_at
    own = _share(so_far.question)
    others = sum(_share(so_far.bank.question(q.question_id)) for q in own_kind)
    return begun + max(0.0, block_ends - begun) * own / (own + others)


def _share(question: Question | None) -> float:
    return _ITEM_SHARE if question is not None and question.options else 1.0


def _on_subject(so_far: RoundSoFar) -> bool:
    return so_far.thread is not None and so_far.thread.principle is None


def _closing(so_far: RoundSoFar) -> bool:
    moves = [t.move for t in so_far.turns if t.speaker == "interviewer"]
    return bool(moves) and moves[-1] in ("invite_questions", "answer_candidate")


def _closing_move(so_far: RoundSoFar) -> Move:
    answered = sum(t.move == "answer_candidate" for t in so_far.turns)
    text = so_far.turns[-1].text
    if so_far.last_intent == "end_round":
        return _wrap_up(so_far, "the candidate said goodbye", "finished")
    if asks_leave(text) and so_far.is_new(_TOLD_LATE):
        return Move("answer_candidate", _TOLD_LATE, "the candidate asked to tell one more thing")
    if not asks_something(text) or answered >= _MOST_ANSWERED or so_far.seconds >= Clock.of(so_far.plan).total + 120:
        return _wrap_up(so_far, "the candidate has no further question", "finished")
    answer = prepared_answer(text, so_far.persona.answers)
    if answer is None or not so_far.is_new(answer):
        answer = line(so_far, so_far.persona.unsure)
    return Move("answer_candidate", answer, "the candidate asked about the team or the process")


def _invite(so_far: RoundSoFar, reason: str) -> Move:
    return Move("invite_questions", line(so_far, so_far.persona.invites_questions), reason)


def _wrap_up(so_far: RoundSoFar, reason: str, ends: EndReason) -> Move:
    return Move("wrap_up", line(so_far, so_far.persona.closes), reason, ends=ends)
