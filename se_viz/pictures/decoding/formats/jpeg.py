"""JPEG, and several of them in one file (MPO): segments, scans, and where each picture stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from se_viz.pictures.decoding.formats import tags
from se_viz.pictures.decoding.formats.kind import (
    IMAGE,
    FileKind,
    RefusalError,
    Structure,
    refuse_many,
    starting,
)
from se_viz.pictures.limits import Limits

SCANS = 64  # encoders write 1 to about 20; each costs a pass over the whole picture
SEGMENTS = 10_000  # 50 MB of comments and profiles are 800; Pillow walks through them in Python
LOOSE = 1 << 20  # bytes between segments, which Pillow passes over one by one
BITS = 8  # of a sample that Pillow's decoder is made for

START, END, SCAN, APP2 = 0xD8, 0xD9, 0xDA, 0xE2
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = frozenset((0x01, START, *range(0xD0, 0xD8)))  # markers without a length
_MARKER = re.compile(rb"\xff([^\x00\xff])", re.DOTALL)
_AFTER_SCAN = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
_INDEX = b"MPF\0"  # begins the segment that lists the pictures of a file
MP_ENTRY, ENTRY = 0xB002, 16  # its tag with the list, and the bytes for each picture
PREVIEW = 0x01  # the kind of picture that is the first one again, smaller
HEAD = 1 << 16  # bytes of a picture in which it would say that it is a map of brightness
_BRIGHTNESS = re.compile(rb"hdrgm:|hdrgainmap", re.IGNORECASE)


@dataclass
class _Walk:
    """How far a walk through the segments has come, and what it met. index: where a list is."""

    place: int = 2
    scans: int = 0
    segments: int = 0
    loose: int = 0
    index: int | None = None


def inspect(data: bytes, limits: Limits) -> Structure:
    """Counts scans and segments of the first picture, or of all in an MPO."""
    walk = _walked(data)
    if walk.index is None:
        return Structure(data, "JPEG", word=IMAGE)
    parts = _parts(data, walk.index)
    return Structure(data, "JPEG", len(parts) or 1, IMAGE, parts)


def _walked(data: bytes) -> _Walk:
    walk, pattern = _Walk(), _MARKER
    while found := pattern.search(data, walk.place):
        marker = found[1][0]
        if marker == END:
            break
        walk.loose += found.start() - walk.place if pattern is _MARKER else 0
        walk.place = found.end()
        if marker not in ALONE:
            _segment(data, marker, walk)
        walk.segments += 1
        pattern = _AFTER_SCAN if marker == SCAN else _MARKER
        refuse_many(walk.scans, SCANS, "scans")
        refuse_many(walk.segments, SEGMENTS, "segments")
        refuse_many(walk.loose, LOOSE, "bytes between its segments")
    return walk


def _segment(data: bytes, marker: int, walk: _Walk) -> None:
    start = walk.place + 2
    walk.place += max(2, int.from_bytes(data[walk.place : start], "big"))
    if marker == SCAN:
        walk.scans += 1
    elif marker in FRAMES:
        _check_bits(data[start : start + 1])
    elif marker == APP2 and data.startswith(_INDEX, start):
        walk.index = start + len(_INDEX)


def _check_bits(bits: bytes) -> None:
    if bits and bits[0] != BITS:
        raise RefusalError(
            f"is a JPEG of {bits[0]} bits a channel, which is not read: save it with 8, or as PNG"
        )


def _parts(data: bytes, start: int) -> tuple[tuple[int, int], ...]:
    """Where the pictures of an MPO begin and end; nothing where its list is no good.

    Previews, and tables of brightness for brighter screens, are no pictures of their own.
    """
    try:
        directory = tags.read(data, start)
        listed = directory.bytes_of(MP_ENTRY)
    except (tags.DamagedError, KeyError):
        return ()
    entries = (listed[at : at + ENTRY] for at in range(0, len(listed) - ENTRY + 1, ENTRY))
    return tuple(part for entry in entries if (part := _part(data, start, entry, directory)))


def _part(
    data: bytes, start: int, entry: bytes, directory: tags.Directory
) -> tuple[int, int] | None:
    kind, size, offset = (directory.number(entry[at : at + 4]) for at in (0, 4, 8))
    if not offset:
        return 0, size
    begin = start + offset
    preview = kind >> 16 & 0xFF == PREVIEW or _BRIGHTNESS.search(data, begin, begin + HEAD)
    return None if preview else (begin, begin + size)


KIND = FileKind("JPEG", "jpg jpeg jpe jfif mpo", starting(b"\xff\xd8\xff"), inspect)
