"""Files that were given one by one, and the folders they lie in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from se_viz.pictures.decoding.decode import SUFFIXES
from se_viz.pictures.labels.names import Parts, class_name, file_name
from se_viz.pictures.sources.found import FileGroup


class Alone:
    """Files among the paths that were given.

    Their folders may name their classes where they lie in different ones, or where a person says
    which level does. Files of one folder come without it.
    """

    def __init__(self, paths: Sequence[Path], level: int | None) -> None:
        files = [path for path in paths if path.is_file() and path.suffix.lower() != ".zip"]
        own = {path: os.path.dirname(os.path.abspath(path)) for path in files}
        pictures = {own[path] for path in files if path.suffix.lower() in SUFFIXES}
        told = len(pictures) > 1 or level is not None
        self._root = _root(list(own.values()))
        self._top = _root([os.path.dirname(os.path.abspath(path)) for path in paths])
        self._folders = own if told else {}
        self.group = FileGroup(given=1, alone=True) if told else FileGroup()

    def parts(self, path: Path) -> Parts:
        """Folders, from the one that holds all on, and name of a file."""
        name = file_name(path.name) or "unnamed"
        return (*self._below(self._folders[path]), name) if path in self._folders else (name,)

    def place(self, path: Path) -> Parts:
        """Where a path lies among all that were given, to tell it from others of its name."""
        folder, name = os.path.split(os.path.abspath(path))
        return (*_below(self._top, folder), file_name(name) or "unnamed")

    def _below(self, folder: str) -> Parts:
        return _below(self._root, folder)


def _below(root: str, folder: str) -> Parts:
    if not root:
        return (_named(folder),)
    return (_named(root), *map(class_name, Path(os.path.relpath(folder, root)).parts))


def _named(folder: str) -> str:
    return class_name(os.path.basename(folder)) or "unnamed"


def _root(folders: Sequence[str]) -> str:
    """The deepest folder that holds all of them; "" where they lie on different drives."""
    try:
        return os.path.commonpath(folders)
    except ValueError:
        return ""
