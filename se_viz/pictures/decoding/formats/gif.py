"""GIF: blocks and frames."""

from __future__ import annotations

from se_viz.pictures.decoding.formats.kind import FileKind, Structure, refuse_many, starting
from se_viz.pictures.limits import Limits

BLOCKS = (
    1_000_000  # encoders fill blocks of 255 bytes, 50 MB make 206,000; each is a step in Python
)
EXTENSION, IMAGE, END = 0x21, 0x2C, 0x3B


def inspect(data: bytes, limits: Limits) -> Structure:
    """Counts blocks and frames."""
    place, blocks, frames = 13 + _palette(data, 10), 0, 0
    while place < len(data) and data[place] != END:
        mark = data[place]
        if mark == IMAGE:
            frames += 1
            place += 11 + _palette(data, place + 9)
        else:
            place += 2 if mark == EXTENSION else 1
        if mark in (IMAGE, EXTENSION):
            place, passed = _past_blocks(data, place)
            blocks += passed
        blocks += 1
        refuse_many(blocks, BLOCKS, "blocks")
    return Structure(data, "GIF", max(1, frames))


def _palette(data: bytes, at: int) -> int:
    """Bytes of the palette that a byte of flags announces."""
    flags = data[at] if at < len(data) else 0
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _past_blocks(data: bytes, place: int) -> tuple[int, int]:
    """The place behind a run of blocks, and how many there were."""
    end, passed = len(data), 0
    while place < end and data[place] and passed <= BLOCKS:
        place += data[place] + 1
        passed += 1
    return place + 1, passed


KIND = FileKind("GIF", "gif", starting(b"GIF87a", b"GIF89a"), inspect)
