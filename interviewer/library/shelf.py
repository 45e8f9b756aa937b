"""The user's own files, kept as plain copies, so that the index can be thrown away and made again at any time.

A file that the user puts into the folder or deletes from it by hand is noticed when the library is opened next.
"""

import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from interviewer.errors import BadInput, LibraryUnavailable
from interviewer.library.documents import Document
from interviewer.library.readers import OFFERED, read, readable

log = logging.getLogger(__name__)


class Found(NamedTuple):
    """A file to ingest. `named` tells whether the user named it, or a folder above it."""

    path: Path
    named: bool


class Shelf:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def stamps(self) -> dict[str, str]:
        """File name -> what changes when the file does."""
        return {path.name: _stamp(path) for path in self._files()}

    def read(self, names: Iterable[str]) -> Iterator[Document]:
        """The kept files as documents. One that cannot be read any more is passed over, and the log says so."""
        for name in sorted(names):
            try:
                yield read(self.folder / name)
            except BadInput as fault:
                log.warning("left out of the library: %s", fault)

    def keep(self, path: Path, name: str) -> str:
        """Copy a file in under this name, whole or not at all; its stamp."""
        target = self.folder / name
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not (target.exists() and target.samefile(path)):
                part = self.folder / f".{name}.part"
                shutil.copyfile(path, part)
                os.replace(part, target)
            return _stamp(target)
        except OSError as fault:
            raise LibraryUnavailable(
                f"{name} could not be kept in {self.folder} ({fault.strerror}); check free space and permissions"
            ) from fault

    def remove(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return [path for path in sorted(self.folder.iterdir()) if path.is_file() and readable(path)]


def found_in(paths: Iterable[Path]) -> list[Found]:
    """The files to ingest, folders walked. Raises BadInput for a path that is not there or offers nothing."""
    found: dict[Path, Found] = {}
    for path in paths:
        if path.is_dir():
            inside = _walked(path)
            if not inside:
                raise BadInput(f"{path}: holds no {OFFERED} file; give another folder")
            for file in inside:
                found.setdefault(file.resolve(), Found(file, named=False))
        else:
            found[path.resolve()] = Found(path, named=True)
    if not found:
        raise BadInput(f"no file was named; give a {OFFERED} file or a folder of them")
    return list(found.values())


def names_for(files: Iterable[Path]) -> dict[Path, str]:
    """The name each file is cited by: its own, with its folder's where two files of one call share a name."""
    names: dict[Path, str] = {}
    for path in files:
        name, count = path.name, 2
        if name in names.values():
            name = f"{path.stem} ({path.resolve().parent.name}){path.suffix}"
        while name in names.values():
            name = f"{path.stem} ({path.resolve().parent.name} {count}){path.suffix}"
            count += 1
        names[path] = name
    return names


def _walked(folder: Path) -> list[Path]:
    files: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += [path for path in (Path(place) / name for name in sorted(names)) if readable(path)]
    return files


def _stamp(path: Path) -> str:
    about = path.stat()
    return f"{about.st_size}-{about.st_mtime_ns}"
