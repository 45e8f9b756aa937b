"""What an answer shows, word for word. No quote, no evidence."""

from typing import Literal

from interviewer.domain.base import Value


class Span(Value):
    """`text[start:end] == quote` in the answer that it was read from; offsets count characters."""

    start: int
    end: int
    quote: str


class Finding(Value):
    """A signal or claim that the answer shows, and how it was found (`rule`, `meaning`, `model`).

    What is shown but only faintly (`clear` is false) counts less.
    """

    id: str
    spans: tuple[Span, ...]
    how: Literal["rule", "meaning", "model"] = "rule"
    clear: bool = True


class Choice(Value):
    """The option, by its place, that an answer names, and the words that name it."""

    option: int
    span: Span


class Reading(Value):
    """Everything that was read out of one answer.

    `hooks` are spans worth quoting back when a signal is missing: "we improved it" for `personal_ownership`.
    `open` are findings that neither hold nor fail by what can be computed; only a judge with a model may settle them.
    `doubt` is how likely a signal that is not shown was given after all, 0 to 1: asking for it again annoys.
    `hypothetical` is true when nothing in the answer is told as having happened.
    `choice` is None where no option, or more than one, is chosen.
    """

    words: int = 0
    signals: tuple[Finding, ...] = ()
    claims: tuple[Finding, ...] = ()
    contradicted: tuple[Finding, ...] = ()
    open: tuple[Finding, ...] = ()
    doubt: dict[str, float] = {}
    hooks: dict[str, Span] = {}
    hypothetical: bool = False
    code: bool = False
    choice: Choice | None = None

    @property
    def shown(self) -> frozenset[str]:
        return frozenset(f.id for f in self.signals)

    @property
    def covered_claims(self) -> frozenset[str]:
        return frozenset(f.id for f in self.claims)

    @property
    def contradicted_claims(self) -> frozenset[str]:
        return frozenset(f.id for f in self.contradicted)

    def finding(self, signal: str) -> Finding | None:
        return next((f for f in self.signals if f.id == signal), None)
