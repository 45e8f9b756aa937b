"""The page: a banner, three tabs, and in the first of them the screens that take turns."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from interviewer.errors import BadInput
from interviewer.services import Services
from interviewer.ui.handlers import QUIET, Updates, told
from interviewer.ui.history_view import HistoryView
from interviewer.ui.interview_view import InterviewView
from interviewer.ui.library_view import LibraryView
from interviewer.ui.model_banner import banner_html, settled
from interviewer.ui.scorecard_view import ScorecardView
from interviewer.ui.screens import Screens
from interviewer.ui.setup_view import SetupView

_SOON, _LATER = 1.5, 20.0  # seconds between two looks at the model: while it is on its way, and afterwards
_DAY = 86_400


def build(services: Services) -> gr.Blocks:
    """Every view and every listener; nothing is loaded here that a first look does not need."""
    with gr.Blocks(title="Interviewer", analytics_enabled=False, delete_cache=(_DAY, _DAY)) as page:
        screens = Screens(services)
        banner = gr.HTML(banner_html(services.model.status), elem_id="top")
        with gr.Tabs(elem_id="tabs") as screens.tabs:
            with gr.Tab("Interview", id="interview"):
                setup = SetupView(screens)
                interview = InterviewView(screens)
                scorecard = ScorecardView(screens)
            with gr.Tab("Library", id="library", render_children=True) as library_tab:
                library = LibraryView(screens)
            with gr.Tab("History", id="history", render_children=True) as history_tab:
                history = HistoryView(screens)
        setup.wire(interview)
        interview.wire(scorecard)
        scorecard.wire()
        library.wire(library_tab)
        history.wire(history_tab, interview, scorecard)
        _wire_banner(page, services, banner)
        _wire_return(page, screens, interview, scorecard)
    return page


def _wire_banner(page: gr.Blocks, services: Services, banner: Any) -> None:
    timer = gr.Timer(_SOON)

    def tick() -> Updates:
        model = services.model
        waiting = model.status.state == "off" and model.endpoint.kind != "none"
        pause = _SOON if waiting or not settled(model.status) else _LATER
        return {banner: banner_html(model.status), timer: gr.Timer(pause)}

    page.load(told(tick), None, [banner, timer], **QUIET)
    timer.tick(told(tick), None, [banner, timer], **QUIET)


def _wire_return(page: gr.Blocks, screens: Screens, interview: InterviewView, scorecard: ScorecardView) -> None:
    """A reload, or a new tab of the same browser, goes back to where the interview stands."""

    def come_back(interview_id: str) -> Iterator[Updates]:
        if not interview_id:
            return
        try:
            ended = screens.view(interview_id).ended
        except BadInput:  # deleted meanwhile, or the page serves another folder now
            yield {screens.current: ""}
            return
        if ended:
            yield from scorecard.open(interview_id)
            return
        yield screens.show("interview")
        yield from interview.play(screens.conversation.resume(interview_id))

    outputs = [*screens.outputs, *interview.outputs, *scorecard.outputs]
    page.load(told(come_back), [screens.current], outputs, **QUIET)
