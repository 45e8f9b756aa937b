"""`python -m interviewer.evaluation.content`: counts what the corpus holds and names what is missing or unproven in it.

The schemas have been met when the bank is loaded; this looks at the whole: enough of everything, topics without
questions, sources that do not exist, near-duplicates by meaning, problems whose solutions do not do what they say.
Ends with status 1 when anything is wrong. Not covered: whether a reference answer is true, which a reader must judge.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from interviewer.coding.proof import faults_of
from interviewer.content.bank import Bank, load
from interviewer.domain.question import Claim, Principle, Question, letter
from interviewer.domain.rubric import CODE_SIGNALS, Criterion, RoundRubric
from interviewer.evidence.meaning import Embedder
from interviewer.settings import Settings

LEAST = {
    "principles": 16, "openings of principles": 96, "worked answers": 32, "round rubrics": 10, "personas": 10,
    "guides": 30, "problems": 36, "ML depth questions": 60, "ML system design questions": 20,
    "general and object-oriented design questions": 8, "analytics and experimentation questions": 10,
    "own-project deep-dives": 10, "recruiter and hiring manager questions": 24, "online-assessment items": 20,
}  # fmt: skip
ANALYTICS = frozenset({"experimentation", "causal-analysis", "metrics"})
TECHNICAL = frozenset({"ml_depth", "ml_system_design", "system_design"})
OF_A_TOPIC_LEAST = 2
NEAR_DUPLICATE = 0.9  # cosine of two opening questions
_REFERENCE = (120, 250)  # words
_GUIDE = (400, 1200)


def counts(bank: Bank) -> dict[str, int]:
    """How many of each kind of content there are."""
    by_rubric = Counter(q.rubric for q in bank.questions.values())
    analytics = sum(q.topic in ANALYTICS for q in bank.questions.values())
    return {
        "principles": len(bank.principles),
        "openings of principles": sum(len(p.questions) for p in bank.principles.values()),
        "worked answers": sum(len(p.worked) for p in bank.principles.values()),
        "round rubrics": len(bank.rounds),
        "personas": len(bank.personas),
        "guides": len(bank.guides),
        "problems": len(bank.problems),
        "ML depth questions": by_rubric["ml_depth"] - analytics,
        "ML system design questions": by_rubric["ml_system_design"],
        "general and object-oriented design questions": by_rubric["system_design"],
        "analytics and experimentation questions": analytics,
        "own-project deep-dives": by_rubric["own_project"],
        "recruiter and hiring manager questions": by_rubric["recruiter_screen"] + by_rubric["hiring_manager"],
        "online-assessment items": sum(bool(q.options) for q in bank.questions.values()),
    }


def faults(bank: Bank, embedder: Embedder | None = None) -> Iterator[str]:
    """Everything that is wrong, a sentence each; without an embedder near-duplicates are not looked for."""
    for kind, number in counts(bank).items():
        if number < LEAST[kind]:
            yield f"{number} {kind}, {LEAST[kind]} are needed"
    for principle in bank.principles.values():
        yield from _of_principle(principle)
    for rubric in bank.rounds.values():
        yield from _of_round(rubric)
    for question in bank.questions.values():
        yield from _of_question(bank, question)
    for problem in bank.problems.values():
        yield from _of_sources(bank, problem)
        for claim in problem.claims:
            yield from _of_paraphrases(problem, claim)
    yield from _of_topics(bank)
    for guide in bank.guides.values():
        if not _GUIDE[0] <= (words := len(guide.text.split())) <= _GUIDE[1]:
            yield f"guide {guide.id}: {words} words, {_GUIDE[0]} to {_GUIDE[1]} are wanted"
    if embedder is not None:
        yield from _near_duplicates(list(bank.all_questions()), embedder)
    for problem in bank.problems.values():
        yield from faults_of(problem, bank.folder / "corpus" / "problems" / problem.id)


def _of_principle(principle: Principle) -> Iterator[str]:
    if len(principle.questions) < 6:
        yield f"{principle.id}: {len(principle.questions)} opening questions, 6 are needed"
    if not 3 <= len(principle.criteria) <= 5:
        yield f"{principle.id}: {len(principle.criteria)} criteria, 3 to 5 are wanted"
    yield from _of_probes(principle.id, principle.criteria)
    scores = [w.score for w in principle.worked]
    if not any(s <= 2.5 for s in scores) or not any(s >= 4.5 for s in scores):
        yield f"{principle.id}: needs two worked answers, one that earns a 2 and one that earns a 5"


def _of_round(rubric: RoundRubric) -> Iterator[str]:
    """Anchors, levels, time and the early end are there, or the file would not have been loaded; probes may lack."""
    yield from _of_probes(rubric.id, rubric.criteria)
    if rubric.covers == "questions":
        return
    asked = {p.signal for c in rubric.criteria for p in c.probes}
    for signal in rubric.signals:
        if signal.id not in asked:
            yield f"{rubric.id}: nothing asks for {signal.id!r}; write probes for it, one a tone"


def _of_probes(rubric: str, criteria: Sequence[Criterion]) -> Iterator[str]:
    for criterion in criteria:
        if set(criterion.signals) <= set(CODE_SIGNALS):
            continue  # the code answers for these, nobody asks for them
        if len(criterion.probes) < 3 or len({probe.tone for probe in criterion.probes}) < 3:
            yield f"{rubric}.{criterion.id}: needs three probes, one a tone"


def _of_question(bank: Bank, question: Question) -> Iterator[str]:
    yield from _of_sources(bank, question)
    if question.options:
        yield from _of_item(question)
    if question.rubric not in TECHNICAL:
        return
    if not 4 <= len(question.claims) <= 16:
        yield f"{question.id}: {len(question.claims)} claims, 4 to 16 are wanted"
    if len(question.ladder) < 4:
        yield f"{question.id}: a ladder of {len(question.ladder)} steps, 4 are needed"
    if not _REFERENCE[0] <= (words := len(question.reference.split())) <= _REFERENCE[1]:
        yield f"{question.id}: a reference of {words} words, {_REFERENCE[0]} to {_REFERENCE[1]} are wanted"
    for claim in question.claims:
        yield from _of_claim(question, claim)


def _of_sources(bank: Bank, question: Question) -> Iterator[str]:
    if unknown := [s for s in question.sources if s not in bank.guides]:
        yield f"{question.id}: source {unknown[0]!r} is no guide"
    if not question.sources:
        yield f"{question.id}: no guide teaches it; name one under sources"


def _of_item(question: Question) -> Iterator[str]:
    """An item has an explained option in each place, one that is right, a reason to give and a reference."""
    for place, option in enumerate(question.options):
        if not option.why.strip():
            yield f"{question.id}: option {letter(place)} has no `why`"
    if sum(option.credit == 1 for option in question.options) != 1:
        yield f"{question.id}: one option has to be right, or worth 1"
    if not 2 <= len(question.claims) <= 4:
        yield f"{question.id}: {len(question.claims)} claims, 2 to 4 are wanted of an item"
    if len(question.ladder) < 2:
        yield f"{question.id}: a ladder of {len(question.ladder)} steps, 2 are needed of an item"
    if not _REFERENCE[0] <= (words := len(question.reference.split())) <= _REFERENCE[1]:
        yield f"{question.id}: a reference of {words} words, {_REFERENCE[0]} to {_REFERENCE[1]} are wanted"
    for claim in question.claims:
        yield from _of_claim(question, claim)


def _of_claim(question: Question, claim: Claim) -> Iterator[str]:
    yield from _of_paraphrases(question, claim)
    if not claim.wrong:
        yield f"{question.id}.{claim.id}: nobody has it wrong; write what such a candidate says"


def _of_paraphrases(question: Question, claim: Claim) -> Iterator[str]:
    if len(set(claim.paraphrases)) < 3:
        yield f"{question.id}.{claim.id}: {len(set(claim.paraphrases))} paraphrases, 3 are needed"


def _of_topics(bank: Bank) -> Iterator[str]:
    asked = Counter((q.rubric, q.topic) for q in bank.questions.values())
    for topic in bank.topics.values():
        if (number := asked[topic.rubric, topic.id]) < OF_A_TOPIC_LEAST:
            yield f"topic {topic.id}: {number} questions, {OF_A_TOPIC_LEAST} are needed"


def _near_duplicates(questions: Sequence[Question], embedder: Embedder) -> Iterator[str]:
    vectors = embedder.embed([q.text for q in questions])
    near = vectors @ vectors.T
    for one, other in combinations(range(len(questions)), 2):
        if near[one, other] >= NEAR_DUPLICATE:
            a, b = questions[one], questions[other]
            yield f"{a.id} and {b.id} ask nearly the same (cosine {near[one, other]:.2f})"


def main() -> int:
    from interviewer.library.embedder import MiniLM

    bank = load(Settings().content)
    for kind, number in counts(bank).items():
        print(f"{number:4} {kind}")
    found = list(faults(bank, MiniLM()))
    for fault in found:
        print(f"FAULT {fault}")
    print(f"{len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
