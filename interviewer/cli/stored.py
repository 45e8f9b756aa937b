"""`interviewer sessions`: stored interviews listed, shown, exported, deleted."""

import json
from pathlib import Path

from interviewer.domain.interview import Interview
from interviewer.errors import BadInput
from interviewer.report.markdown import kind_name
from interviewer.services import Services


def listing(services: Services, as_json: bool) -> int:
    rows = []
    for identifier, first, last in services.titles():
        interview = services.interviews.view(identifier)
        rows.append(
            {
                "id": identifier,
                "preset": first.plan.preset,
                "level": first.plan.level,
                "title": first.title,
                "last": last,
                "rounds": f"{len(interview.rounds)}/{len(first.plan.rounds)}",
                "ended": interview.ended,
            }
        )
    if as_json:
        print(json.dumps(rows))
        return 0
    for row in rows:
        state = f"ended ({row['ended']})" if row["ended"] else f"round {row['rounds']}"
        print(f"{row['id']}  {str(row['last'])[:16]}  {row['preset']} {row['level']}  {state}  {row['title']}")
    if not rows:
        print("No interview is stored yet. `interviewer chat` begins one.")
    return 0


def show(services: Services, identifier: str, as_json: bool) -> int:
    interview = services.interviews.view(identifier)
    if as_json:
        print(interview.transcript().model_dump_json())
        return 0
    for line in _lines(interview):
        print(line)
    return 0


def export(services: Services, identifier: str, out: Path | None) -> int:
    text = services.interviews.view(identifier).transcript().model_dump_json(indent=1)
    if out is None:
        print(text)
        return 0
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise BadInput(f"{out}: cannot be written ({fault.strerror}); choose another file with --out") from fault
    print(f"written to {out}")
    return 0


def delete(services: Services, identifier: str, as_json: bool) -> int:
    services.store.delete(identifier)
    print(json.dumps({"deleted": identifier}) if as_json else f"{identifier} is deleted")
    return 0


def _lines(interview: Interview) -> list[str]:
    lines = []
    for place, held in enumerate(interview.rounds):
        lines.append(f"--- Round {place + 1}: {kind_name(held.plan.kind)}")
        lines += [f"{'Interviewer' if t.speaker == 'interviewer' else 'You'}: {t.text}\n" for t in held.turns]
    return lines
