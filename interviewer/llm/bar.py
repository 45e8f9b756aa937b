"""A progress bar in the terminal while the language model is fetched and loaded; nothing where nobody is looking."""

from collections.abc import Iterator
from contextlib import contextmanager

from interviewer.llm.sources import Progress

_STEPS = 1000


@contextmanager
def terminal_bar() -> Iterator[Progress]:
    """A progress callback that draws on stderr, and only on a terminal."""
    from tqdm import tqdm

    with tqdm(
        total=_STEPS, disable=None, leave=False, bar_format="{desc} {percentage:3.0f}% |{bar}| {remaining}"
    ) as bar:

        def show(fraction: float | None, text: str) -> None:
            bar.set_description_str(text, refresh=False)
            bar.n = round((fraction or 0.0) * _STEPS)
            bar.refresh()

        yield show
