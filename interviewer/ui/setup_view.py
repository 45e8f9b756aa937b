"""The start screen: which loop, which level, about what. Hands a plan to the interview screen."""

from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

import gradio as gr

from interviewer.domain.loop import LoopPlan, LoopTemplate
from interviewer.domain.rubric import LEVELS, ROUND_KINDS, Level
from interviewer.errors import BadInput
from interviewer.report.markdown import kind_name
from interviewer.services import Services
from interviewer.ui import rounds_table
from interviewer.ui.handlers import QUIET, Updates, told
from interviewer.ui.interview_view import InterviewView
from interviewer.ui.screens import Screens

BY_PRINCIPLE, BY_TOPIC = "A Leadership Principle", "A topic"
_FIRST = "express"
_MOST_TITLE = 60


class SetupView:
    def __init__(self, screens: Screens) -> None:
        self._screens = screens
        self._bank = screens.services.bank
        with screens.add("setup", visible=True):
            gr.HTML(_INTRODUCTION)
            self._choices()
            self._about()
            self._advanced()
            self.begin = gr.Button("Start the interview", variant="primary", size="lg", elem_id="begin")
            gr.HTML(_SMALL_PRINT)

    def _choices(self) -> None:
        loops = self._bank.loops.values()
        self.preset = gr.Radio(
            [(f"{loop.name}\n{loop.summary}", loop.id) for loop in loops],
            value=_FIRST if _FIRST in self._bank.loops else next(iter(self._bank.loops)),
            label="Which loop",
            elem_classes="cards",
        )
        self.plan = gr.HTML(plan_html(self._bank.loops[self.preset.value]), elem_classes="plan")
        self.level = gr.Radio(list(LEVELS), value="L5", label="Level you interview for", elem_classes="segments")

    def _about(self) -> None:
        principles = sorted((p.name, p.id) for p in self._bank.principles.values())
        with gr.Group(visible=False, elem_id="drill") as self.drill:
            self.drill_by = gr.Radio(
                [BY_PRINCIPLE, BY_TOPIC], value=BY_PRINCIPLE, label="What to drill", elem_classes="segments"
            )
            self.principle = gr.Dropdown(principles, value=principles[0][1], label="Principle", filterable=True)
            self.topic = gr.Textbox(
                label="Topic", placeholder="calibration under class imbalance", max_lines=1, visible=False
            )
        self.focus = gr.Textbox(
            label="Your resume or focus topics (optional)",
            placeholder="Paste your resume, or write a few topics: recommender systems, feature stores, A/B tests",
            lines=3,
            max_lines=8,
        )
        self.focus_hint = gr.Markdown(
            "Questions near it are asked first. It stays on this machine and never changes a score.",
            elem_classes="hint",
        )

    def _advanced(self) -> None:
        with gr.Accordion("Advanced: rounds, pace and seed", open=False):
            with gr.Column() as self.rounds_area:
                self.pace = gr.Radio(
                    list(rounds_table.PACES), value=rounds_table.AS_PLANNED, label="Pace", elem_classes="segments"
                )
                self.rounds = gr.Dataframe(
                    rounds_table.rows(self._bank.loops[self.preset.value]),
                    headers=list(rounds_table.HEADERS),
                    datatype="str",
                    type="array",
                    interactive=True,
                    label="Rounds",
                    buttons=[],
                )
                gr.Markdown(
                    "Change any cell; clear a round's name to leave it out, or add a row from a cell's menu. "
                    f"Rounds: {', '.join(kind_name(k) for k in ROUND_KINDS)}.",
                    elem_classes="hint",
                )
            self.seed = gr.Textbox(
                label="Seed", max_lines=1, placeholder="Empty: a new loop. The same number: the same loop."
            )

    def wire(self, interview: InterviewView) -> None:
        """A started interview is shown on the interview's screen."""
        self.preset.change(
            self._chosen,
            [self.preset],
            [self.plan, self.rounds, self.rounds_area, self.drill, self.focus, self.focus_hint, self.pace],
            **QUIET,
        )
        self.drill_by.change(self._drilled, [self.drill_by], [self.principle, self.topic], **QUIET)
        inputs = [self.preset, self.level, self.drill_by, self.principle, self.topic, self.focus]
        self.begin.click(
            told(self._starter(interview)),
            [*inputs, self.pace, self.rounds, self.seed],
            [*self._screens.outputs, *interview.outputs, self.begin],
            **QUIET,
        )

    def _chosen(self, preset: str) -> Updates:
        template = self._bank.loops[preset]
        drill = preset == "drill"
        return {
            self.plan: plan_html(template),
            self.rounds: rounds_table.rows(template),
            self.rounds_area: gr.update(visible=not drill),
            self.drill: gr.update(visible=drill),
            self.focus: gr.update(visible=not drill),
            self.focus_hint: gr.update(visible=not drill),
            self.pace: rounds_table.AS_PLANNED,
        }

    def _drilled(self, by: str) -> Updates:
        return {
            self.principle: gr.update(visible=by == BY_PRINCIPLE),
            self.topic: gr.update(visible=by == BY_TOPIC),
        }

    def _starter(self, interview: InterviewView) -> Any:
        screens = self._screens

        def start(*form: Any) -> Iterator[Updates]:
            yield {self.begin: gr.update(value="Choosing your questions …", interactive=False)}
            ready = {self.begin: gr.update(value="Start the interview", interactive=True)}
            try:
                interview_id = screens.conversation.begin(*planned(screens.services, Form(*form)))
            except Exception:
                yield ready
                raise
            yield {screens.current: interview_id, **screens.show("interview"), **ready}
            yield from interview.play(screens.conversation.start_round(interview_id))

        return start


