"""YAML files to domain values; whatever is wrong is reported as file, line, field and what to do.

Not covered: several documents in one file, and YAML tags other than the plain ones.
"""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from interviewer.errors import ContentError

Model = TypeVar("Model", bound=BaseModel)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlFile:
    """A parsed file that remembers on which line each value stands."""

    def __init__(self, path: Path, shown_as: str | None = None) -> None:
        self.path = path
        self.shown_as = shown_as or str(path)
        try:
            self._root, self.data = _parsed(read_text(path, self.shown_as))
        except yaml.YAMLError as fault:
            line, problem = _of_yaml(fault)
            raise ContentError(f"{self.shown_as}:{line}: not valid YAML: {problem}") from fault
        self._refuse_repeated_keys(self._root)

    def parse(self, model: type[Model], data: Any = None, at: tuple[str | int, ...] = ()) -> Model:
        """Validate `data` (default: the whole file), which stands at `at` in the file."""
        try:
            return model.model_validate(self.data if data is None else data)
        except ValidationError as fault:
            first = fault.errors()[0]
            raise self.fault((*at, *first["loc"]), _plain(first)) from fault

    def fault(self, at: tuple[str | int, ...], what: str) -> ContentError:
        field = ".".join(str(part) for part in at) or "the file"
        return ContentError(f"{self.shown_as}:{self._line(at)}: {field}: {what}")

    def _line(self, at: tuple[str | int, ...]) -> int:
        """The line of the deepest part of `at` that the file has."""
        node, line = self._root, 1
        for part in at:
            child = None
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if str(key.value) == str(part):
                        child, line = value, key.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                child = node.value[part]
                line = child.start_mark.line + 1
            if child is None:
                break
            node = child
        return line

    def _refuse_repeated_keys(self, node: Any) -> None:
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    line = key.start_mark.line + 1
                    raise ContentError(f"{self.shown_as}:{line}: {key.value}: stands twice; keep one of them")
                seen.add(key.value)
                self._refuse_repeated_keys(value)
        elif isinstance(node, yaml.SequenceNode):
            for child in node.value:
                self._refuse_repeated_keys(child)


def read_text(path: Path, shown_as: str) -> str:
    """A content file's text, with or without the mark that some editors put first; ContentError if it is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as fault:
        raise ContentError(f"{shown_as}: is missing; add it, docs/content.md says what it holds") from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise ContentError(f"{shown_as}: cannot be read ({fault}); it must be a UTF-8 text file") from fault


# What the parser says of the mistakes that are made most, and what to look for in their place.
_SLIPS = {
    "mapping values are not allowed": "a text with ': ' in it needs quotation marks, or the line is indented wrongly",
    "did not find expected '-' indicator": "this line is indented otherwise than those of its list",
    "did not find expected key": "the line is indented wrongly, or a quotation mark is missing here or further up",
    "did not find expected ',' or": "a bracket is not closed, or a text in it needs quotation marks",
    "tab character": "there is a tab; use spaces, two a level",
    "cannot start any token": "a tab, or a text that begins with %, @ or ` and needs quotation marks",
    "unexpected end of stream": "a quotation mark is opened here and never closed",
    "block sequence entries are not allowed": "a text that begins with { or [ needs quotation marks",
}


def _of_yaml(fault: yaml.YAMLError) -> tuple[int, str]:
    """The line to look at and what is wrong there, in words for somebody who knows no YAML."""
    said = getattr(fault, "problem", None) or str(fault).splitlines()[0]
    # Of a text that never ends, the parser notices only the end of the file.
    unended = "end of stream" in said and getattr(fault, "context_mark", None)
    mark = fault.context_mark if unended else getattr(fault, "problem_mark", None)  # type: ignore[attr-defined]
    plain = next((meant for part, meant in _SLIPS.items() if part in said), None)
    return mark.line + 1 if mark else 1, f"{plain} ({said})" if plain else said


def _parsed(text: str) -> tuple[Any, Any]:
    """The nodes with their lines, and the plain values made of them; a safe loader, parsing once."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def _plain(error: Any) -> str:
    match error["type"]:
        case "missing":
            return "is missing; add it"
        case "extra_forbidden":
            return "is not a known field; correct its spelling or remove it"
        case "value_error":
            return str(error["ctx"]["error"])
        case kind:
            wanted = _WANTED.get(kind) or f"{error['msg'][0].lower()}{error['msg'][1:]}"
            return f"{wanted} (found {repr(error['input'])[:60]})"


# In place of what the validator says of its own types.
_WANTED = {
    "string_type": "has to be a text; put quotation marks round it",
    "string_pattern_mismatch": "is no id; use lower-case letters and figures, words joined by - or _",
    "float_parsing": "has to be a number, such as 2 or 1.5",
    "int_parsing": "has to be a whole number",
    "tuple_type": "has to be a list, [a, b] or a line with - for each",
    "dict_type": "has to hold fields, a line `name: value` for each",
    "model_type": "has to hold fields, a line `name: value` for each",
}
