"""The library tab: ask it, add documents of one's own, take them out again."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from interviewer.errors import BadInput
from interviewer.ui.handlers import BUSY, QUIET, Updates, told
from interviewer.ui.screens import Screens

if TYPE_CHECKING:
    from interviewer.library.search import Hit, Report, Source

OFFERED = [".txt", ".md", ".pdf", ".html", ".htm", ".docx"]
_PASSAGES = 6
_OPENING = '<p class="working-on-it" role="status">Opening the library; the first time takes a moment …</p>'
_KINDS = {"guide": "Guide", "rubric": "Rubric", "question": "Question", "user": "Your document"}


class LibraryView:
    def __init__(self, screens: Screens) -> None:
        self._services = screens.services
        gr.HTML(_INTRODUCTION)
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=320):
                self._questions()
            with gr.Column(scale=1, min_width=300):
                self._documents()

    def _questions(self) -> None:
        with gr.Row(elem_classes="ask"):
            self.query = gr.Textbox(
                label="Ask the library",
                placeholder="How do I choose a threshold when false alarms are cheap?",
                max_lines=1,
                scale=5,
            )
            self.search = gr.Button("Search", variant="primary", scale=0, min_width=110)
        self.found = gr.HTML()

    def _documents(self) -> None:
        self.files = gr.File(label="Add your own documents", file_count="multiple", file_types=OFFERED, height=150)
        self.add = gr.Button("Add to the library", size="sm")
        self.added = gr.HTML()
        self.none = gr.HTML('<p class="none">You have added no documents yet.</p>')
        self.own = gr.Radio([], label="Your documents", visible=False, elem_classes="list")
        self.remove = gr.Button("Remove this document", visible=False, size="sm")

    def wire(self, tab: Any) -> None:
        for listen in (self.search.click, self.query.submit):
            listen(told(self._search), [self.query], [self.found], **QUIET)
        lists = [self.own, self.none, self.remove]
        self.add.click(told(self._add), [self.files], [self.added, self.files, *lists], **BUSY)
        self.remove.click(told(self._remove), [self.own], [self.added, *lists], **QUIET)
        tab.select(told(self._listed), None, lists, **QUIET)

    def _search(self, query: str) -> Iterator[Any]:
        if not query.strip():
            raise BadInput("the question is empty; write a few words to search for")
        yield _OPENING
        yield passages_html(self._services.library.search(query, _PASSAGES))

    def _add(self, paths: list[str] | None) -> Iterator[Updates]:
        """One file at a time, so that a bad one does not keep the others out."""
        if not paths:
            raise BadInput(f"no file was chosen; choose one or more of {', '.join(OFFERED)}")
        yield {self.added: _OPENING}
        lines = [self._ingested(Path(path)) for path in paths]
        yield {self.added: f'<ul class="reports">{"".join(lines)}</ul>', self.files: None, **self._listed()}

    def _ingested(self, path: Path) -> str:
        try:
            return "".join(report_html(report) for report in self._services.library.ingest([path]))
        except BadInput as fault:
            reason = str(fault).replace(str(path), path.name)
            return f'<li class="bad">{escape(reason)}</li>'

    def _remove(self, source: str | None) -> Updates:
        if not source:
            raise BadInput("no document is chosen; choose one of yours first")
        self._services.library.remove(source)
        return {self.added: f'<ul class="reports"><li>{escape(source)} is removed.</li></ul>', **self._listed()}

    def _listed(self) -> Updates:
        own = [s for s in self._services.library.sources() if s.kind == "user"]
        return {
            self.own: gr.update(visible=bool(own), choices=[_choice(s) for s in own], value=None),
            self.none: gr.update(visible=not own),
            self.remove: gr.update(visible=bool(own)),
        }


def _choice(source: "Source") -> tuple[str, str]:
    return f"{source.source} · {source.passages} passages", source.source


def report_html(report: "Report") -> str:
    if report.problem:
        return f'<li class="bad">{escape(report.source)}: {escape(report.problem)}</li>'
    again = ", in place of the older version" if report.replaced else ""
    return f"<li>{escape(report.source)}: {report.passages} passages added{again}.</li>"


def passages_html(hits: Sequence["Hit"]) -> str:
    """The passages that answer, each with what it is cited by."""
    if not hits:
        return '<p class="none">The library holds nothing yet.</p>'
    cards = "".join(
        f'<li><h3>{escape(hit.heading)}</h3><p class="words">{escape(hit.text)}</p>'
        f'<footer><span class="kind {hit.kind}">{_KINDS[hit.kind]}</span> {escape(hit.source)} '
        f"<code>{escape(hit.id)}</code></footer></li>"
        for hit in hits
    )
    return f'<ol class="passages">{cards}</ol>'


_INTRODUCTION = """
<div class="hello"><h1>Library</h1>
<p>Guides, rubrics and questions, and whatever you add. Your documents stay on this machine: they inform search, study
advice and which questions are picked, never a score.</p></div>
"""
