"""Files and folders that a command line names: one that is not there is a mistake of typing."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from se_viz.files import unread
from se_viz.nets import own

NONE = "none"
"""What `--labels` takes for no list."""
FILES = ("labels", "classes", "like", "profile")
"""Options that take a file, and no folder."""


def refuse_missing(choice: argparse.Namespace) -> None:
    """Raises ValueError where nothing lies at a path that is read, or a folder in a file's place.

    A link to nowhere lies there: nobody types it, and it is told with the other pictures.
    """
    for name, path in _named(choice):
        try:
            os.lstat(path)
        except OSError as error:
            raise ValueError(f"{path} {unread(error)}") from error
        if name in FILES and path.is_dir():
            raise ValueError(f"{path} is a folder, not a file.")


def read_paths(choice: argparse.Namespace) -> Iterator[Path]:
    """Every file and folder that the command reads."""
    return (path for _, path in _named(choice))


def _named(choice: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    """The paths among the options, with the names of these."""
    if own.is_own(getattr(choice, "model", "")):
        yield "model", Path(choice.model)
    for name, value in vars(choice).items():
        values = value if isinstance(value, list) else [value]
        found = [path for path in values if isinstance(path, Path) and name != "out"]
        yield from ((name, path) for path in found if (name, str(path)) != ("labels", NONE))
