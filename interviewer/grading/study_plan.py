"""What to practise next: the weakest criteria that were assessed and the items chosen wrongly, each with a passage."""

from collections.abc import Callable, Iterator, Sequence

from interviewer.content.bank import Bank
from interviewer.domain.question import Principle
from interviewer.domain.rubric import Criterion, Rubric
from interviewer.domain.scorecard import Item, RoundCard, StudyItem, Verdict
from interviewer.grading.verdicts import NOT_MADE, NOT_TO_THE_POINT, WRONG_WAY_ROUND

_MOST = 6
_MOST_ITEMS = 4
_WELL_CHOSEN = 0.75
Find = Callable[[str], str | None]  # a query to the id of the best passage


def study_plan(cards: Sequence[RoundCard], bank: Bank, find: Find) -> tuple[StudyItem, ...]:
    """At most six criteria, weakest and heaviest first, one a rubric before a second of the same, and four items."""
    weak = sorted(
        (v for c in cards for v in c.criteria if v.level is not None and v.level <= 3),
        key=lambda v: (v.level or 0, -v.weight),
    )
    chosen = list(_spread(weak))[:_MOST]
    poor = sorted((i for c in cards for i in c.items if i.worth < _WELL_CHOSEN), key=lambda i: i.worth)
    return (*(_item(v, bank, find) for v in chosen), *(_explained(i, find) for i in poor[:_MOST_ITEMS]))


def _spread(weak: Sequence[Verdict]) -> Iterator[Verdict]:
    first: dict[str, Verdict] = {}
    for verdict in weak:
        first.setdefault(verdict.id.split(".")[0], verdict)
    yield from first.values()
    yield from (v for v in weak if v not in first.values())


def _item(verdict: Verdict, bank: Bank, find: Find) -> StudyItem:
    rubric_id, criterion_id = verdict.id.split(".", 1)
    rubric = bank.rubric(rubric_id)
    criterion = rubric.criterion(criterion_id)
    goal = criterion.anchors[4][0].lower() + criterion.anchors[4][1:]
    if isinstance(rubric, Principle):
        do = f"Retell your {rubric.name} story until a listener could write this down: {goal}"
    else:
        do = f"Practise {rubric.name}, {criterion.name[0].lower()}{criterion.name[1:]}, until this is true: {goal}"
    why = f"Level {verdict.level} in this loop. {verdict.reason}"
    return StudyItem(do=do, why=why, source=find(_to_read(verdict, rubric, criterion)))


def _to_read(verdict: Verdict, rubric: Rubric, criterion: Criterion) -> str:
    """What to look for in the guides: what was wrong, else what was not made, else the criterion."""
    for lead in (WRONG_WAY_ROUND, NOT_MADE, NOT_TO_THE_POINT):
        if named := verdict.reason.partition(lead)[2]:
            return named.replace(lead, "")
    of = "Leadership Principle " if isinstance(rubric, Principle) else ""
    return f"{of}{rubric.name} {criterion.name} {' '.join(criterion.signals).replace('_', ' ')}"


def _explained(item: Item, find: Find) -> StudyItem:
    do = f"Choose again, with the other options hidden and your reason aloud: {item.text}"
    return StudyItem(
        do=do, why=f"In this loop: {item.outcome}. {' '.join(item.why)}", source=find(f"{item.text} {item.why[0]}")
    )
