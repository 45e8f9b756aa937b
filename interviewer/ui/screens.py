"""What the views share: the services, the interview this tab looks at, and the screens that take turns."""

from typing import Any

import gradio as gr

from interviewer.domain.interview import Interview
from interviewer.errors import BadInput
from interviewer.report.markdown import kind_name
from interviewer.services import Services
from interviewer.ui.conversation import Conversation
from interviewer.ui.handlers import Updates

# The browser is given this key with the page: it keeps the stored id apart from other pages', it is no secret of ours.
_BROWSER_KEY = "interviewer-page"


class Screens:
    """`current` is the opaque id of this tab's interview, kept by the browser; `seen` how much of it was shown."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.conversation = Conversation(services)
        self.current = gr.BrowserState("", storage_key="interviewer", secret=_BROWSER_KEY)
        self.seen = gr.State(0)
        self.tabs: Any = None
        self._columns: dict[str, Any] = {}

    def add(self, name: str, visible: bool = False) -> Any:
        """A new screen, to be filled with `with`."""
        column = gr.Column(visible=visible, elem_id=f"screen-{name}", elem_classes="screen")
        self._columns[name] = column
        return column

    @property
    def outputs(self) -> list[Any]:
        return [self.tabs, self.current, self.seen, *self._columns.values()]

    def show(self, name: str) -> Updates:
        """Bring the first tab to the front with this screen in it."""
        shown = {column: gr.update(visible=key == name) for key, column in self._columns.items()}
        return {self.tabs: gr.update(selected="interview"), **shown}

    def view(self, interview_id: str | None) -> Interview:
        if not interview_id:
            raise BadInput("no interview is open in this tab; start one, or open one from the history")
        return self.services.interviews.view(interview_id)

    def people(self) -> dict[str, str]:
        return {p.id: p.name for p in self.services.bank.personas.values()}


def described(interview: Interview, preset_name: str) -> str:
    """One line that tells an interview from another."""
    about = f" · {interview.title}" if interview.title else ""
    return f"{preset_name} · {interview.plan.level}{about}"


def progress(interview: Interview) -> str:
    total = len(interview.plan.rounds)
    if interview.ended:
        return "finished" if interview.ended == "finished" else "ended early"
    if not interview.rounds:
        return "not begun"
    return f"round {len(interview.rounds)} of {total}, {kind_name(interview.rounds[-1].plan.kind)}"
