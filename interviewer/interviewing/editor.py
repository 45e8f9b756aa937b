"""The interviewer beside an editor: what to say to code that was typed, run or submitted, and when to say nothing.

Pure functions of the round so far. A failing run is met with a question, never with the case that failed; hints are
the problem's own, smallest first; a running time that is not the known one is asked about once. Not here: running code
(`coding`), and other follow-ups after a pass (`probes`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.coding.big_o import said as cost_said
from interviewer.domain.coding import Examined, examined, run_kind
from interviewer.domain.events import MoveKind
from interviewer.domain.question import Problem
from interviewer.domain.rubric import EditorLines, RoundRubric
from interviewer.evidence.clauses import count_words
from interviewer.evidence.code_blocks import has_code, without_code
from interviewer.interviewing.moves import Move
from interviewer.interviewing.probes import signal_asks
from interviewer.interviewing.state import RoundSoFar
from interviewer.interviewing.wordings import Ask

STRENGTHS = ("small", "medium", "large")
QUIET_SECONDS = 240.0  # of typing without a word, after which a word is invited
STALLED_SECONDS = 300.0  # without a change or a word, after which a hint is given unasked
_BEFORE_CODE = ("clarify", "approach")  # what is worth settling before anything is typed
_AFTER_A_PASS = ("complexity", "tests")
_ASKED_BEFORE_CODE = 2
_TOLD_TO_WRITE = 3
_WORDS_WITHOUT_CODE = 4  # turns in a row, with nothing new in the editor
_WORDS_BETWEEN_HINTS = 3  # turns, from then on
_DONE = re.compile(
    r"\b(?:i(?:'m| am) done|done now|finished|that(?:'s| is) it|should work|ready to submit|it is complete)\b"
)
_LONGEST_DONE = 25  # words


@dataclass(frozen=True)
class Work:
    """What has happened at the editor since the problem was put. `since` counts turns of words after the last code.

    `followed_up`: a step of the problem's ladder was put, which changes the task and what it costs.
    """

    problem: Problem
    lines: EditorLines
    coded: bool
    passed: bool
    hints: int
    since: int
    probes_since_pass: int
    last: Examined | None
    followed_up: bool = False

    @property
    def open_end(self) -> bool:
        """Whether code was handed in that nobody ran: then it can only be talked about."""
        return self.coded and self.last is None


def work(so_far: RoundSoFar) -> Work | None:
    """None where the current thread has no editor beside it."""
    thread, question, rubric = so_far.thread, so_far.question, so_far.rubric
    if not so_far.at_editor or thread is None or not isinstance(question, Problem):
        return None
    if not isinstance(rubric, RoundRubric) or rubric.editor is None:
        return None
    turns = so_far.turns[thread.opened :]
    said = [t for t in turns if t.speaker == "candidate"]
    coded = [place for place, t in enumerate(said) if has_code(t.text)]
    passing = [place for place, t in enumerate(turns) if run_kind(t) == "submit" and (e := examined(t)) and e.passed]
    after_pass = turns[passing[0] :] if passing else ()
    latest = said[coded[-1]] if coded else None
    return Work(
        problem=question,
        lines=rubric.editor,
        coded=bool(coded),
        passed=bool(passing),
        hints=sum(t.move == "hint" for t in turns),
        since=len(said) - 1 - coded[-1] if coded else len(said),
        probes_since_pass=sum(t.move == "probe" for t in after_pass),
        last=examined(latest) if latest else None,
        followed_up=any(t.target in {step.id for step in question.ladder} for t in turns if t.move == "probe"),
    )


def editor_move(so_far: RoundSoFar, at: Work) -> Move | None:
    """The answer to the candidate's last turn; None where what follows is a matter of follow-ups and the clock."""
    if at.since == 0 and at.coded:
        return _reaction(so_far, at)
    if at.passed and (doubt := _doubt(so_far, at)) is not None:
        return doubt
    if at.passed or at.open_end:
        return None
    if not at.coded and not so_far.typing:
        return _before_code(so_far, at)
    if at.since > _WORDS_WITHOUT_CODE and not so_far.typing:
        if at.hints >= len(STRENGTHS):
            return None
        if (at.since - _WORDS_WITHOUT_CODE) % _WORDS_BETWEEN_HINTS == 1:
            return hint(so_far, at, unasked=True)
    text = so_far.turns[-1].text
    if count_words(text) <= _LONGEST_DONE and _DONE.search(text.lower().replace("’", "'")):
        return _said(so_far, at.lines.submit_it, "the candidate says it is done and has not submitted it")
    return _said(so_far, at.lines.listening, "the candidate thinks aloud")


