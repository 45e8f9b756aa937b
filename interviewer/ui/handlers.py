"""What every click shares: how a fault reaches the candidate, and the settings of a listener.

`told` is the one place where an error becomes a message on the page; the sentence is the error's own.
"""

import functools
import inspect
import logging
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import gradio as gr

from interviewer.errors import InterviewerError

log = logging.getLogger(__name__)

Updates = dict[Any, Any]  # component -> its new value or properties

# For every listener: nothing of the page is offered as an API, and no spinner covers what is being read.
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
BUSY: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal"}

_NEUTRAL = "Something went wrong here, and the log says what. Nothing that you sent is lost; reload the page to go on."


def told(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Show a fault of `handler` as a message and leave the page as it is. Generators keep what they yielded."""
    if inspect.isgeneratorfunction(handler):

        @functools.wraps(handler)
        def generator(*args: Any) -> Iterator[Any]:
            shown = False
            try:
                for updates in handler(*args):
                    shown = True
                    yield updates
            except Exception as fault:
                _tell(fault)
            if not shown:
                yield gr.skip()  # gradio empties every output of a generator that ends without having yielded

        return generator

    @functools.wraps(handler)
    def function(*args: Any) -> Any:
        try:
            return handler(*args)
        except Exception as fault:
            _tell(fault)
            return gr.skip()

    return function


def sentence(fault: Exception) -> str:
    """The message of an error of ours as a sentence; a neutral one for any other."""
    if not isinstance(fault, InterviewerError):
        return _NEUTRAL
    text = str(fault).strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _tell(fault: Exception) -> None:
    if not isinstance(fault, InterviewerError):
        log.error("a handler of the page failed", exc_info=fault)
    # A message may quote what the candidate typed, and gradio shows messages as HTML.
    gr.Warning(escape(sentence(fault)), duration=12)