class Form(NamedTuple):
    """What the candidate chose, in the order in which the page hands it over; a box never shown is None."""

    preset: str
    level: str
    drill_by: str
    principle: str
    topic: str | None
    focus: str | None
    pace: str
    rounds: list[list[Any]]
    seed: str | None


def planned(services: Services, form: Form) -> tuple[LoopPlan, str, str]:
    """The plan that the form asks for, a title for the history, and what the questions were picked by.

    Raises BadInput for what cannot be planned.
    """
    seed = _seed(form.seed, services)
    level: Level = next(known for known in LEVELS if known == form.level)
    if form.preset != "drill":
        rounds = rounds_table.templates(form.rounds, form.pace)
        focus = (form.focus or "").strip()
        return services.plan(form.preset, level, seed, rounds=rounds, topic=focus), "", focus
    if form.drill_by == BY_PRINCIPLE:
        plan = services.plan(form.preset, level, seed, principle=form.principle)
        return plan, services.bank.principles[form.principle].name, ""
    topic = " ".join((form.topic or "").split())
    if not topic:
        raise BadInput("a drill needs a topic; write one, or choose a Leadership Principle")
    return services.plan(form.preset, level, seed, topic=topic), topic[:_MOST_TITLE], topic


def _seed(text: str | None, services: Services) -> int:
    if text is None or not text.strip():
        return services.next_seed()
    try:
        return int(text)
    except ValueError as fault:
        raise BadInput(f"the seed {text.strip()!r} is not a whole number; write one, or leave it empty") from fault


def plan_html(template: LoopTemplate) -> str:
    """The rounds of a preset as a line of steps with their minutes."""
    if template.id == "drill":
        return '<p class="steps-note">One question at a time, follow-ups until it holds. Stop when you like.</p>'
    steps = "".join(
        f"<li><b>{escape(kind_name(r.kind))}</b><span>{r.minutes:g} min</span></li>" for r in template.rounds
    )
    total = sum(r.minutes for r in template.rounds)
    hours = f"{total:g} minutes" if total < 90 else f"about {total / 60:.1f} hours"
    count = len(template.rounds)
    return f'<p class="steps-note">{count} rounds, {hours} in all</p><ol class="steps">{steps}</ol>'


_INTRODUCTION = """
<div class="hello"><h1>Practise the loop before it counts</h1>
<p>A mock interview for Amazon's Machine Learning Engineer loop: it asks, listens, follows up on what you left out,
and at the end shows you a scorecard with your own words beside every level.</p></div>
"""
_SMALL_PRINT = """
<p class="small-print">An independent practice tool, not affiliated with Amazon. Presets are typical, not official:
company, level and team change what a real loop looks like.</p>
"""
