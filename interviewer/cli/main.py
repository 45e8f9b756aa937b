"""Options and exit codes. What a command does is in `commands` and `chat`, imported only when it runs."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from interviewer.errors import BadInput, InterviewerError

_LEVELS = ("L4", "L5", "L6")


@contextmanager
def _model(chosen: str | None) -> Iterator[None]:
    """The model of the option in place of the environment's, while a command runs."""
    before = os.environ.get("INTERVIEWER_MODEL")
    if chosen is not None:
        os.environ["INTERVIEWER_MODEL"] = chosen
    try:
        yield
    finally:
        if before is not None:
            os.environ["INTERVIEWER_MODEL"] = before
        elif chosen is not None:
            del os.environ["INTERVIEWER_MODEL"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    args = _parser().parse_args(argv)
    from interviewer.cli import commands

    try:
        with _model(args.model):
            status: int = getattr(commands, args.run)(args)
        return status
    except BadInput as fault:
        print(f"interviewer: {fault}", file=sys.stderr)
        return 2
    except InterviewerError as fault:
        print(f"interviewer: {fault}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output has gone; pointing stdout elsewhere keeps Python's own shutdown quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="interviewer",
        description="A mock interviewer for Amazon's Machine Learning Engineer loop. Not affiliated with Amazon.",
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--model", metavar="NAME", help="'none' does without a language model; else a remote model's name"
    )
    shared.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, help_text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_text, description=help_text, parents=[shared])
        command.set_defaults(run=name)
        return command

    serve = add("serve", "open the web page")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (default 7860)")
    serve.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")

    _loop_options(add("chat", "an interview in the terminal"))

    simulate = add("simulate", "play a whole loop with a scripted candidate")
    simulate.add_argument("--candidate", required=True, metavar="FILE.yaml", help="who answers, and what")
    simulate.add_argument("--out", required=True, metavar="DIR", help="folder for transcript.json and the scorecard")
    _loop_options(simulate)

    grade = add("grade", "a scorecard for transcripts made anywhere")
    grade.add_argument("transcripts", nargs="+", metavar="TRANSCRIPT.json")
    grade.add_argument("--judge", choices=("rules", "both"), default="rules", help="who judges (default: rules)")

    probe = add("probe", "the next move after a transcript's last candidate turn")
    probe.add_argument("transcripts", nargs="+", metavar="TRANSCRIPT.json")

    ingest = add("ingest", "add your own guides (txt, md, pdf, html, docx) to the library")
    ingest.add_argument("paths", nargs="+", metavar="PATH")

    search = add("search", "ask the library")
    search.add_argument("queries", nargs="+", metavar="QUERY")
    search.add_argument("-k", type=int, default=5, metavar="N", help="passages for each query (default 5)")

    code = add("code", "run a solution of a coding problem in the sandbox")
    code.add_argument("problem", metavar="PROBLEM", help="the problem's id, such as two-sum")
    code.add_argument("solution", metavar="SOLUTION.py", help="a file with the function of that name")

    _evaluate_options(add("evaluate", "how far the judgement can be trusted, measured on your files"))

    sessions = add("sessions", "stored interviews")
    sessions.add_argument("action", nargs="?", choices=("list", "show", "export", "delete"), default="list")
    sessions.add_argument("id", nargs="?", help="which interview")
    sessions.add_argument("--out", metavar="FILE", help="export into this file instead of stdout")
    return parser


def _evaluate_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=("grader", "signals", "probes", "attacks"), help="what is measured")
    command.add_argument("files", nargs="+", metavar="FILE", help="grader: a CSV; attacks: answers, then payloads")
    command.add_argument("--out", metavar="FILE.csv", help="grader: write the score of every answer here")
    command.add_argument("--judge", choices=("rules", "both"), default="rules", help="attacks, signals: who judges")


def _loop_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--preset", metavar="LOOP", help="full, onsite, express, drill, or a loop of your own content folder"
    )
    command.add_argument("--round", dest="kind", metavar="KIND", help="only this round of the loop")
    command.add_argument("--principle", metavar="ID", help="drill this Leadership Principle")
    command.add_argument("--topic", metavar="TEXT", default="", help="drill this topic, or prefer questions near it")
    command.add_argument("--level", choices=_LEVELS, default="L5", help="the level interviewed for (default L5)")
    command.add_argument("--seed", type=int, default=None, metavar="N", help="the same number gives the same loop")


if __name__ == "__main__":
    sys.exit(main())
