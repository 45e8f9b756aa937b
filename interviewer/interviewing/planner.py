"""From a template and a seed to a plan that names every question beforehand; nothing is asked twice.

The same bank, template, level, seed and focus give the same plan. Principles are drawn by how often they are probed;
`focus` (question id to closeness) pulls questions near a topic or a resume to the front.
"""

import random
from collections.abc import Collection, Iterable, Mapping

from interviewer.content.bank import Bank
from interviewer.domain.loop import LoopPlan, LoopTemplate, Persona, PlannedQuestion, RoundPlan, RoundTemplate
from interviewer.domain.question import Question
from interviewer.domain.rubric import Level, RoundKind
from interviewer.errors import BadInput

_ONSITE: frozenset[RoundKind] = frozenset({"coding", "ml_depth", "ml_system_design", "system_design", "behavioral"})
_PROJECT = "own_project"
ITEMS = "online_assessment"
_QUESTIONS_FROM: dict[RoundKind, str] = {"phone_screen": "ml_depth", "online_assessment": ITEMS}
_ITEM_PROBES = 2  # follow-ups to an item at most: which one, why, and on to the next
_CONCEPTS_TO_A_SITUATION = 2
_HAND = 4  # questions of one rubric, other than a principle's, that a loop asks at most, or nearly so


def plan_loop(
    bank: Bank, template: LoopTemplate, level: Level, seed: int, focus: Mapping[str, float] | None = None
) -> LoopPlan:
    """Plan every round of `template`. Raises BadInput when the bank has too few questions for it."""
    draw = _Draw(bank, level, seed, focus or {})
    raiser = draw.bar_raiser_round(template) if template.bar_raiser else None
    rounds = [draw.round(r, place == raiser) for place, r in enumerate(template.rounds)]
    return LoopPlan(preset=template.id, level=level, seed=seed, rounds=tuple(rounds))


def plan_drill(
    bank: Bank, template: LoopTemplate, level: Level, seed: int, questions: Iterable[Question], kind: RoundKind
) -> LoopPlan:
    """A single round over `questions`, in their order, for as long as the candidate wants."""
    draw = _Draw(bank, level, seed, {})
    asked = tuple(
        PlannedQuestion(
            question_id=q.id,
            principle=q.rubric if q.rubric in bank.principles else None,
            probes=_probes(q, template.rounds[0]),
        )
        for q in questions
    )
    if not asked:
        raise BadInput("the drill has no question; choose a principle or a topic that the bank covers")
    persona = draw.persona(kind, bar_raiser=False)
    only = RoundPlan(kind=kind, minutes=template.rounds[0].minutes, persona=persona.id, questions=asked)
    return LoopPlan(preset=template.id, level=level, seed=seed, rounds=(only,))


