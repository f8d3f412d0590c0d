"""What goes in and out of this floor: sources, pictures, and what was skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from se_viz.pictures.options import PictureOptions

if TYPE_CHECKING:
    from se_viz.pictures.sources.first_look import Look

BY_FOLDER, BY_LIST, BY_NAME, BY_GUESS = "folder", "list", "file name", "prediction"
BY_NOBODY = "nobody"
"""Where the class of a picture comes from; a network that makes no predictions leaves it open."""


class PictureError(Exception):
    """A picture that cannot be used; its text is one sentence that names the file."""


AMOUNT = "{amount}"


@dataclass(frozen=True)
class Remark:
    """What a person should know of how a file was read: nothing was lost, something was decided.

    name: of the file. text: one sentence without the file's name, the same for files alike, so
    that remarks of many files can be told as one. count: how many files it is of. amount: what
    stands for AMOUNT in the text, summed up where it is told of many. idle: whether it says only
    that what a person chose changed nothing.
    """

    name: str
    text: str
    count: int = 1
    amount: int = 0
    idle: bool = False


@dataclass(frozen=True)
class Source:
    """One file that should be a picture, not read yet.

    name: shown to people, unique within one gathering. label: its class, or None. by: where that
    comes from.
    read: returns the file's bytes, at most `Limits.file_bytes`; raises PictureError.
    path: the cleaned path with folders, for display only. size: bytes as announced, -1 if unknown.
    options: how it is to be read. look: at all files that it was handed in with.
    page: which of several in its file it is, from 1; None where `options` say that. file: the
    file's SHA-256 in hexadecimal, where it is known. place: `path` below the ZIP that it is in,
    which tells files of one name in different gatherings apart.
    """

    name: str
    label: str | None
    read: Callable[[], bytes] = field(repr=False)
    path: str = ""
    size: int = -1
    options: PictureOptions = field(default_factory=PictureOptions, repr=False)
    by: str = BY_FOLDER
    look: Look | None = field(default=None, repr=False, compare=False)
    page: int | None = None
    file: str = ""
    place: str = ""


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture as the network sees it.

    digest: tells it from others, in hexadecimal: the SHA-256 of its file, or of that and its page.
    model_input: uint8 (size, size, 3), RGB, read-only.
    thumbnail: JPEG bytes of the whole picture, longest side 128 pixels; empty when not asked for.
    width, height: pixels of the whole picture, upright.
    remarks: what to know of how it was read. by: where its label comes from.
    options: how it is read in the same way again, whatever lies beside it then.
    file: SHA-256 of the file's bytes. page: which of several in it, from 1; None for the only one.
    place: as of its source.
    """

    name: str
    label: str | None
    digest: str
    model_input: np.ndarray
    thumbnail: bytes = field(repr=False)
    width: int
    height: int
    remarks: tuple[Remark, ...] = ()
    by: str = BY_FOLDER
    options: PictureOptions = field(default_factory=PictureOptions, repr=False)
    file: str = ""
    page: int | None = None
    place: str = ""


@dataclass(frozen=True)
class Skipped:
    """A file that was left out; `reason` is one sentence that names it.

    count: how many files it stands for. parts: folders and name of the one, where they are known,
    so that two of one name can be told apart; `reason` begins with `name` then.
    """

    name: str
    reason: str
    count: int = 1
    parts: tuple[str, ...] = field(default=(), repr=False, compare=False)


def count_files(items: Iterable[Source | Skipped | Remark]) -> int:
    """How many files were found: what is only to be said of them is none."""
    return sum(not isinstance(item, Remark) for item in items)


@dataclass(frozen=True)
class Earlier:
    """A picture that came before: its name, the class it was given, if any, and its place."""

    name: str
    label: str | None
    place: str = ""


@dataclass(frozen=True)
class Repeat(Skipped):
    """A picture that came before, byte for byte, under another class.

    digest: SHA-256 of its bytes, in hexadecimal. label: the class that it has here. holds: the one
    under which it counts; None where it has none of its own.
    """

    digest: str = ""
    label: str = ""
    holds: str | None = None