def _before_code(so_far: RoundSoFar, at: Work) -> Move | None:
    thread = so_far.thread
    assert thread is not None
    if len(thread.probes) < _ASKED_BEFORE_CODE:
        ask = _first(so_far, _BEFORE_CODE)
        if ask is not None:
            return _probe(so_far, ask)
    told = sum(t.move == "go_ahead" for t in so_far.turns[thread.opened :])
    return _fresh(so_far, "go_ahead", at.lines.write_it, "time to type") if told < _TOLD_TO_WRITE else None


def _reaction(so_far: RoundSoFar, at: Work) -> Move | None:
    if at.last is None:
        return _not_run(so_far, at)
    if at.last.passed:
        return _after_pass(so_far, at) if at.last.kind == "submit" else _examples_pass(so_far, at)
    failing = at.last.failing
    if at.last.not_python or at.last.no_function:
        lines, target = at.lines.unreadable, "correctness"
    elif all(t.waited for t in failing):
        lines, target = at.lines.waiting, "correctness"
    elif any(t.verdict in ("error", "out_of_memory") for t in failing):
        lines, target = at.lines.error, "correctness"
    elif any(t.verdict == "wrong" and t.is_example for t in failing):
        lines, target = at.lines.example_wrong, "correctness"
    elif any(t.verdict == "wrong" for t in failing):
        lines, target = at.lines.hidden_wrong, "tests"
    elif any(t.is_example for t in failing):  # which is small: it does not end, or waits
        lines, target = at.lines.example_slow, "correctness"
    else:
        lines, target = at.lines.too_slow, "complexity"
    return _put(so_far, lines, target, f"{len(failing)} of {len(at.last.tests)} tests fail")


def _not_run(so_far: RoundSoFar, at: Work) -> Move | None:
    """Nothing is known of the code: say so once, and go on with a question about it."""
    lead = next((text for text in at.lines.not_run if so_far.is_new(text)), None)
    ask = _first(so_far, ("tests", "complexity"))
    if lead is None or ask is None:
        return None
    return _probe(so_far, ask, lead)


def _examples_pass(so_far: RoundSoFar, at: Work) -> Move:
    """Asks once for a test of the candidate's own, where none was named; otherwise lets them work."""
    thread = so_far.thread
    named = thread is not None and any("tests" in r.shown for r in so_far.thread_readings(thread))
    if named or any(not so_far.is_new(text) for text in at.lines.before_submitting):
        return Move("silent", "", "the examples pass and the candidate goes on")
    return _put(so_far, at.lines.before_submitting, "tests", "the examples pass; no test of their own was named")


def _after_pass(so_far: RoundSoFar, at: Work) -> Move | None:
    if at.probes_since_pass:
        return None
    first = ("complexity",) if _cost_is_open(so_far, at) else ()
    ask = _first(so_far, first, again=True) or _first(so_far, _AFTER_A_PASS)
    lead = next((text for text in at.lines.passed if so_far.is_new(text)), at.lines.passed[0])
    return _probe(so_far, ask, lead) if ask is not None else None


def _cost_is_open(so_far: RoundSoFar, at: Work) -> bool:
    """Whether the running time that was spoken of, if any, may be that of an idea which was then not taken."""
    return cost_said(_words(so_far)) != cost_said(at.problem.complexity)


