"""What goes in and out of this floor: sources, pictures, and what was skipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from se_viz.pictures.options import PictureOptions

if TYPE_CHECKING:
    from se_viz.pictures.look import Look

BY_FOLDER, BY_LIST, BY_NAME = "folder", "list", "file name"
"""Where the class of a picture comes from."""


class PictureError(Exception):
    """A picture that cannot be used; its text is one sentence that names the file."""


@dataclass(frozen=True)
class Remark:
    """What a person should know of how a file was read: nothing was lost, something was decided.

    name: of the file. text: one sentence without the file's name, the same for files alike, so
    that remarks of many files can be told as one. count: how many files it is of.
    """

    name: str
    text: str
    count: int = 1


@dataclass(frozen=True)
class Source:
    """One file that should be a picture, not read yet.

    name: shown to people, unique within one gathering. label: its class, or None. by: where that
    comes from.
    read: returns the file's bytes, at most `Limits.file_bytes`; raises PictureError.
    path: the cleaned path with folders, for display only. size: bytes as announced, -1 if unknown.
    options: how it is to be read. look: at all files that it was handed in with.
    """

    name: str
    label: str | None
    read: Callable[[], bytes] = field(repr=False)
    path: str = ""
    size: int = -1
    options: PictureOptions = field(default_factory=PictureOptions, repr=False)
    by: str = BY_FOLDER
    look: Look | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture as the network sees it.

    digest: SHA-256 of the file's bytes, in hexadecimal.
    view: uint8 (size, size, 3), RGB, read-only.
    thumbnail: JPEG bytes of the whole picture, longest side 128 pixels; empty when not asked for.
    width, height: pixels of the whole picture, upright.
    remarks: what to know of how it was read. by: where its label comes from.
    options: how it is read in the same way again, whatever lies beside it then.
    """

    name: str
    label: str | None
    digest: str
    view: np.ndarray
    thumbnail: bytes = field(repr=False)
    width: int
    height: int
    remarks: tuple[Remark, ...] = ()
    by: str = BY_FOLDER
    options: PictureOptions = field(default_factory=PictureOptions, repr=False)


@dataclass(frozen=True)
class Skipped:
    """A file that was left out; `reason` is one sentence that names it.

    count: how many files it stands for.
    """

    name: str
    reason: str
    count: int = 1
