"""Where the shipped rubrics and corpus stand: inside the installed package, or at the top of a checkout."""

from pathlib import Path

from interviewer.errors import ContentError


def shipped() -> Path:
    """The folder that holds `rubrics/` and `corpus/`. Raises ContentError when neither place has them."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "data", package.parent):
        if (folder / "rubrics").is_dir() and (folder / "corpus").is_dir():
            return folder
    raise ContentError("the folders rubrics/ and corpus/ were not found; install the package again")
