"""The progress bar of the terminal: drawn where somebody looks, silent where nobody does."""

import io

import pytest

from interviewer.llm.bar import terminal_bar


class Screen(io.StringIO):
    def __init__(self, terminal):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal


@pytest.mark.parametrize("terminal", [True, False])
def test_the_bar_is_drawn_on_a_terminal_only(monkeypatch, terminal):
    screen = Screen(terminal)
    monkeypatch.setattr("sys.stderr", screen)
    with terminal_bar() as report:
        report(0.5, "Fetching the language model: part 11 of 22")
        report(None, "The language model is being loaded.")
    assert ("part 11 of 22  50% |" in screen.getvalue()) is terminal
    assert ("being loaded." in screen.getvalue()) is terminal
