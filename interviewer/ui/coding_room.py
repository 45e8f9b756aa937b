"""The coding room beside the conversation: statement, editor, its buttons, results, and the saving of what is typed.

What stands in the editor is the candidate's: it is set when a tab comes to a problem, and never while one is typed at.
`editing` tells which problem that is; the browser keeps it, so that a restarted server does not forget it.
"""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from interviewer.errors import BadInput, InterviewerError, StorageUnavailable
from interviewer.ui import conversation as talk
from interviewer.ui.conversation import Conversation, Scene
from interviewer.ui.handlers import QUIET, Updates, sentence, told
from interviewer.ui.interview_html import header_html
from interviewer.ui.results_html import note_html, results_html, runs_html
from interviewer.ui.room import Room
from interviewer.ui.screens import Screens

_TICK = 3.0  # seconds between two looks at the editor; what a killed server may lose
Play = Callable[..., Iterator[Updates]]

_KEYS = "<kbd>Ctrl+Enter</kbd> runs. <kbd>Esc</kbd>, then <kbd>Tab</kbd> leaves the editor."


class AsTyped(str):
    """Code as it was saved: gradio's editor strips what it is given, and the last line would lose its indentation."""

    def strip(self, chars: str | None = None, /) -> str:
        return str(self)


class CodingRoom:
    def __init__(self, screens: Screens) -> None:
        self._screens = screens
        self._talk: Conversation = screens.conversation
        with gr.Column(scale=0, visible=False, elem_id="problem") as self.problem:
            self.statement = gr.Markdown(label="The problem", container=False, latex_delimiters=[])
        with gr.Column(scale=6, min_width=320, visible=False, elem_id="room") as self.area:
            self._editor()
            self.limits = gr.HTML(elem_id="limits", visible=False)
            self.results = gr.HTML(elem_id="results")
            self.editing = gr.Textbox(label="Problem in the editor", visible=False)
            self.kept = gr.State("")
            self.timer = gr.Timer(_TICK, active=False)

    def _editor(self) -> None:
        with gr.Column(elem_id="desk"):
            self.code = gr.Code(
                label="Your code",
                show_label=False,
                language="python",
                lines=16,
                max_lines=26,
                interactive=True,
                autocomplete=False,
                buttons=[],
                elem_id="editor",
            )
            with gr.Row(elem_id="handing-in"):
                self.run = gr.Button("Run", size="sm", min_width=0, elem_id="run", interactive=False)
                self.submit = gr.Button("Submit", size="sm", min_width=0, variant="primary", elem_id="submit")
                self.hint = gr.Button("Hint", size="sm", min_width=0, interactive=False)
                gr.HTML(f'<p id="editor-keys">{_KEYS}</p>', elem_id="keys")
                self.note = gr.HTML(note_html(), elem_id="saved")

    @property
    def outputs(self) -> list[Any]:
        return [
            self.problem,
            self.area,
            self.statement,
            self.code,
            self.run,
            self.submit,
            self.hint,
            self.note,
            self.limits,
            self.results,
            self.editing,
            self.kept,
            self.timer,
        ]

    def updates(self, scene: Scene, editing: str) -> Updates:
        """What follows from a scene in a tab whose editor belongs to `editing`."""
        room = scene.room
        if room is None:
            shut = {side: gr.update(visible=False) for side in (self.problem, self.area)}
            return {**shut, self.timer: gr.Timer(active=False), self.editing: ""}
        mine, runs = scene.state == "your_turn", self._talk.runs
        return {
            self.problem: gr.update(visible=True),
            self.area: gr.update(visible=True),
            self.statement: room.statement,
            self.run: gr.update(interactive=mine and runs.possible),
            self.submit: gr.update(interactive=mine),
            self.hint: gr.update(interactive=mine),
            self.limits: gr.update(visible=bool(runs.told), value=runs_html(runs)),
            self.results: results_html(room, runs.told),
            self.timer: gr.Timer(active=True),
            **(self._opened(room) if room.key != editing else {}),
        }

    def _opened(self, room: Room) -> Updates:
        return {
            self.code: AsTyped(room.draft),
            self.kept: room.draft,
            self.editing: room.key,
            self.note: note_html(room=room.key, code=room.draft),
        }

    def wire(self, play: Play, shown: list[Any], header: Any, chat: Any) -> None:
        """`play` turns scenes into updates of everything in `shown`."""
        current, seen = self._screens.current, self._screens.seen
        inputs = [current, self.code, seen, self.editing]
        listener = QUIET | {"concurrency_limit": None}  # one that loops must not keep the others waiting
        self.run.click(told(self._handing_in("run", play)), inputs, shown, **listener)
        self.submit.click(told(self._handing_in("submit", play)), inputs, shown, **listener)
        self.hint.click(told(self._asking(play)), [current, seen, self.editing], shown, **QUIET)
        self.timer.tick(
            self._ticker(header, chat),
            [current, self.code, self.editing, self.kept, self.note],
            [self.note, self.kept, header, chat],
            trigger_mode="once",
            **listener,
        )

    def _handing_in(self, kind: Any, play: Play) -> Any:
        def hand_in(interview_id: str, code: str | None, place: int, editing: str) -> Iterator[Updates]:
            scenes = self._talk.hand_in(interview_id, code or "", kind, place or None, editing)
            yield from play(scenes, editing)

        return hand_in

    def _asking(self, play: Play) -> Any:
        def ask(interview_id: str, place: int, editing: str) -> Iterator[Updates]:
            yield from play(self._talk.answer(interview_id, talk.HINT, place or None), editing)

        return ask

    def _ticker(self, header: Any, chat: Any) -> Any:
        def tick(interview_id: str, code: str | None, editing: str, kept: str, note: str) -> Any:
            """Save what was typed since the last tick, and let the interviewer say a word if one is due."""
            updates = self._save(interview_id, code or "", editing, kept, note) if editing else {}
            scene = self._unasked(interview_id)
            if scene is not None:
                personas = self._screens.services.bank.personas
                updates |= {header: header_html(scene, personas), chat: scene.chat}
            return updates or gr.skip()

        return tick

    def _save(self, interview_id: str, code: str, editing: str, kept: str, note: str) -> Updates:
        if code == kept:
            return {}
        try:
            self._talk.save(interview_id, code, editing)
        except InterviewerError as fault:
            failed = note_html(_because(fault))
            return {} if failed == note else {self.note: failed}
        return {self.note: note_html("", editing, code, secrets.token_hex(4)), self.kept: code}

    def _unasked(self, interview_id: str) -> Scene | None:
        try:
            return self._talk.unasked(interview_id)
        except (BadInput, StorageUnavailable):  # the same fault that the note tells, or the interview is deleted
            return None


def _because(fault: InterviewerError) -> str:
    return f"Not saved: {sentence(fault)}"
