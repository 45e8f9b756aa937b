"""Prompts are files that a teacher can edit: `# system`, worked pairs of `# user` and `# assistant`, `# turn`.

The pairs are a fixed prefix, the same for every round, so that a prompt cache reads them once; `# turn` is the template
of every further message. A variable that is missing is an error, not a hole.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from string import Template

Message = tuple[str, str]  # role ("system", "user", "assistant") and text

_HEADING = re.compile(r"^# (system|user|assistant|turn)$", re.MULTILINE)


@dataclass(frozen=True)
class Prompt:
    prefix: tuple[Message, ...]
    turn_template: str

    def turn(self, **values: str) -> str:
        """The next message. Raises KeyError naming a variable that was not given."""
        return Template(self.turn_template).substitute(values)


@lru_cache
def load_prompt(name: str) -> Prompt:
    """The shipped prompt `name`. Raises ValueError when a section is missing."""
    text = resources.files("interviewer.llm").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8")
    parts = _HEADING.split(text)[1:]
    sections = [(role, body.strip()) for role, body in zip(parts[::2], parts[1::2], strict=True)]
    turns = [body for role, body in sections if role == "turn"]
    if not sections or sections[0][0] != "system" or len(turns) != 1:
        raise ValueError(f"prompt {name!r} needs '# system' first and one '# turn'")
    return Prompt(tuple(s for s in sections if s[0] != "turn"), turns[0])
