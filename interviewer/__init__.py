"""A mock interviewer for Amazon's Machine Learning Engineer loop.

A *principle* or a technical round has a *rubric*: *criteria* with anchors, resting on *signals*, each with *probes*.
A *loop* is a plan of *rounds*, each with a *persona*, questions and principles, one of them secretly the Bar Raiser's.
An *interview* is the fold of its *events*; an opening question with its follow-ups is a *thread* of *turns*.
What a candidate's words show is *evidence*, quote by quote; evidence becomes *verdicts*, a *vote* and a *scorecard*.
The rubric decides, the model speaks.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("interviewer")
except PackageNotFoundError:
    __version__ = "0.1.0"
