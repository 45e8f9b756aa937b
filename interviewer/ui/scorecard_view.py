"""The scorecard screen: what the loop came to, what was said, and both as files to keep."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from interviewer.domain.interview import Interview
from interviewer.domain.scorecard import Scorecard
from interviewer.errors import LibraryUnavailable, StorageUnavailable
from interviewer.report.html import Cited, scorecard_html, transcript_html
from interviewer.report.markdown import markdown
from interviewer.services import Services
from interviewer.ui.handlers import QUIET, Updates
from interviewer.ui.screens import Screens

_READING = '<p class="working-on-it" role="status">The interviewers are comparing notes on what you said …</p>'


class ScorecardView:
    def __init__(self, screens: Screens) -> None:
        self._screens = screens
        with screens.add("scorecard"):
            with gr.Row(elem_id="keep"):
                self.back = gr.Button("Back to the interview", size="sm", min_width=0, visible=False)
                self.again = gr.Button("New interview", size="sm", min_width=0)
                self.as_markdown = gr.DownloadButton("Download as Markdown", size="sm", min_width=0)
                self.as_json = gr.DownloadButton("Download as JSON", size="sm", min_width=0)
                self.words = gr.DownloadButton("Download the transcript", size="sm", min_width=0)
            self.card = gr.HTML(elem_id="scorecard")
            self.transcript = gr.HTML()

    @property
    def outputs(self) -> list[Any]:
        return [self.card, self.transcript, self.as_markdown, self.as_json, self.words, self.back]

    def wire(self) -> None:
        screens = self._screens
        self.again.click(lambda: {**screens.show("setup"), screens.current: ""}, None, screens.outputs, **QUIET)
        self.back.click(lambda: screens.show("interview"), None, screens.outputs, **QUIET)

    def open(self, interview_id: str) -> Iterator[Updates]:
        """Show the scorecard of an interview; grading takes a moment, and the page says so meanwhile."""
        screens = self._screens
        interview = screens.view(interview_id)
        yield {
            **screens.show("scorecard"),
            self.card: _READING,
            self.transcript: "",
            self.back: gr.update(visible=interview.ended is None and bool(interview.rounds)),
        }
        card = screens.services.scorecard(interview)
        people = screens.people()
        yield {
            self.card: scorecard_html(card, people, cited(screens.services, card)),
            self.transcript: transcript_html(interview.transcript(), people),
            **self._files(interview, card),
        }

    def _files(self, interview: Interview, card: Scorecard) -> Updates:
        folder = downloads(self._screens.services)
        return {
            self.as_markdown: _written(folder / "scorecard.md", markdown(card)),
            self.as_json: _written(folder / "scorecard.json", card.model_dump_json(indent=1)),
            self.words: _written(folder / "transcript.json", interview.transcript().model_dump_json(indent=1)),
        }


def cited(services: Services, card: Scorecard) -> dict[str, Cited]:
    """The passages that the study plan points to; none where the library cannot be opened."""
    found: dict[str, Cited] = {}
    for source in {item.source for item in card.study_plan if item.source}:
        try:
            passage = services.library.passage(source)
        except LibraryUnavailable:
            return {}  # grading has told the log already, and the plan itself stands
        if passage is not None:
            found[source] = Cited(passage.source, passage.heading, passage.text)
    return found


def downloads(services: Services) -> Path:
    """A new folder under the page's own, whose files gradio serves and clears away after a day."""
    return services.settings.home / "page" / secrets.token_hex(8)


def _written(path: Path, text: str) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise StorageUnavailable(
            f"{path.name} could not be written to {path.parent} ({fault.strerror}); check free space and permissions"
        ) from fault
    return str(path)
