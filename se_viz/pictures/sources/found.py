"""Files that were found, before they get their names, classes and checks."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from se_viz.pictures.labels.names import Parts
from se_viz.pictures.limits import Limits, megabytes
from se_viz.pictures.records import Remark, Skipped

LEFT_BEHIND = "Left out, as a hidden file or one that systems leave behind."
# What reading raises when a file is gone, locked or damaged.
UNREADABLE = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)


@dataclass(frozen=True, eq=False)
class FileGroup:
    """What was handed in as one: a folder, a ZIP, or files on their own.

    name: of the folder or ZIP, "" for files. given: how many of the first folders of its files were
    handed in as such: 1 for a folder on disk, else 0. zipped: whether it is a ZIP. alone: whether
    its files were given one by one, from different folders. home: where it lies among all that was
    handed in, its own name last.
    """

    name: str = ""
    given: int = 0
    zipped: bool = False
    alone: bool = False
    home: Parts = ()


@dataclass(frozen=True)
class FoundFile:
    """A file that may be a picture.

    parts: cleaned folders and file name. size: announced bytes, -1 if unknown. fetch(n): its first
    n bytes at most. group: what it was handed in with. written: the folders as they are written,
    in whatever form of Unicode.
    """

    parts: Parts
    size: int
    fetch: Callable[[int], bytes] = field(repr=False)
    group: FileGroup
    written: Parts = ()


def left_behind(files: Sequence[Parts]) -> Iterator[Remark]:
    """Hidden files and what systems leave behind: they are no pictures, but they are counted."""
    if files:
        yield Remark("/".join(files[0]), LEFT_BEHIND, len(files))


def within(
    found: Iterable[FoundFile | Skipped | Remark], limits: Limits
) -> Iterator[FoundFile | Skipped | Remark]:
    """As many files as one upload may hold; one `Skipped` at the end stands for the others."""
    files, size = 0, 0
    left: list[FoundFile] = []
    for item in found:
        if isinstance(item, FoundFile) and item.size <= limits.file_bytes:
            files, size = files + 1, size + max(item.size, 0)
            if files > limits.upload_files or size > limits.upload_bytes:
                left.append(item)
                continue
        yield item
    if left:
        yield _left_out(left, limits)


def _left_out(left: list[FoundFile], limits: Limits) -> Skipped:
    name = "/".join(left[0].parts)
    who = f"{name} was" if len(left) == 1 else f"{name} and {len(left) - 1:,} more were"
    most = f"{limits.upload_files:,} files and {megabytes(limits.upload_bytes)} unpacked"
    return Skipped(name, f"{who} left out, since one upload may hold {most} at most.", len(left))
