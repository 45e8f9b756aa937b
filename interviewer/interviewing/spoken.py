"""A question as it is put: its words, and below them the options of an item or the page of a problem."""

from interviewer.domain.question import Problem, Question, letter

_SHAPES = {  # how the examples are to be read
    "tree": "Below, a tree is written level by level, with `None` where a child is missing.",
    "linked_list": "Below, a linked list is written as the list of its values.",
}


def spoken(question: Question) -> str:
    """The question as it is put: below the spoken words stand an item's options, or a problem's page."""
    if question.options:
        lettered = (f"- **{letter(place)}.** {option.text}" for place, option in enumerate(question.options))
        return "\n".join((question.text, "", *lettered))
    if not isinstance(question, Problem):
        return question.text
    shown = "\n".join(
        f"- `{_call(question, e.args)}` gives `{e.returns!r}`" + (f" ({e.why})" if e.why else "")
        for e in question.examples
    )
    given = f"{question.given.strip()}\n\n\n" if question.given.strip() else ""
    code = f"```python\n{given}{question.signature}\n```"
    shapes = " ".join(told for shape, told in _SHAPES.items() if shape in (*question.takes, question.gives))
    parts = (question.text, f"**{question.title}**", question.statement, code, shapes, shown)
    return "\n\n".join(part for part in parts if part)


def _call(problem: Problem, args: tuple[object, ...]) -> str:
    return f"{problem.function}({', '.join(repr(a) for a in args)})"
