"""The interview screen: who is asking, the clock, the conversation, the answer and what else a candidate may do."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from interviewer.ui import conversation as talk
from interviewer.ui.coding_room import CodingRoom
from interviewer.ui.conversation import Scene
from interviewer.ui.handlers import QUIET, Updates, told
from interviewer.ui.interview_html import card_html, header_html
from interviewer.ui.scorecard_view import ScorecardView
from interviewer.ui.screens import Screens

_CODE_BLOCK = """(text) => {
  const before = text && !text.endsWith("\\n") ? text + "\\n" : (text || "");
  const opening = before + "```python\\n";
  window.interviewerCursor = opening.length;
  return opening + "\\n```";
}"""


class InterviewView:
    def __init__(self, screens: Screens) -> None:
        self._screens = screens
        self._talk = screens.conversation
        with screens.add("interview"):
            self.header = gr.HTML(elem_id="round-header")
            with gr.Row(elem_id="stage"):
                self._conversation()
                self.room = CodingRoom(screens)
            self._leaving()

    def _conversation(self) -> None:
        with gr.Column(scale=5, min_width=320, elem_id="conversation"):
            self.chat = gr.Chatbot(
                label="Conversation",
                show_label=False,
                elem_id="chat",
                height=None,
                layout="bubble",
                buttons=[],
                allow_tags=False,
                latex_delimiters=[],
                group_consecutive_messages=False,
                feedback_options=None,
                placeholder="The interviewer is on the way.",
            )
            self.card = gr.HTML(elem_id="between", visible=False)
            with gr.Row(elem_classes="next"):
                self.next_round = gr.Button("Start next round", variant="primary", visible=False)
                self.go_on = gr.Button("Continue the interview", variant="primary", visible=False)
                self.to_scorecard = gr.Button("See the scorecard", variant="primary", visible=False)
            with gr.Column(elem_id="composer", visible=False) as self.composer:
                self._composer()

    def _composer(self) -> None:
        self.answer = gr.Textbox(
            label="Your answer",
            show_label=False,
            lines=3,
            max_lines=14,
            placeholder="Type your answer as you would say it. Enter makes a new line, Ctrl+Enter sends.",
            elem_id="answer",
            html_attributes=gr.InputHTMLAttributes(spellcheck=True, autocorrect="off"),
        )
        with gr.Row(elem_id="actions"):
            self.repeat = gr.Button("Repeat the question", size="sm", min_width=0, interactive=False)
            self.think = gr.Button("Let me think", size="sm", min_width=0, interactive=False)
            self.skip = gr.Button("Skip", size="sm", min_width=0, interactive=False)
            self.code = gr.Button("Code block", size="sm", min_width=0)
            self.stop = gr.Button("Stop", size="sm", min_width=0, variant="stop", visible=False, elem_id="stop")
            self.send = gr.Button("Send", size="sm", min_width=0, variant="primary", elem_id="send", interactive=False)

    def _leaving(self) -> None:
        with gr.Row(elem_id="leaving") as self.leaving:
            self.end_round = gr.Button("End round", size="sm", min_width=0)
            self.finish = gr.Button("Finish interview", size="sm", min_width=0)
            self.leave = gr.Button("Leave for now", size="sm", min_width=0)
        with gr.Row(visible=False, elem_id="sure") as self.sure:
            self.question = gr.Markdown("", container=False)
            self.yes_round = gr.Button("Yes, end the round", size="sm", variant="stop", visible=False)
            self.yes_finish = gr.Button("Yes, finish the interview", size="sm", variant="stop", visible=False)
            self.no = gr.Button("Keep going", size="sm")

    @property
    def outputs(self) -> list[Any]:
        return [
            self.header,
            self.chat,
            self.card,
            self.next_round,
            self.go_on,
            self.to_scorecard,
            self.composer,
            self.answer,
            self.send,
            self.stop,
            self.repeat,
            self.think,
            self.skip,
            self.code,
            self.end_round,
            self.finish,
            self.sure,
            self.leaving,
            self._screens.seen,
            *self.room.outputs,
        ]

    def updates(self, scene: Scene, editing: str = "") -> Updates:
        """Everything on the screen that follows from a scene; what the candidate is typing is left alone.

        `editing` is the problem that the tab's editor belongs to.
        """
        talking, mine = scene.state in ("speaking", "your_turn"), scene.state == "your_turn"
        persona = self._screens.services.bank.personas
        started = scene.interview.current is not None
        running = scene.room is not None and scene.room.running != ""
        return {
            self.header: header_html(scene, persona),
            self.chat: scene.chat,
            self.card: gr.update(visible=not talking, value=card_html(scene)),
            self.next_round: gr.update(visible=scene.state == "between"),
            self.go_on: gr.update(visible=scene.state == "stalled"),
            self.to_scorecard: gr.update(visible=scene.state == "over"),
            self.composer: gr.update(visible=talking or scene.state == "stalled"),
            self.send: gr.update(interactive=mine),
            self.code: gr.update(visible=scene.room is None),
            self.stop: gr.update(visible=scene.state == "speaking" and not running, value="Stop", interactive=True),
            **{button: gr.update(interactive=mine) for button in (self.repeat, self.think, self.skip)},
            self.end_round: gr.update(visible=started),
            self.finish: gr.update(visible=scene.state != "over"),
            self._screens.seen: scene.place,
            **self.room.updates(scene, editing),
        }

    def play(self, scenes: Iterator[Scene], editing: str = "", answered: int | None = None) -> Iterator[Updates]:
        """Scenes as updates: all of the screen when its state changes, only the conversation while a line grows.

        `editing` is what the tab's editor belongs to; "" for a tab that has just come here. With `answered`, the box
        is emptied once more answers than that are stored, and never before.
        """
        shown: tuple[str, int] | None = None
        for scene in scenes:
            updates = {self.chat: scene.chat} if (scene.state, scene.place) == shown else self.updates(scene, editing)
            if answered is not None and scene.answered > answered:
                updates[self.answer], answered = "", None
            shown, editing = (scene.state, scene.place), scene.room.key if scene.room else ""
            yield updates

    def wire(self, scorecard: ScorecardView) -> None:
        screens, current = self._screens, self._screens.current
        here = [current, screens.seen, self.room.editing]
        sent = [current, self.answer, screens.seen, self.room.editing]
        self.send.click(told(self._send), sent, self.outputs, **QUIET)
        for button, words in ((self.repeat, talk.REPEAT), (self.think, talk.THINK), (self.skip, talk.SKIP)):
            button.click(told(self._saying(words)), here, self.outputs, **QUIET)
        self.code.click(None, [self.answer], [self.answer], js=_CODE_BLOCK, **QUIET)
        self.stop.click(told(self._stop), [current], [self.stop], **QUIET)
        self.next_round.click(told(self._next), [current], self.outputs, **QUIET)
        self.go_on.click(told(self._resume), [current, self.room.editing], self.outputs, **QUIET)
        self.room.wire(self.play, self.outputs, self.header, self.chat)
        self._wire_leaving(scorecard, here)

    def _wire_leaving(self, scorecard: ScorecardView, here: list[Any]) -> None:
        screens, current = self._screens, self._screens.current
        asking = [self.leaving, self.sure, self.question, self.yes_round, self.yes_finish]
        self.end_round.click(lambda: self._ask(round_only=True), None, asking, **QUIET)
        self.finish.click(lambda: self._ask(round_only=False), None, asking, **QUIET)
        self.no.click(self._asked, None, [self.leaving, self.sure], **QUIET)
        self.yes_round.click(told(self._end_round), here, self.outputs, **QUIET)
        both = [*screens.outputs, *self.outputs, *scorecard.outputs]
        self.yes_finish.click(told(self._finisher(scorecard)), [current], both, **QUIET)
        self.to_scorecard.click(told(scorecard.open), [current], [*screens.outputs, *scorecard.outputs], **QUIET)
        self.leave.click(lambda: {**screens.show("setup"), current: ""}, None, screens.outputs, **QUIET)

    def _send(self, interview_id: str, text: str, place: int, editing: str) -> Iterator[Updates]:
        answered = self._talk.scene(interview_id).answered
        yield from self.play(self._talk.answer(interview_id, text, place or None), editing, answered)

    def _saying(self, words: str) -> Any:
        def say(interview_id: str, place: int, editing: str) -> Iterator[Updates]:
            yield from self.play(self._talk.answer(interview_id, words, place or None), editing)

        return say

    def _stop(self, interview_id: str) -> Updates:
        self._talk.stop(interview_id)
        return {self.stop: gr.update(value="Stopping …", interactive=False)}

    def _next(self, interview_id: str) -> Iterator[Updates]:
        yield from self.play(self._talk.start_round(interview_id))

    def _resume(self, interview_id: str, editing: str) -> Iterator[Updates]:
        yield from self.play(self._talk.resume(interview_id), editing)

    def _ask(self, round_only: bool) -> Updates:
        words = (
            "End this round now? What you said so far counts."
            if round_only
            else "Finish the whole interview now? Rounds that were not played stay unassessed."
        )
        return {
            self.leaving: gr.update(visible=False),
            self.sure: gr.update(visible=True),
            self.question: words,
            self.yes_round: gr.update(visible=round_only),
            self.yes_finish: gr.update(visible=not round_only),
        }

    def _asked(self) -> Updates:
        """The question whether the candidate is sure has been answered."""
        return {self.leaving: gr.update(visible=True), self.sure: gr.update(visible=False)}

    def _end_round(self, interview_id: str, place: int, editing: str) -> Iterator[Updates]:
        yield self._asked()
        yield from self.play(self._talk.end_round(interview_id, place or None), editing)

    def _finisher(self, scorecard: ScorecardView) -> Any:
        def finish(interview_id: str) -> Iterator[Updates]:
            yield self._asked()
            self._talk.finish(interview_id)
            yield self.updates(self._talk.scene(interview_id))
            yield from scorecard.open(interview_id)

        return finish
