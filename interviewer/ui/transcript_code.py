"""Code in the transcript of the scorecard page, shown as code. Works on HTML in which every word is escaped already."""

import re

from interviewer.evidence.code_blocks import code_blocks

_WORDS = re.compile(r'(?<=<div class="words">)[^<]*(?=</div>)')


def with_code(transcript: str) -> str:
    """The transcript with each fenced block of a turn as a `<pre>` without its fences."""
    return _WORDS.sub(lambda words: _shown(words.group()), transcript)


def _shown(words: str) -> str:
    parts, place = [], 0
    for block in code_blocks(words):
        parts += [words[place : block.outer[0]].rstrip("\n"), f"<pre><code>{block.code.rstrip()}</code></pre>"]
        place = block.outer[1]
    return "".join([*parts, words[place:].lstrip("\n") if parts else words])
