"""A mock interviewer for Amazon's Machine Learning Engineer loop.

A *principle* or a technical round has a *rubric*: *criteria* with anchors, resting on *signals*, each with *probes*.
A *loop* is a plan of *rounds*, each with a *persona*, questions and principles, one of them secretly the Bar Raiser's.
An *interview* is the fold of its *events*; an opening question with its follow-ups is a *thread* of *turns*.
What a candidate's words show is *evidence*, quote by quote; evidence becomes *verdicts*, a *vote* and a *scorecard*.
The rubric decides, the model speaks.
"""


def version() -> str:
    """The installed version; the import is kept out of `interviewer --help`."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("interviewer")
    except PackageNotFoundError:
        return "0.1.0"
