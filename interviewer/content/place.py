"""Where rubrics and corpus stand: inside the installed package, at the top of a checkout, or where the user says."""

from pathlib import Path

from interviewer.errors import ContentError

_PARTS = ("rubrics", "corpus")


def shipped() -> Path:
    """The folder that holds `rubrics/` and `corpus/`. Raises ContentError when neither place has them."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "data", package.parent):
        if all((folder / part).is_dir() for part in _PARTS):
            return folder
    raise ContentError("the folders rubrics/ and corpus/ were not found; install the package again")


def chosen(folder: Path) -> Path:
    """`folder`, if it can be loaded from. Raises ContentError naming what it lacks."""
    if not folder.is_dir():
        raise ContentError(
            f"INTERVIEWER_CONTENT: {folder} is no folder; name one that holds rubrics/ and corpus/, or unset it"
        )
    for part in _PARTS:
        if not (folder / part).is_dir():
            raise ContentError(
                f"INTERVIEWER_CONTENT: {folder} has no folder {part}/; make one with the files of docs/content.md"
            )
    return folder
