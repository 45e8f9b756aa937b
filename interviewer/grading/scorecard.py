"""A transcript in, a scorecard out: the same transcript always gives the same scorecard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from interviewer.content.bank import Bank
from interviewer.domain.question import Principle, Problem
from interviewer.domain.rubric import Level
from interviewer.domain.scorecard import BarRaiser, Decision, RoundCard, Scorecard, Stories, Verdict, VoteName
from interviewer.domain.thread import Thread, threads
from interviewer.domain.transcript import Transcript, TranscriptRound
from interviewer.evidence.compared import Beside, Comparison
from interviewer.evidence.covering import Reads, read_round
from interviewer.evidence.intents import intent
from interviewer.evidence.readings import Subject, is_answer
from interviewer.grading import debrief, scale, spoken
from interviewer.grading.code import CodeReader, code_card
from interviewer.grading.covering import Covered
from interviewer.grading.heard import Heard
from interviewer.grading.intake import Intake
from interviewer.grading.items import items
from interviewer.grading.quotes import in_context
from interviewer.grading.study_plan import study_plan
from interviewer.grading.verdicts import answer_scores, verdicts

TRUST = (
    "How far to trust this: on 717 practice answers and 54 answers of real candidates that were kept aside, the "
    "scores rank answers much as careful labels do (rank correlation 0.86 to 0.96), but those labels were made by a "
    "guide and a language model, not by interviewers; told in other words, one story in ten and one technical answer "
    "in three scores more than half a point differently; and of fluent technical answers with the facts turned round "
    "nine in ten are noticed on some questions, three in four on others, fewer in system and class design: use them to "
    "find gaps, not to predict a result (docs/judgement.md)."
)
_RIGHT = "coding.working_code"
_DOES_NOT_WORK = (1, 2)
_CODING = frozenset({"coding", "online_assessment", "phone_screen"})
_SUBJECT_SHARE = 0.6
_ENOUGH_YES = 0.75


class Grader:
    """Grades transcripts.

    `find` looks a passage up for the study plan; without one the plan cites nothing. `comparison` compares answers to
    questions outside the bank with shipped passages; without one such a question has only its round's rubric. `code`
    runs what was handed in; without it no code is called right or wrong.
    """

    def __init__(
        self,
        bank: Bank,
        intake: Intake,
        readings: Reads,
        find: Callable[[str], str | None] = lambda query: None,
        comparison: Comparison | None = None,
        code: CodeReader | None = None,
    ) -> None:
        self._bank = bank
        self._intake = intake
        self._readings = readings
        self._find = find
        self._comparison = comparison
        self._code = code or CodeReader(None)

    def grade(self, transcript: Transcript, made_with: dict[str, str]) -> Scorecard:
        annotated = self._intake.annotated(transcript)
        told, projects = self._intake.told(annotated.rounds), self._intake.projects(annotated.rounds)
        stories = self._intake.retold.stories(told, projects)
        cards = tuple(self._round(r, annotated.level, place, stories) for place, r in enumerate(annotated.rounds))
        raiser = _bar_raiser(annotated, cards, self._bank)
        decision, reason = _decide(cards, raiser)
        return Scorecard(
            level=annotated.level,
            decision=decision,
            decision_reason=reason,
            trust=TRUST,
            bar_raiser=raiser,
            rounds=cards,
            stories=stories,
            debrief=debrief.meeting(cards, self._bank, raiser, decision, reason, stories),
            study_plan=study_plan(cards, self._bank, self._find),
            made_with=made_with,
        )

    def _round(self, held: TranscriptRound, level: Level, place: int, stories: Stories) -> RoundCard:
        before = {second: first for first, second in stories.reused}
        heard = [_again(h, place, before) for h in self._heard(held)]
        by_rubric: dict[str, list[Heard]] = {}
        for h in heard:
            by_rubric.setdefault(h.rubric.id, []).append(h)
        every = (v for group in by_rubric.values() for v in verdicts(group[0].rubric, group, level))
        criteria = tuple(in_context(v, held.turns) for v in every)
        principles = {r for r, group in by_rubric.items() if isinstance(group[0].rubric, Principle)}
        covering = self._covering(held, heard, place, stories)
        score, working = _with_covering(*_round_score(criteria, principles), covering)
        if score is not None and _unproven(held, criteria):
            working = f"{working}; without correctness, because the code was not run"
        elif score is not None and _broken(held, criteria):
            working = f"{working}; no yes without code that works"
        voted = _vote(held, score, criteria)
        if voted in ("hire", "strong_hire") and any(h.foreign for h in heard):
            voted, working = None, f"{working}; no yes while a part was answered in another language"
        candidate_turns = [i for i, t in enumerate(held.turns) if t.speaker == "candidate"]
        card = RoundCard(
            kind=held.kind,
            persona=held.persona,
            score=score,
            working=working,
            vote=voted,
            answers=answer_scores(heard, candidate_turns),
            criteria=(*criteria, *covering),
            items=items(heard),
            code=tuple(card for h in heard if h.code and (card := code_card(h.code))),
        )
        return card.model_copy(update={"note": debrief.round_note(card, place)})

    def _covering(
        self, held: TranscriptRound, heard: Sequence[Heard], place: int, stories: Stories
    ) -> tuple[Verdict, ...]:
        here = [c for c in stories.contradictions if any(t.split(".")[0] == str(place) for t in c.turns)]
        rubrics = self._bank.covering(held.kind, held.bar_raiser)
        return tuple(v for r in rubrics for v in Covered(r, held.turns, heard, place, here).verdicts())

    def _heard(self, held: TranscriptRound) -> list[Heard]:
        def subject(thread: Thread) -> Subject | None:
            return self._intake.subject(held, thread)

        covering = self._bank.covering(held.kind, held.bar_raiser)
        readings = read_round(self._readings, held.turns, subject, covering)
        found = []
        every = threads(held.turns, is_answer)
        ends = [*(t.opened for t in every[1:]), len(held.turns)]
        for thread, end in zip(every, ends, strict=True):
            about = subject(thread)
            if about is not None:
                own = {place: readings[place] for place in thread.answers if place in readings}
                beside = self._beside(held, thread, about)
                problem = about[1] if isinstance(about[1], Problem) else None
                code = self._code.of(held.turns, thread.opened, end, problem) if problem else None
                found.append(
                    Heard(
                        thread,
                        *about,
                        own,
                        skipped=_skipped(held, thread),
                        compared=beside,
                        code=code,
                        foreign=_foreign(held, thread, end),
                    )
                )
        return found

    def _beside(self, held: TranscriptRound, thread: Thread, about: Subject) -> Beside | None:
        """Only where the rubric rests on claims and the bank has none for the question."""
        if self._comparison is None or about[1] is not None or "claims" not in about[0].signal_ids:
            return None
        return self._comparison.of(held.turns[thread.opened].text, {n: held.turns[n].text for n in thread.answers})


def _again(heard: Heard, place: int, before: Mapping[str, str]) -> Heard:
    """The same, with where its story was told first if it is a retelling."""
    opening = next(iter(heard.thread.answers), None)
    return heard if opening is None else replace(heard, told_before=before.get(f"{place}.{opening}"))


def _foreign(held: TranscriptRound, thread: Thread, end: int) -> bool:
    said = (t.text for t in held.turns[thread.opened : end] if t.speaker == "candidate")
    return not thread.exchanges and any(intent(text) == "foreign" for text in said)


def _skipped(held: TranscriptRound, thread: Thread) -> bool:
    after = next((t for t in held.turns[thread.opened + 1 :] if t.speaker == "candidate"), None)
    return not thread.exchanges and after is not None and intent(after.text) == "skip"


def _round_score(criteria: Sequence[Verdict], principles: set[str]) -> tuple[float | None, str]:
    """The subject's mean counts 60 %, the principles' 40 %; where only one was assessed, it counts alone."""
    own = [v for v in criteria if v.level is not None and v.id.split(".")[0] not in principles]
    stories = [v for v in criteria if v.level is not None and v.id.split(".")[0] in principles]
    means = [(name, _mean(group)) for name, group in (("subject", own), ("principles", stories)) if group]
    if not means:
        return None, "nothing was assessed"
    if len(means) == 1:
        name, only = means[0]
        return round(only, 1), f"{name} {only:.2f}"
    total = _SUBJECT_SHARE * means[0][1] + (1 - _SUBJECT_SHARE) * means[1][1]
    return round(total, 1), f"0.6 x subject {means[0][1]:.2f} + 0.4 x principles {means[1][1]:.2f} = {total:.2f}"


def _with_covering(score: float | None, working: str, covering: Sequence[Verdict]) -> tuple[float | None, str]:
    """What the round adds counts a fifth, where some of it was assessed; by itself it makes no score."""
    assessed = [v for v in covering if v.level is not None]
    if score is None or not assessed:
        return score, working
    added = _mean(assessed)
    total = (1 - scale.COVERING_SHARE) * score + scale.COVERING_SHARE * added
    name = assessed[0].name.partition(":")[0]
    return round(total, 1), f"0.8 x {score:.1f} ({working}) + 0.2 x {name} {added:.2f} = {total:.2f}"


def _mean(group: Sequence[Verdict]) -> float:
    return sum((v.level or 0) * v.weight for v in group) / sum(v.weight for v in group)


def _vote(held: TranscriptRound, score: float | None, criteria: Sequence[Verdict]) -> VoteName | None:
    """A coding round is a gate: code that was not run can earn a no and never a yes, and what does not work is a no."""
    if score is None:
        return None
    voted = scale.vote(score)
    if voted not in ("hire", "strong_hire"):
        return voted
    if _unproven(held, criteria):
        return None
    return "no_hire" if _broken(held, criteria) else voted


def _broken(held: TranscriptRound, criteria: Sequence[Verdict]) -> bool:
    return held.kind in _CODING and any(v.id == _RIGHT and v.level in _DOES_NOT_WORK for v in criteria)


def _unproven(held: TranscriptRound, criteria: Sequence[Verdict]) -> bool:
    """Whether code belongs to this round and nobody saw it run."""
    settled = [v for v in criteria if v.id == _RIGHT]
    return held.kind in _CODING and any(v.level is None for v in settled)


def _bar_raiser(transcript: Transcript, cards: Sequence[RoundCard], bank: Bank) -> BarRaiser | None:
    place = next((i for i, r in enumerate(transcript.rounds) if r.bar_raiser), None)
    if place is None:
        return None
    card, held = cards[place], transcript.rounds[place]
    if card.vote is None:
        return BarRaiser(
            round=place, vote=None, veto=False, reason="Too little was assessed in my round to raise or to veto."
        )
    if card.vote not in ("no_hire", "strong_no_hire"):
        return BarRaiser(
            round=place,
            vote=card.vote,
            veto=False,
            reason=f"I do not veto. My round came to {card.score}: the bar is met.",
        )
    return BarRaiser(round=place, vote=card.vote, veto=True, reason=f"I veto. {_why(held, card, bank)}")


def _why(held: TranscriptRound, card: RoundCard, bank: Bank) -> str:
    """What decided a veto: the weakest criterion, and what the candidate said where it was asked for."""
    broken = [v for v in card.criteria if v.id == _RIGHT] if _broken(held, card.criteria) else []
    weak = debrief.weakest(broken or [v for v in card.criteria if not v.reason.startswith("Heard: ")] or card.criteria)
    least = scale.VOTES[1][0]
    came = f"My round came to {card.score}" + (f", and the bar is {least}." if (card.score or 0) < least else ".")
    if weak is None:
        return came
    lacks = spoken.missed(weak, 0, first=True)
    lacks = lacks if lacks.startswith(("I ", "“")) else lacks[0].lower() + lacks[1:]
    return f"The bar falls at {spoken.in_words(weak)}, a {weak.level}: {lacks}. {_instead(held, weak, bank)}{came}"


def _instead(held: TranscriptRound, weak: Verdict, bank: Bank) -> str:
    """The words that stand for a weak criterion: those it rests on, or else how the answer to its question began."""
    if weak.evidence:
        return f"All that I have on it is “{spoken.aloud(weak.evidence[0])}”. "
    about = False
    for turn in held.turns:
        if turn.speaker == "interviewer" and turn.move == "ask":
            question = bank.question(turn.question_id) if turn.question_id else None
            about = (question.rubric if question else turn.principle or held.kind) == weak.id.partition(".")[0]
        elif turn.speaker == "candidate" and about and (began := spoken.first_words(turn.text)):
            return f"When I asked about it, the answer began “{began}”. "
    return ""


def _decide(cards: Sequence[RoundCard], raiser: BarRaiser | None) -> tuple[Decision | None, str]:
    votes = [c.vote for c in cards]
    weak_coding = sum(c.kind in _CODING and c.vote in ("no_hire", "strong_no_hire") for c in cards)
    yes = sum(v in ("hire", "strong_hire") for v in votes)
    cast = [v for v in votes if v is not None]
    if not cast:
        return None, "No round gave enough for a vote."
    if raiser is not None and raiser.veto:
        return "not_inclined", f"The Bar Raiser vetoed; {yes} of {len(cast)} votes were for hiring."
    if weak_coding >= 2:
        return "not_inclined", "Two weak coding rounds end in a no, whatever else was good."
    if "strong_no_hire" in votes or yes / len(cast) < _ENOUGH_YES:
        return "not_inclined", f"{yes} of {len(cast)} votes were for hiring; it takes three quarters and no strong no."
    if len(cast) < len(votes):
        return (
            None,
            f"{yes} of {len(cast)} votes are for hiring, and {len(votes) - len(cast)} round(s) stay without a vote.",
        )
    return "inclined", f"{yes} of {len(cast)} votes are for hiring and nobody vetoed."
