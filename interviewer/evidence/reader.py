"""The whole reading of one answer: story signals, rubric signals, the option chosen, claims, ladder steps.

What is read for depends on the question: a principle's question is read as a story, a technical one by its claims
and its round's signals, and a round that rests on both is read both ways.
"""

from interviewer.domain.evidence import Choice, Finding, Reading
from interviewer.domain.question import Principle, Question
from interviewer.domain.rubric import CODE_RUN, STORY_SIGNALS, RoundRubric, Rubric
from interviewer.evidence import lexicon
from interviewer.evidence.addressed import without_orders, without_steps
from interviewer.evidence.choices import read_choice
from interviewer.evidence.claims import read_claims
from interviewer.evidence.clauses import clauses, count_words, sentences
from interviewer.evidence.code_blocks import has_code, without_code
from interviewer.evidence.meaning import Embedder, Meaning, Said
from interviewer.evidence.near_claims import near_claims
from interviewer.evidence.parroting import without_copies, without_echo, without_parroting
from interviewer.evidence.round_signals import HearSignals, read_signals
from interviewer.evidence.story import Weigh, read_story
from interviewer.evidence.weighed_claims import UNWEIGHED, WeighClaims, weigh_claims

_WORTH_SHOWING = 0.5
_SUBSTANTIAL = 12  # words that the answer to a step without claims has at least


class Reader:
    """Reads answers. An embedder that weighs stories (`story_logits`) or claims (`claim_logits`), or hears the signals
    of rounds (`signal_logits`), is asked as well.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._meaning = Meaning(embedder)
        self._weigh: Weigh | None = getattr(embedder, "story_logits", None)
        self._hear: HearSignals | None = getattr(embedder, "signal_logits", None)
        self._weigh_claims: WeighClaims | None = getattr(embedder, "claim_logits", None)

    def read(self, text: str, rubric: Rubric, question: Question | None = None, target: str | None = None) -> Reading:
        """What `text` shows as an answer to `question` under `rubric`.

        `target` is what the line before asked for: a signal, a claim or a ladder step; None for an opening question.
        """
        words, typed = count_words(text), has_code(text)
        if typed and CODE_RUN in rubric.signal_ids:
            text = without_code(text, comments=True)  # what stands in a comment is said as well
            words = count_words(text)
        asks_story = isinstance(rubric, Principle) or any(s in STORY_SIGNALS for s in rubric.signal_ids)
        story_target = target if target in STORY_SIGNALS else None
        answer, text = text, without_parroting(without_orders(text, story=asks_story), rubric)
        reading = (
            read_story(text, story_target, self._weigh, words)
            if asks_story
            else Reading(words=count_words(text), code=typed)
        )
        if isinstance(rubric, Principle):
            return reading
        text = without_parroting(without_orders(answer), rubric) if asks_story else text
        text = text if CODE_RUN in rubric.signal_ids else without_steps(text)  # steps of a program begin like orders
        if isinstance(rubric, RoundRubric) and rubric.covers != "questions":
            return self._covering(text, reading, rubric, target)
        return self._technical(text, reading, rubric, question, target)

    def warm(self, rubric: Rubric, question: Question | None) -> None:
        """Embed what the question expects beforehand, so that the first answer to it is read as fast as the rest."""
        if not isinstance(rubric, Principle):
            self.read("Nothing in particular is said here.", rubric, question)

    def _covering(self, text: str, reading: Reading, rubric: RoundRubric, target: str | None) -> Reading:
        """What such a rubric asks for has no fixed words: a reply in which it is not recognised leaves it open."""
        if count_words(text) < _SUBSTANTIAL:
            return reading
        found = read_signals(self._hear, self._meaning, text, self._meaning.said(text), rubric, target)
        wanted = {s.id for s in rubric.signals if target is not None and target in (s.id, s.deepens)}
        spans = tuple(s.span for s in sentences(text))
        left = tuple(Finding(id=s, spans=spans, how="meaning") for s in wanted - {f.id for f in found})
        return reading.model_copy(update={"signals": tuple(found), "open": tuple(sorted(left, key=lambda f: f.id))})

    def _technical(
        self, text: str, story: Reading, rubric: Rubric, question: Question | None, target: str | None
    ) -> Reading:
        options = question.options if question else ()
        choice = read_choice(text, options) if options else None
        text = without_echo(text, tuple(o.text for o in options)) if options else text
        text = without_copies(text, _lines(question)) if question else text
        said = self._meaning.said(text)
        found: list[Finding] = []
        if isinstance(rubric, RoundRubric):
            found = read_signals(self._hear, self._meaning, text, said, rubric, target)
        covered, contradicted, near = self._claims(text, said, question) if question else ([], [], [])
        shows = {c.id: c.shows for c in question.claims if c.shows} if question else {}
        wrong = {shows.get(f.id) for f in contradicted}
        found = [f for f in found if f.id not in wrong]  # naming a thing and having it wrong is not showing it
        have = {f.id for f in found} | wrong
        for claim in covered:
            signal = shows.get(claim.id)
            if signal and signal not in have:
                have.add(signal)
                found.append(claim.model_copy(update={"id": signal}))
        found += _steps(text, question, target, covered, story.words)
        found += _choosing(question, choice)
        return story.model_copy(
            update={
                "signals": (*story.signals, *found),
                "claims": tuple(covered),
                "contradicted": tuple(contradicted),
                "open": (*story.open, *near),
                "choice": choice,
            }
        )

    def _claims(self, text: str, said: Said, question: Question) -> tuple[list[Finding], list[Finding], list[Finding]]:
        """What is covered, what is contradicted and, where nothing is, what only a judge can tell."""
        heard = self._weigh_claims
        weighed = weigh_claims(heard, without_code(text), question) if heard is not None else UNWEIGHED
        covered, contradicted = read_claims(self._meaning, text, said, question, weighed)
        settled = {f.id for f in covered}
        near = [] if contradicted else near_claims(self._meaning, said, question, settled, weighed)
        return covered, contradicted, near


def _lines(question: Question) -> tuple[str, ...]:
    """What the interviewer says of a question, which is no answer when it is said back."""
    return (question.text, *(c.ask for c in question.claims), *(s.ask for s in question.ladder))


def _choosing(question: Question | None, choice: Choice | None) -> list[Finding]:
    """What the option shows that was chosen; one that is worth only a part shows it faintly, a poor one not at all."""
    if question is None or choice is None or question.choice_signal is None:
        return []
    credit = question.options[choice.option].credit
    if credit < _WORTH_SHOWING:
        return []
    return [Finding(id=question.choice_signal, spans=(choice.span,), how="rule", clear=credit == 1)]


def _steps(
    text: str, question: Question | None, target: str | None, covered: list[Finding], words: int
) -> list[Finding]:
    """The ladder step that was asked for, when the answer says what it invites (or, without claims, something)."""
    step = next((s for s in question.ladder if s.id == target), None) if question else None
    if step is None:
        return []
    if step.claims:
        spans = tuple(span for f in covered if f.id in step.claims for span in f.spans)
    else:
        found = clauses(text)
        denied = words < 40 and any(lexicon.DENIAL.search(c.lower) or lexicon.DECLINES.search(c.lower) for c in found)
        spans = tuple(c.span for c in found[:2]) if words >= _SUBSTANTIAL and not denied else ()
    return [Finding(id=step.id, spans=spans, how="meaning")] if spans else []