class _Draw:
    """Draws without replacement: what has been drawn for one round is gone for the next."""

    def __init__(self, bank: Bank, level: Level, seed: int, focus: Mapping[str, float]) -> None:
        chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
        self._bank = bank
        self._chance = chance
        self._personas = chance.sample(list(bank.personas.values()), len(bank.personas))
        self._used: set[str] = set()
        suited = [q for q in bank.all_questions() if level in q.levels]
        dealt = _dealt(suited, seed, bank.principles)
        self._questions = sorted(dealt, key=lambda q: -focus.get(q.id, 0.0))
        weights = {p.id: p.often for p in bank.principles.values()}
        self._principles = sorted(weights, key=lambda p: -(chance.random() ** (1 / weights[p])))

    def bar_raiser_round(self, template: LoopTemplate) -> int:
        """The place of the Bar Raiser's round: an onsite round, with principle questions where that leaves a choice."""
        onsite = [i for i, r in enumerate(template.rounds) if r.kind in _ONSITE] or list(range(len(template.rounds)))
        principled = [i for i in onsite if template.rounds[i].principles]
        return self._chance.choice(principled if len(principled) > 1 else onsite)

    def round(self, template: RoundTemplate, bar_raiser: bool) -> RoundPlan:
        subject = _QUESTIONS_FROM.get(template.kind)
        if subject is None:
            rubric = self._bank.round_rubric(template.kind)
            subject = rubric.id if rubric else template.kind
        chosen: list[PlannedQuestion] = []
        for count, pool in (
            (template.problems, [q for q in self._questions if q.id in self._bank.problems]),
            (template.questions, _mixed([q for q in self._questions if q.rubric == subject])),
            (template.projects, [q for q in self._questions if q.rubric == _PROJECT]),
        ):
            chosen += [
                PlannedQuestion(question_id=q.id, probes=_probes(q, template))
                for q in self._take(count, pool, template)
            ]
        chosen += self._principle_questions(template)
        if not chosen:
            raise BadInput(f"the {template.kind} round asks nothing; give it a problem, a question or a principle")
        persona = self.persona(template.kind, bar_raiser)
        return RoundPlan(
            kind=template.kind,
            minutes=template.minutes,
            persona=persona.id,
            questions=tuple(chosen),
            bar_raiser=bar_raiser,
        )

    def persona(self, kind: RoundKind, bar_raiser: bool) -> Persona:
        """Somebody who takes such rounds, not met before in this loop if possible; pushy when the Bar Raiser."""
        able = [p for p in self._personas if kind in p.rounds]
        if not able:
            raise BadInput(f"no persona takes {kind} rounds; add the kind to one in rubrics/personas.yaml")
        fresh = [p for p in able if p.id not in self._used] or able
        chosen = next((p for p in fresh if (p.tone == "bar_raiser") == bar_raiser), fresh[0])
        self._used.add(chosen.id)
        return chosen

    def _take(self, count: int, pool: list[Question], template: RoundTemplate) -> list[Question]:
        fresh = [q for q in pool if q.id not in self._used][:count]
        if len(fresh) < count:
            raise BadInput(
                f"the {template.kind} round asks for {count} question(s) and only {len(fresh)} unused ones are left; "
                "ask for fewer or add some under corpus/"
            )
        self._used.update(q.id for q in fresh)
        return fresh

    def _principle_questions(self, template: RoundTemplate) -> list[PlannedQuestion]:
        chosen = []
        for _ in range(template.principles):
            if not self._principles:
                raise BadInput("the loop asks for more principles than there are; lower `principles` in some rounds")
            principle = self._principles.pop(0)
            pool = [q for q in self._questions if q.rubric == principle]
            question = self._take(1, pool, template)[0]
            chosen.append(PlannedQuestion(question_id=question.id, principle=principle, probes=template.probes))
        return chosen


def _dealt(questions: Iterable[Question], seed: int, principles: Collection[str]) -> list[Question]:
    """The questions in this loop's order. Within a rubric they are dealt out like cards: loops with seeds one after the
    other begin where the one before has stopped, and only when a rubric is used up it is shuffled anew.
    """
    groups: dict[str, list[Question]] = {}
    for question in questions:
        groups.setdefault(f"{question.rubric} {question.choice_signal or ''}", []).append(question)
    order: list[Question] = []
    for name, group in groups.items():
        hand = 1 if group[0].rubric in principles else _HAND
        deals = max(1, len(group) // hand)
        shuffled = random.Random(f"{name} {seed // deals}").sample(group, len(group))  # noqa: S311 - reproducible
        first = seed % deals * hand
        order += shuffled[first:] + shuffled[:first]
    return order


def _probes(question: Question, template: RoundTemplate) -> int:
    return min(template.probes, _ITEM_PROBES) if question.options else template.probes


def _mixed(pool: list[Question]) -> list[Question]:
    """The same questions in order; where they are items, a situation from work after every two concepts."""
    situations = [q for q in pool if q.choice_signal == "sound_choice"]
    if not situations:
        return pool
    mixed: list[Question] = []
    for concept in (q for q in pool if q.choice_signal != "sound_choice"):
        mixed.append(concept)
        if situations and len(mixed) % (_CONCEPTS_TO_A_SITUATION + 1) == _CONCEPTS_TO_A_SITUATION:
            mixed.append(situations.pop(0))
    return [*mixed, *situations]
