"""ICO: the same picture in several sizes, of which the largest with the most colours is taken."""

from __future__ import annotations

import struct

from se_viz.pictures.decoding.formats import png
from se_viz.pictures.decoding.formats.kind import FileKind, RefusalError, Structure, refuse_pixels
from se_viz.pictures.limits import Limits

MAGIC, ENTRY = b"\0\0\1\0", 16
PIXELS = 4_000_000  # of an icon; the largest that programs draw is 1024 x 1024
_LIMITS = Limits(pixels=PIXELS)


def inspect(data: bytes, limits: Limits) -> Structure:
    """The best of the sizes as a file of its own."""
    sizes = [_size(data, entry) for entry in _entries(data)]
    if not sizes:
        raise RefusalError("is an ICO without any picture in it")
    entry = max(zip(sizes, _entries(data), strict=True))[1]
    length, start = struct.unpack_from("<II", entry, 8)
    picture = data[start : start + length]
    said = f"Of its {len(sizes)} sizes, the largest was taken." if len(sizes) > 1 else ""
    if picture.startswith(png.MAGIC):
        width, height = struct.unpack_from(">II", picture.ljust(24, b"\0"), 16)
        refuse_pixels(width, height, _LIMITS)
        return Structure(png.inspect(picture, limits).data, "PNG", said=said)
    width, height = struct.unpack_from("<ii", picture.ljust(12, b"\0"), 4)
    refuse_pixels(abs(width), abs(height), _LIMITS)
    alone = MAGIC + b"\1\0" + entry[:12] + struct.pack("<I", 6 + ENTRY) + picture
    return Structure(alone, "ICO", said=said)


def _entries(data: bytes) -> list[bytes]:
    count = int.from_bytes(data[4:6], "little")
    entries = (data[6 + ENTRY * n : 6 + ENTRY * (n + 1)] for n in range(count))
    return [entry for entry in entries if len(entry) == ENTRY]


def _size(data: bytes, entry: bytes) -> tuple[int, int]:
    """Pixels and bits a pixel; a PNG may leave the latter open, and has the most."""
    width, height, bits = entry[0] or 256, entry[1] or 256, int.from_bytes(entry[6:8], "little")
    return width * height, bits or 256


def _fits(data: bytes, ending: str) -> bool:
    return data.startswith(MAGIC) and data[4:6] != b"\0\0" and data[9:10] == b"\0"


KIND = FileKind("ICO", "ico", _fits, inspect)
