"""Waiting for the language model: a command has nobody to talk to meanwhile."""

import sys

from interviewer.services import Judging, Services


def wait_for_model(services: Services, otherwise: str = "Going on in the rubric's own words.") -> None:
    """Until the model is ready or has failed, `otherwise` then being said; with no model at all, not a moment."""
    from interviewer.llm.bar import terminal_bar

    services.model.start()
    with terminal_bar() as bar:
        status = services.model.wait(report=bar)
    if status.state == "failed":
        print(f"interviewer: {status.detail} {otherwise}", file=sys.stderr)


def ready_to_judge(services: Services, judge: Judging) -> None:
    """Raises BadInput when the model is to judge and none is set that can."""
    if judge == "both":
        assert services.judge
        wait_for_model(services, "Going on without its judgement.")