def _doubt(so_far: RoundSoFar, at: Work) -> Move | None:
    """A question about a running time that is not the known one, once a problem; it never says which is right."""
    known, claimed = cost_said(at.problem.complexity), cost_said(_words(so_far))
    if at.followed_up or known is None or claimed in (None, known) or _said_one_of(so_far, at.lines.cost_in_doubt):
        return None
    if not cost_said(without_code(so_far.turns[-1].text)):  # it is about what was said just now
        return None
    text = next((text for text in at.lines.cost_in_doubt if so_far.is_new(text)), None)
    reason = "where the running time that was stated comes from"
    return _about(so_far, Move("probe", text, reason, target="complexity")) if text else None


def _words(so_far: RoundSoFar) -> str:
    thread = so_far.thread
    turns = so_far.turns[thread.opened :] if thread else ()
    return "\n".join(without_code(t.text, comments=True) for t in turns if t.speaker == "candidate")


def _said_one_of(so_far: RoundSoFar, lines: Sequence[str]) -> bool:
    """Whether one of these has been put since the current question was."""
    thread = so_far.thread
    put = {t.rubric_text or t.text for t in so_far.turns[thread.opened if thread else 0 :] if t.move == "probe"}
    return not put.isdisjoint(lines)


def hint(so_far: RoundSoFar, at: Work, *, unasked: bool = False) -> Move | None:
    """The next stronger hint, or that there is none; None when even that has been said."""
    if at.hints >= len(STRENGTHS):
        none_left = _said(so_far, at.lines.no_more_hints, "every hint has been given")
        return none_left if none_left.kind != "silent" and not unasked else None
    strength = STRENGTHS[at.hints]
    text = getattr(at.problem.hints, strength)
    leads = at.lines.unasked_hint if unasked else at.lines.hint
    fresh = [lead for lead in leads if so_far.is_new(lead.split("{hint}")[0])]
    reason = "nothing has moved for a while" if unasked else "the candidate asked for a hint"
    said = (fresh[0] if fresh else leads[-1]).replace("{hint}", text)
    return _about(so_far, Move("hint", said, f"{reason}; {strength} hint", hint=strength))


def unasked(so_far: RoundSoFar, at: Work, quiet: float, still: float) -> Move | None:
    """A word of the interviewer's own accord. `quiet`: seconds since anything was said or written in a comment;
    `still`: seconds since anything was typed or said."""
    if at.passed or at.open_end:
        return None
    if min(quiet, still) >= STALLED_SECONDS:
        return hint(so_far, at, unasked=True)
    if quiet >= QUIET_SECONDS and so_far.typing:
        ask = _first(so_far, ("communication",), again=True)
        return _probe(so_far, ask) if ask is not None else None
    return None


def _first(so_far: RoundSoFar, signals: Sequence[str], again: bool = False) -> Ask | None:
    return next(signal_asks(so_far, signals, again=again), None)


def _probe(so_far: RoundSoFar, ask: Ask, lead: str = "") -> Move:
    return _about(so_far, Move("probe", f"{lead} {ask.text}".strip(), ask.reason, target=ask.target))


def _put(so_far: RoundSoFar, lines: Sequence[str], target: str, reason: str) -> Move:
    """A question about what came of the code; silence when all of this kind have been put."""
    text = next((text for text in lines if so_far.is_new(text)), None)
    if text is None:
        return Move("silent", "", f"{reason}; every question of this kind was put")
    return _about(so_far, Move("probe", text, reason, target=target))


def _said(so_far: RoundSoFar, lines: Sequence[str], reason: str) -> Move:
    return _fresh(so_far, "go_ahead", lines, reason) or Move("silent", "", reason)


def _fresh(so_far: RoundSoFar, kind: MoveKind, lines: Sequence[str], reason: str) -> Move | None:
    text = next((text for text in lines if so_far.is_new(text)), None)
    return _about(so_far, Move(kind, text, reason)) if text else None


def _about(so_far: RoundSoFar, move: Move) -> Move:
    thread = so_far.thread
    return move.on(thread.question_id, thread.principle) if thread else move
