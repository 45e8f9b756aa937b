"""The top of the page: the name, and where answers go, how far the model is, or why there is none."""

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewer.llm.model import ModelStatus

_HERE = "Everything stays on this machine."


def settled(status: "ModelStatus") -> bool:
    """Whether nothing is going on that would change the line."""
    return status.state not in ("fetching", "loading")


def banner_html(status: "ModelStatus") -> str:
    host = status.remote_host
    where = f"Answers are sent to {escape(host)}." if host else _HERE
    return (
        '<div class="top"><div class="brand"><b>Interviewer</b><span>a mock MLE loop</span></div>'
        f'<div class="banner {status.state}{" remote" if host else ""}" role="status"><b>{where}</b> '
        f"<span>{_model(status)}</span>{_bar(status)}</div></div>"
    )


def _model(status: "ModelStatus") -> str:
    detail = escape(status.detail)
    match status.state:
        case "ready":
            return detail or "The model is ready."
        case "fetching" | "loading":
            doing = "The model is being fetched" if status.state == "fetching" else "The model is loading"
            return f"{doing}; until then the interviewer speaks in the rubric's own words. {detail}"
        case "failed":
            return f"The interviewer speaks in the rubric's own words. {detail}"
        case _:
            return detail or "No language model: the interviewer speaks in the rubric's own words."


def _bar(status: "ModelStatus") -> str:
    if status.state not in ("fetching", "loading"):
        return ""
    share = status.progress
    value = f' value="{share:.3f}"' if share is not None else ""
    return f'<progress max="1"{value} aria-label="Model"></progress>'
