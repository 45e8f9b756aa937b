"""The candidate's own editor on a private temporary file. No shell reads any of it; the file is gone afterwards."""

import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from interviewer.errors import BadInput


@dataclass(frozen=True)
class Edited:
    """What the editor left. `fault` is a sentence about what went wrong, "" where nothing did."""

    text: str
    fault: str = ""


def edit(text: str, name: str) -> Edited:
    """Open the editor on `text` and wait for it. Raises BadInput where no editor is set or it cannot be started."""
    command = _command()
    # A folder rather than a file: editors put backups and swap files beside what they edit.
    with TemporaryDirectory(prefix="interviewer-") as private:
        file = Path(private) / f"{name}.py"
        file.touch(mode=0o600)
        file.write_bytes(text.encode())
        status = _wait_for([*command, str(file)])
        try:
            saved = file.read_bytes()
        except OSError as fault:
            return Edited(text, f"The editor left no file to read ({fault.strerror}); your draft is as it was.")
    left = saved.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if status == 0:
        unread = "\N{REPLACEMENT CHARACTER}" in left
        return Edited(left, "What was not UTF-8 in the file stands as \N{REPLACEMENT CHARACTER} now." if unread else "")
    # Whatever was saved before the editor failed is work of the candidate's; an empty file is a broken write.
    kept = left if left.strip() else text
    how = f"ended with status {status}" if status > 0 else f"was killed by signal {-status}"
    as_it = "as it was" if kept == text else "as you last saved it there"
    return Edited(kept, f"The editor {command[0]!r} {how}; your draft is kept {as_it}.")


def _command() -> list[str]:
    """The words of $VISUAL or $EDITOR."""
    for name in ("VISUAL", "EDITOR"):
        value = os.environ.get(name, "").strip()
        if not value:
            continue
        try:
            return shlex.split(value)
        except ValueError as fault:
            raise BadInput(f"${name} is {value}, which cannot be read ({fault}); mend it and start again") from fault
    raise BadInput(
        "no editor is named: set EDITOR, for example to nano, before you start; "
        "for now you can type your code between two lines of ```, which submits it"
    )


def _wait_for(command: list[str]) -> int:
    try:
        process = subprocess.Popen(command)  # noqa: S603, the words of the candidate's own setting
    except OSError as fault:
        raise BadInput(
            f"the editor {command[0]!r} cannot be started ({fault.strerror or fault}); "
            "your draft is kept, so set EDITOR to one that is installed"
        ) from fault
    with process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                # Ctrl-C reaches the editor as well, and it is for the editor to say what that means.
                continue
