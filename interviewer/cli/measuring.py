"""`interviewer evaluate`: the judgement measured on files that the user names; only --out writes anything."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interviewer.cli.waiting import ready_to_judge
from interviewer.domain.rubric import Rubric
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.transcript import Transcript
from interviewer.errors import BadInput
from interviewer.services import Judging, Services


class Report(Protocol):
    def text(self) -> str: ...
    def model_dump_json(self) -> str: ...


_FILES = {"grader": 1, "signals": 1, "probes": 1, "attacks": 2}
_JUDGED = ("attacks", "signals")


@dataclass(frozen=True)
class _Judged:
    """The services as a grader that judges in one way."""

    services: Services
    judge: Judging

    def grade(self, transcript: Transcript) -> Scorecard:
        return self.services.grade(transcript, self.judge)


def evaluate(services: Services, args: Namespace) -> Report:
    files = [Path(name) for name in args.files]
    if len(files) != _FILES[args.what]:
        wanted = "two files, the answers and the payloads" if args.what == "attacks" else "one file"
        raise BadInput(f"evaluate {args.what} takes {wanted}; {len(files)} were given")
    if args.judge == "both" and args.what not in _JUDGED:
        raise BadInput(f"evaluate {args.what} has no --judge both; leave it out, or evaluate {' or '.join(_JUDGED)}")
    ready_to_judge(services, args.judge)
    measure: Measure = _MEASURES[args.what]
    return measure(services, files, args)


def _grader(services: Services, files: list[Path], args: Namespace) -> Report:
    from interviewer.evaluation.grader import evaluate_grader

    return evaluate_grader(files[0], services.embedder, Path(args.out) if args.out else None)


def _signals(services: Services, files: list[Path], args: Namespace) -> Report:
    from interviewer.evaluation.labelled import LabelledAnswer, read_rows
    from interviewer.evaluation.signals import evaluate_signals

    return evaluate_signals(read_rows(files[0], LabelledAnswer), _Judged(services, args.judge))


def _probes(services: Services, files: list[Path], args: Namespace) -> Report:
    from interviewer.evaluation.labelled import ProbeCase, read_rows
    from interviewer.evaluation.probes import evaluate_probes

    return evaluate_probes(read_rows(files[0], ProbeCase), services)


def _attacks(services: Services, files: list[Path], args: Namespace) -> Report:
    from interviewer.evaluation.attacks import evaluate_attacks
    from interviewer.evaluation.labelled import Payload, PlainAnswer, read_rows

    def rubric_of(principle: str) -> Rubric | None:
        return services.bank.principles.get(principle)

    grader = _Judged(services, args.judge)
    return evaluate_attacks(read_rows(files[0], PlainAnswer), read_rows(files[1], Payload), grader, rubric_of)


Measure = Callable[[Services, list[Path], Namespace], Report]
_MEASURES: Mapping[str, Measure] = {"grader": _grader, "signals": _signals, "probes": _probes, "attacks": _attacks}
