"""Directories of tags, as TIFF and others have them, read without unpacking their values."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from se_viz.pictures.decoding.formats.kind import refuse_many

TAGS = 4096  # of one directory; whole catalogues of a camera's settings are some hundred
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 11: 4, 13: 4, 16: 8, 17: 8, 18: 8}
"""Bytes of a value by its type, of those that are single numbers or text."""
REALS = {11: "f", 12: "d"}
BIG = 43  # instead of 42, for files with addresses of eight bytes


class DamagedError(Exception):
    """A directory that does not hold together."""


@dataclass(frozen=True)
class Tag:
    """One tag: the type of its values, how many, and where they stand in the file."""

    type: int
    count: int
    place: int


@dataclass(frozen=True)
class Directory:
    """The tags of a directory by number, and the address of the next directory, 0 for none.

    start: of the file within `data`, from which addresses count. order: as `struct` has it.
    address: where the directory stands. listed: how many tags it lists, also twice.
    """

    data: bytes
    start: int
    order: str
    big: bool
    entries: dict[int, Tag]
    next: int
    address: int = 0
    listed: int = 0

    def __contains__(self, tag: int) -> bool:
        return tag in self.entries

    def number(self, packed: bytes) -> int:
        """An unsigned number in the file's order of bytes."""
        return int.from_bytes(packed, "little" if self.order == "<" else "big")

    def first(self, tag: int, otherwise: int) -> int:
        """The first value of a tag, where it is there and a whole number."""
        entry = self.entries.get(tag)
        if entry is None or entry.type not in SIZES or not entry.count:
            return otherwise
        return self.number(self.data[entry.place : entry.place + SIZES[entry.type]])

    def real(self, tag: int) -> float | None:
        """The first value of a tag as a number, whole or not; None without one."""
        entry = self.entries.get(tag)
        if entry is None or entry.type not in REALS:
            return None if entry is None else float(self.first(tag, 0))
        form = self.order + REALS[entry.type]
        packed = self.data[entry.place : entry.place + struct.calcsize(form)]
        return (
            float(struct.unpack(form, packed)[0]) if len(packed) == struct.calcsize(form) else None
        )

    def count(self, tag: int) -> int:
        """How many values a tag has."""
        return self.entries[tag].count if tag in self.entries else 0

    def bytes_of(self, tag: int) -> bytes:
        """The values of a tag as they stand in the file; raises KeyError."""
        entry = self.entries[tag]
        return self.data[entry.place : entry.place + entry.count * SIZES.get(entry.type, 1)]


def read(data: bytes, start: int = 0) -> Directory:
    """The first directory of a file that begins at `start`; raises DamagedError."""
    order = {b"II": "<", b"MM": ">"}.get(data[start : start + 2])
    if order is None:
        raise DamagedError
    big = data[start + 2] == BIG if len(data) > start + 2 else False
    head = Directory(data, start, order, big, {}, 0)
    return at(head, _unpack(head, start + (8 if big else 4), "Q" if big else "L"))


def at(head: Directory, address: int) -> Directory:
    """The directory at an address, in the same file as another one; raises DamagedError."""
    place, form = head.start + address, head.order + ("HHQQ" if head.big else "HHLL")
    count = _unpack(head, place, "Q" if head.big else "H")
    refuse_many(count, TAGS, "tags in one list")
    place, step = place + (8 if head.big else 2), struct.calcsize(form)
    end = place + step * count
    if end > len(head.data):
        raise DamagedError
    listed = enumerate(struct.iter_unpack(form, head.data[place:end]))
    entries: dict[int, Tag] = {}
    for number, (tag, kind, values, value) in listed:
        room = step // 2 - 2  # bytes for values that need no place of their own
        inside = values * SIZES.get(kind, 8) <= room
        here = place + step * (number + 1) - room if inside else head.start + value
        entries.setdefault(tag, Tag(kind, values, here))
    after = _unpack(head, end, "Q" if head.big else "L", missing=0)
    return Directory(head.data, head.start, head.order, head.big, entries, after, address, count)


def chain(first: Directory, most: int) -> Iterator[Directory]:
    """A directory and those that follow; one that was there before ends it, as damage does."""
    seen, here = {0, first.address}, first
    while len(seen) <= most + 1:
        yield here
        if here.next in seen:
            return
        seen.add(here.next)
        try:
            here = at(first, here.next)
        except DamagedError:
            return


def _unpack(head: Directory, place: int, form: str, missing: int | None = None) -> int:
    size = struct.calcsize("=" + form)
    packed = head.data[place : place + size]
    if len(packed) == size:
        return head.number(packed)
    if missing is None:
        raise DamagedError
    return missing
