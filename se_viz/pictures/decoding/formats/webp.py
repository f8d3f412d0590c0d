"""WebP: its size, before Pillow makes room for it."""

from __future__ import annotations

from se_viz.pictures.decoding.formats.kind import FileKind, Structure, refuse_pixels
from se_viz.pictures.limits import Limits


def inspect(data: bytes, limits: Limits) -> Structure:
    """The canvas of a file with several parts is checked; Pillow counts the frames at no cost."""
    if data[12:16] == b"VP8X" and len(data) >= 30:
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        refuse_pixels(width, height, limits)
    return Structure(data, "WEBP", None)


def _fits(data: bytes, ending: str) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


KIND = FileKind("WebP", "webp", _fits, inspect)
