"""What each command does. Every function takes the parsed options and returns the exit status."""

import json
import logging
import os
import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import Any

from interviewer.cli.waiting import ready_to_judge, wait_for_model
from interviewer.domain.loop import LoopPlan
from interviewer.domain.rubric import ROUND_KINDS, RoundKind
from interviewer.domain.transcript import Transcript
from interviewer.errors import BadInput
from interviewer.services import Services


def serve(args: Namespace) -> int:
    from interviewer.settings import Settings

    given = {name: value for name in ("host", "port") if (value := getattr(args, name)) is not None}
    from interviewer.ui.launch import launch

    with closing(Services(Settings(**given))) as services:
        launch(services, open_browser=not args.no_browser)
    return 0


def chat(args: Namespace) -> int:
    from interviewer.cli.chat import converse

    with closing(_services()) as services:
        plan = _plan(services, args, "express")
        return converse(services, plan)


def simulate(args: Namespace) -> int:
    from interviewer.report.markdown import markdown
    from interviewer.simulation.candidate import ScriptedCandidate, read_candidate
    from interviewer.simulation.run import play
    from interviewer.storage.events import EventStore

    script = read_candidate(Path(args.candidate))
    out = _folder(Path(args.out))
    with closing(_services()) as services:
        candidate = ScriptedCandidate(script, services.shipped_solution)
        plan = _plan(services, args, "onsite")
        wait_for_model(services)
        with closing(EventStore("sqlite://")) as store:
            interviews = services.interviews_in(store, simulated=True)
            interview = play(interviews, interviews.start(plan, services.made_with()), candidate)
        transcript = interview.transcript()
        card = services.grade(transcript)
    _write(out / "transcript.json", transcript.model_dump_json(indent=1))
    _write(out / "scorecard.json", card.model_dump_json(indent=1))
    _write(out / "scorecard.md", markdown(card))
    if args.json:
        print(card.model_dump_json())
    else:
        print(f"{len(plan.rounds)} rounds played; decision: {card.decision}. Written to {out}")
    return 0


def grade(args: Namespace) -> int:
    from interviewer.report.markdown import markdown

    transcripts = [_transcript(path) for path in args.transcripts]
    with closing(_services()) as services:
        ready_to_judge(services, args.judge)
        cards = [services.grade(t, args.judge) for t in transcripts]
    if args.json:
        _print_json([c.model_dump(mode="json") for c in cards])
    else:
        print("\n".join(markdown(c) for c in cards))
    return 0


def probe(args: Namespace) -> int:
    transcripts = [_transcript(path) for path in args.transcripts]
    with closing(_services()) as services:
        wait_for_model(services)
        moves = [services.probe(t) for t in transcripts]
    if args.json:
        _print_json([m.model_dump() for m in moves])
    else:
        for move in moves:
            print(f"{move.move}: {move.text}\n  ({move.reason})")
    return 0


def ingest(args: Namespace) -> int:
    with closing(_services()) as services:
        reports = services.library.ingest([Path(p) for p in args.paths])
    if args.json:
        _print_json([r.model_dump() for r in reports], always_list=True)
        return 0
    for report in reports:
        what = (
            report.problem or f"{report.passages} passages{' (replaces the older version)' if report.replaced else ''}"
        )
        print(f"{report.file}: {what}")
    return 0


def search(args: Namespace) -> int:
    fields = ("id", "source", "heading", "text", "score")
    with closing(_services()) as services:
        found = [(q, services.library.search(q, args.k)) for q in args.queries]
    if args.json:
        rows = [{"query": q, "passages": [{f: getattr(h, f) for f in fields} for h in hits]} for q, hits in found]
        print(json.dumps(rows if len(rows) > 1 else rows[0]["passages"], ensure_ascii=False))
        return 0
    for query, hits in found:
        print(f"{query}\n")
        for hit in hits:
            print(f"[{hit.score:.2f}] {hit.source}, {hit.heading}  ({hit.id})\n{hit.text}\n")
        if not hits:
            print("The library is empty.\n")
    return 0


def evaluate(args: Namespace) -> int:
    from interviewer.cli.measuring import evaluate as measure

    with closing(_services()) as services:
        report = measure(services, args)
    print(report.model_dump_json() if args.json else report.text())
    return 0


def code(args: Namespace) -> int:
    from interviewer.cli.code import code as examine

    return examine(args)


def sessions(args: Namespace) -> int:
    from interviewer.cli.stored import delete, export, listing, show

    with closing(_services()) as services:
        if args.action == "list":
            return listing(services, args.json)
        if not args.id:
            raise BadInput(f"sessions {args.action} needs an id; `interviewer sessions list` shows them")
        if args.action == "delete":
            return delete(services, args.id, args.json)
        if args.action == "export":
            return export(services, args.id, Path(args.out) if args.out else None)
        return show(services, args.id, args.json)


def _services() -> Services:
    logging.basicConfig(level=os.environ.get("INTERVIEWER_LOG", "WARNING"), stream=sys.stderr, format="%(message)s")
    return Services()


def _plan(services: Services, args: Namespace, default: str) -> LoopPlan:
    kind = _kind(args.kind)
    drilling = args.principle is not None or (bool(args.topic) and args.preset is None and kind is None)
    preset = args.preset or ("drill" if drilling else services.preset(default))
    seed = args.seed if args.seed is not None else services.next_seed()
    return services.plan(preset, args.level, seed, kind=kind, principle=args.principle, topic=args.topic)


def _kind(name: str | None) -> RoundKind | None:
    if name is None:
        return None
    found = next((k for k in ROUND_KINDS if k == name.replace("-", "_")), None)
    if found is None:
        raise BadInput(f"there is no round {name!r}; choose one of {', '.join(ROUND_KINDS)}")
    return found


def _transcript(path: str) -> Transcript:
    from interviewer.grading.transcript_file import read_transcript

    transcript, warnings = read_transcript(Path(path))
    for warning in warnings:
        print(f"interviewer: {warning}", file=sys.stderr)
    return transcript


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise BadInput(f"{path}: cannot be made ({fault.strerror}); choose another folder with --out") from fault
    return path


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise BadInput(f"{path}: cannot be written ({fault.strerror}); choose another place with --out") from fault


def _print_json(rows: list[Any], always_list: bool = False) -> None:
    print(json.dumps(rows if always_list or len(rows) != 1 else rows[0], ensure_ascii=False))
