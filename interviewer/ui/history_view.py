"""The history tab: every stored interview, to go on with, to read, or to delete for good."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import gradio as gr

from interviewer.errors import BadInput
from interviewer.ui.handlers import QUIET, Updates, told
from interviewer.ui.interview_view import InterviewView
from interviewer.ui.scorecard_view import ScorecardView
from interviewer.ui.screens import Screens, described, progress


class HistoryView:
    def __init__(self, screens: Screens) -> None:
        self._screens = screens
        gr.HTML(_INTRODUCTION)
        self.none = gr.HTML('<p class="none">No interview is stored yet. Start one, and it will be here.</p>')
        with gr.Row(visible=False, elem_id="history-actions") as self.actions:
            self.open = gr.Button("Open", variant="primary", size="sm", min_width=0)
            self.scorecard = gr.Button("View scorecard", size="sm", min_width=0)
            self.delete = gr.Button("Delete", size="sm", min_width=0)
        with gr.Row(visible=False, elem_id="delete-sure") as self.sure:
            gr.Markdown("Delete this interview for good? It cannot be brought back.", container=False)
            self.yes = gr.Button("Yes, delete it", size="sm", variant="stop")
            self.no = gr.Button("Keep it", size="sm")
        self.stored = gr.Radio(
            [], label="Stored interviews", visible=False, elem_classes="list", elem_id="history-list"
        )

    @property
    def _lists(self) -> list[Any]:
        return [self.none, self.stored, self.actions, self.sure]

    def wire(self, tab: Any, interview: InterviewView, scorecard: ScorecardView) -> None:
        screens = self._screens
        tab.select(told(self._listed), None, self._lists, **QUIET)
        self.open.click(told(self._opener(interview)), [self.stored], [*screens.outputs, *interview.outputs], **QUIET)
        self.scorecard.click(
            told(self._reader(scorecard)), [self.stored], [*screens.outputs, *scorecard.outputs], **QUIET
        )
        self.delete.click(told(self._ask), [self.stored], [self.sure], **QUIET)
        self.no.click(lambda: gr.update(visible=False), None, [self.sure], **QUIET)
        self.yes.click(told(self._delete), [self.stored, screens.current], [*self._lists, *screens.outputs], **QUIET)

    def _listed(self) -> Updates:
        services = self._screens.services
        choices = []
        for identifier, first, last in services.titles():
            interview = services.interviews.view(identifier)
            preset = services.bank.loops.get(first.plan.preset)
            name = described(interview, preset.name if preset else first.plan.preset)
            choices.append((f"{name}\n{when(last)} · {progress(interview)}", identifier))
        return {
            self.none: gr.update(visible=not choices),
            self.stored: gr.update(visible=bool(choices), choices=choices, value=choices[0][1] if choices else None),
            self.actions: gr.update(visible=bool(choices)),
            self.sure: gr.update(visible=False),
        }

    def _opener(self, interview: InterviewView) -> Any:
        def go(chosen: str | None) -> Iterator[Updates]:
            self._screens.view(_one(chosen))
            yield {**self._screens.show("interview"), self._screens.current: chosen}
            yield from interview.play(self._screens.conversation.resume(_one(chosen)))

        return go

    def _reader(self, scorecard: ScorecardView) -> Any:
        def read(chosen: str | None) -> Iterator[Updates]:
            self._screens.view(_one(chosen))
            yield {self._screens.current: chosen}
            yield from scorecard.open(_one(chosen))

        return read

    def _ask(self, chosen: str | None) -> Updates:
        _one(chosen)
        return {self.sure: gr.update(visible=True)}

    def _delete(self, chosen: str | None, current: str) -> Updates:
        """Gone for good; a tab that was looking at it goes back to the start."""
        self._screens.services.store.delete(_one(chosen))
        updates = self._listed()
        if chosen == current:
            screens = self._screens.show("setup")
            screens.pop(self._screens.tabs)
            updates = {**updates, **screens, self._screens.current: ""}
        return updates


_INTRODUCTION = """
<div class="hello"><h1>History</h1><p>Every interview is kept on this machine until you delete it.</p></div>
"""


def _one(chosen: str | None) -> str:
    if not chosen:
        raise BadInput("no interview is chosen; choose one of the list first")
    return chosen


def when(stamp: str) -> str:
    """A stored time in the machine's own time zone."""
    at = datetime.fromisoformat(stamp).astimezone()
    return f"{at.day} {at:%b %Y, %H:%M}"
