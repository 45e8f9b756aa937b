"""What came of a run, as HTML beside the editor and as one line in the conversation.

Everything that a candidate's code produced is escaped. Not here: what may be told of hidden tests
(`interviewing.results`).
"""

from collections import Counter
from html import escape

from interviewer.domain.coding import Examined, TestVerdict
from interviewer.interviewing.results import ResultLine, result_lines, summary
from interviewer.ui.room import Room, Runs

_MOST_PRINTED = 2_000  # characters
_MOST_KINDS = 4  # ways to fail
_MARKS: dict[TestVerdict, str] = {"passed": "✓", "skipped": "–"}
_LEGEND = {
    "run": "Running the examples …",
    "submit": "Running all tests …",
}
_NOTHING = "Run tries your code on the examples; Submit hands it in and tries every test. Both as often as you like."


def results_html(room: Room, told: str = "") -> str:
    """The results panel: a sentence, the tests, what was printed. What is `told` beside it is not said again."""
    if room.running:
        return _panel("running", f'<p class="verdict"><i class="spin"></i>{_LEGEND[room.running]}</p>')
    if room.fault:
        why = "" if room.fault in told else f"<p>{escape(room.fault)}</p>"
        return _panel("not-run", f'<p class="verdict">The code was handed in and not run.</p>{why}')
    if room.result is None:
        return _panel("none", f'<p class="hint">{_NOTHING}</p>')
    return _result(room.result)


def _result(result: Examined) -> str:
    lines = result_lines(result)
    first = next((line for line in lines if line.detail and line.verdict not in ("passed", "skipped")), None)
    examples = "".join(_example(line, unfolded=line is first) for line in lines if line.detail)
    hidden = [line for line in lines if not line.detail]
    state = "passed" if result.passed else "failed"
    mark = "✓" if result.passed else "✗"
    return _panel(
        state,
        f'<p class="verdict"><b aria-hidden="true">{mark}</b>{escape(summary(result))}</p>'
        f"{_note(result.note)}"
        f'<ul class="tests">{examples}</ul>{_hidden(hidden)}{_printed(result.printed)}',
    )


def _note(text: str) -> str:
    return f'<p class="run-note">{escape(text)}</p>' if text else ""


def _example(line: ResultLine, unfolded: bool) -> str:
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in line.detail if value)
    return (
        f'<li class="{line.verdict}"><details{" open" if unfolded else ""}><summary>{_mark(line)}'
        f"<strong>{escape(line.name)}</strong> <span>{escape(line.outcome)}</span></summary>"
        f"<dl>{rows}</dl></details></li>"
    )


def _hidden(lines: list[ResultLine]) -> str:
    """A chip each, and in words how many failed in which way."""
    if not lines:
        return ""
    chips = "".join(
        f'<li class="{line.verdict}" title="{escape(line.name)}: {escape(line.outcome)}">{_mark(line)}'
        f'<span class="number">{escape(line.name.rpartition(" ")[2])}</span>'
        f'<span class="aside">{escape(line.outcome)}</span></li>'
        for line in lines
    )
    failed = Counter(line.outcome for line in lines if line.verdict not in ("passed", "skipped"))
    told = "".join(f"<li>{count} × {escape(outcome)}</li>" for outcome, count in failed.most_common(_MOST_KINDS))
    words = f'<ul class="failed-hidden">{told}</ul>' if failed else ""
    return f'<h4>Hidden tests</h4><ol class="chips">{chips}</ol>{words}'


def _mark(line: ResultLine) -> str:
    return f'<b class="mark" aria-hidden="true">{_MARKS.get(line.verdict, "✗")}</b>'


def _printed(text: str) -> str:
    if not text.strip():
        return ""
    shown = text[:_MOST_PRINTED]
    left = f'<p class="hint">The first {_MOST_PRINTED:,} characters of it.</p>' if len(text) > _MOST_PRINTED else ""
    return f'<details class="printed" open><summary>Printed output</summary><pre>{escape(shown)}</pre>{left}</details>'


def _panel(state: str, body: str) -> str:
    return f'<section class="results {state}" aria-label="Results">{body}</section>'


def note_html(failed: str = "", room: str = "", code: str = "", stamp: str = "") -> str:
    """What is stored of a room's editor, and by its stamp when; `editor.js` compares that with what stands there."""
    stored = f'data-room="{escape(room)}" data-length="{len(code.encode("utf-16-le")) // 2}" data-stamp="{stamp}"'
    if failed:
        return f'<span class="note failed" role="alert">{escape(failed)}</span>'
    return f'<span class="note" role="status" {stored}>{"Saved" if stamp else ""}</span>'


def runs_html(runs: Runs) -> str:
    """What a candidate is told about where code runs, or that it does not."""
    state = "own-rights" if runs.possible else "no-sandbox"
    return f'<p class="limits {state}" role="note">{escape(runs.told)}</p>' if runs.told else ""
