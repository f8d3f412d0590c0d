"""ZIPs from outside, opened with care: no long list, no bomb, no packing that unpacks unbounded."""

from __future__ import annotations

import weakref
import zipfile
from typing import Any, BinaryIO, cast

ENCRYPTED = 0x1  # flag bit of an entry
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those that unpack in bounded steps
SMALL = 4 * 2**20  # bytes; what unpacks to no more may be packed as well as it likes


class TooLongError(Exception):
    """The list of contents of a ZIP is longer than allowed."""


class Guard:
    """A file that refuses to read long lists: `ZipFile` takes them into memory as a whole.

    Args:
        handle: an open, seekable file.
        most: bytes of its list of contents.
        owned: whether the file is closed when this is forgotten.
    """

    def __init__(self, handle: BinaryIO, most: int, owned: bool = False) -> None:
        self._handle = handle
        self._most: int | None = most
        if owned:
            weakref.finalize(self, handle.close)

    def open(self) -> zipfile.ZipFile:
        """The ZIP in it; whatever `ZipFile` raises passes through.

        Raises:
            TooLongError: where its list of contents is longer than allowed.
        """
        archive = zipfile.ZipFile(cast(BinaryIO, self))
        self._most = None
        return archive

    def read(self, count: int = -1) -> bytes:
        if self._most is not None and count > self._most:
            raise TooLongError
        return self._handle.read(count)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handle, name)


def is_locked(entry: zipfile.ZipInfo) -> bool:
    """Whether it takes a password."""
    return bool(entry.flag_bits & ENCRYPTED)


def is_bomb(entry: zipfile.ZipInfo, ratio: float) -> bool:
    """Whether it unpacks to more than `ratio` times what is packed, and to more than a little."""
    return entry.file_size > SMALL and entry.file_size > ratio * max(entry.compress_size, 1)
