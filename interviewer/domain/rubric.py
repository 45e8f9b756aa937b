"""What a strong answer shows: signals, criteria with anchors, and the probes that ask for a signal.

A principle and a technical round are both a `Rubric`. The signals of a story are a closed list that the
code knows how to read; the signals of a round are described in its own file by cues and terms.
Not here: questions (`question`), and how a level follows from evidence (`grading`).
"""

from typing import Literal, get_args

from pydantic import Field, model_validator

from interviewer.domain.base import Identifier, Text, Value

Level = Literal["L4", "L5", "L6"]
LEVELS: tuple[Level, ...] = get_args(Level)

StorySignal = Literal[
    "situation",
    "task",
    "action",
    "result",
    "personal_ownership",
    "measured_result",
    "real_event",
    "trade_off",
    "root_cause",
    "reflection",
    "concise",
]
STORY_SIGNALS: tuple[StorySignal, ...] = get_args(StorySignal)

# What is read from a question's expected claims and its ladder instead of from cues.
CLAIM_SIGNALS: tuple[str, ...] = ("claims", "depth")

# What is read from the option that was chosen: of an item with one right answer, of a situation from work.
CHOICE_SIGNALS: tuple[str, ...] = ("right_choice", "sound_choice")

# What is settled by running the code that was handed in and by looking at it, never by what was said about it.
CODE_RUN = "correctness"
CODE_SIGNALS: tuple[str, ...] = (CODE_RUN, "clean", "recovery", "independence")

# What is computed over a whole round: whether follow-ups on stories got what they asked for, whether tellings agree.
ROUND_SIGNALS: tuple[str, ...] = ("follow_ups", "one_account")

RoundKind = Literal[
    "recruiter_screen",
    "online_assessment",
    "phone_screen",
    "hiring_manager",
    "coding",
    "ml_depth",
    "ml_system_design",
    "system_design",
    "behavioral",
]
ROUND_KINDS: tuple[RoundKind, ...] = get_args(RoundKind)

Tone = Literal["friendly", "standard", "bar_raiser"]

# What a round's rubric judges: questions of its own, or every answer of a round beside the rubrics of its questions.
Covers = Literal["questions", "round", "bar_raiser_round"]


class Signal(Value):
    """One observable thing of a round: recognised by sentences like its cues, or by its terms.

    `deepens` names the signal of a story that this one goes a layer beneath: it is asked for once that has been heard.
    `when_asked`: nobody has to show it unasked, so that its absence says something only after a question for it.
    """

    id: Identifier
    name: Text
    cues: tuple[Text, ...] = ()
    terms: tuple[Text, ...] = ()
    deepens: StorySignal | None = None
    when_asked: bool = False


class Probe(Value):
    """One way to ask for a missing signal. `{quote}` in the text stands for the candidate's own words."""

    signal: Identifier
    tone: Tone = "standard"
    text: Text


class Criterion(Value):
    id: Identifier
    name: Text
    weight: float = Field(1, ge=0.5, le=3)
    signals: tuple[Identifier, ...] = Field(min_length=1)
    anchors: dict[int, Text]
    levels: dict[Level, Text]
    probes: tuple[Probe, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> "Criterion":
        if missing := {1, 2, 3, 4, 5} - set(self.anchors):
            raise ValueError(f"anchors for {sorted(missing)} are missing: write one for each of 1 to 5")
        if missing_levels := [level for level in LEVELS if level not in self.levels]:
            raise ValueError(f"levels {missing_levels} are missing: say what changes at each level")
        for probe in self.probes:
            if probe.signal not in self.signals:
                raise ValueError(f"a probe asks for {probe.signal!r}, which is not among this criterion's signals")
        return self


class Clarification(Value):
    """What a candidate may ask, in a few wordings, and what the interviewer answers."""

    asks: tuple[Text, ...] = Field(min_length=1)
    answer: Text


class Rubric(Value):
    id: Identifier
    name: Text
    summary: Text
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    def criterion(self, criterion_id: str) -> Criterion:
        return next(c for c in self.criteria if c.id == criterion_id)

    @property
    def signal_ids(self) -> tuple[str, ...]:
        """Every signal that some criterion rests on, in order of first mention."""
        return tuple(dict.fromkeys(s for c in self.criteria for s in c.signals))


class EditorLines(Value):
    """What an interviewer says beside an editor, in several wordings each; none praises, hints or gives a case away.

    `unreadable` is for code that could not be started, `cost_in_doubt` for a running time that is not the known one.
    `{hint}` stands for the problem's own hint. A kind that is used up is not said again: the interviewer stays silent.
    """

    write_it: tuple[Text, ...] = Field(min_length=2)
    listening: tuple[Text, ...] = Field(min_length=3)
    submit_it: tuple[Text, ...] = Field(min_length=2)
    example_wrong: tuple[Text, ...] = Field(min_length=3)
    error: tuple[Text, ...] = Field(min_length=3)
    unreadable: tuple[Text, ...] = Field(min_length=2)
    waiting: tuple[Text, ...] = Field(min_length=2)
    too_slow: tuple[Text, ...] = Field(min_length=2)
    example_slow: tuple[Text, ...] = Field(min_length=2)
    hidden_wrong: tuple[Text, ...] = Field(min_length=3)
    before_submitting: tuple[Text, ...] = Field(min_length=2)
    passed: tuple[Text, ...] = Field(min_length=2)
    cost_in_doubt: tuple[Text, ...] = Field(min_length=2)
    not_run: tuple[Text, ...] = Field(min_length=1)
    hint: tuple[Text, ...] = Field(min_length=3)
    unasked_hint: tuple[Text, ...] = Field(min_length=2)
    no_more_hints: tuple[Text, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _hints_have_a_place(self) -> "EditorLines":
        for text in (*self.hint, *self.unasked_hint):
            if "{hint}" not in text:
                raise ValueError(f"a line that gives a hint needs {{hint}} where the hint goes: {text!r}")
        return self


class RoundRubric(Rubric):
    """The technical (or conversational) half of a round; the principle questions have rubrics of their own.

    One that `covers` a round has no questions: it says what such a round adds to the rubrics of its questions.
    """

    kinds: tuple[RoundKind, ...] = ()
    covers: Covers = "questions"
    signals: tuple[Signal, ...]
    time: Text
    ends_early: Text
    clarifications: tuple[Clarification, ...] = ()
    editor: EditorLines | None = None

    @model_validator(mode="after")
    def _signals_exist(self) -> "RoundRubric":
        computed = (
            (*STORY_SIGNALS, *CLAIM_SIGNALS, *CHOICE_SIGNALS, *CODE_SIGNALS)
            if self.covers == "questions"
            else ROUND_SIGNALS
        )
        known = {s.id for s in self.signals} | set(computed)
        for criterion in self.criteria:
            if unknown := [s for s in criterion.signals if s not in known]:
                raise ValueError(f"criterion {criterion.id!r} names signals that are not defined: {unknown}")
        return self

    @model_validator(mode="after")
    def _layers_are_asked_for(self) -> "RoundRubric":
        if self.covers == "questions" and (deep := [s.id for s in self.signals if s.deepens]):
            raise ValueError(f"signal {deep[0]!r} has `deepens`, which only a rubric that covers a round may have")
        return self

    def signal(self, signal_id: str) -> Signal | None:
        return next((s for s in self.signals if s.id == signal_id), None)
