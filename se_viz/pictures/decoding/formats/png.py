"""PNG: chunks, frames, and texts that are left out, since nothing here reads them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from se_viz.pictures.decoding.formats.kind import FileKind, Structure, refuse_many, starting
from se_viz.pictures.limits import MIB, Limits

CHUNKS = 100_000  # encoders write 8 kB or more a chunk, 50 MB make 6,400; each is a step in Python
TEXT = MIB // 2  # unpacked bytes of a text that is kept
MAGIC = b"\x89PNG\r\n\x1a\n"
TEXTS = (b"tEXt", b"zTXt", b"iTXt")
TURNING = (b"XML:com.adobe.xmp\0", b"Raw profile type exif\0", b"Raw profile type APP1\0")
"""How texts begin in which programs keep what a camera said, so how a picture is turned too."""


@dataclass
class _Walk:
    """What was met so far. kept: where the chunks begin and end that Pillow is to see."""

    kept: list[tuple[int, int]] = field(default_factory=list)
    chunks: int = 0
    frames: int = 0
    announced: int = 0
    first_apart: bool = False


def inspect(data: bytes, limits: Limits) -> Structure:
    """Counts chunks and frames; long texts and colour profiles, which Pillow refuses, are left out.

    The colours of RGB pictures are taken as they are, in all formats, so no profile is missed.
    """
    walk = _Walk()
    for kind, start, end in _chunks(data):
        walk.chunks += 1
        refuse_many(walk.chunks, CHUNKS, "chunks")
        _count(kind, data[start + 8 : start + 12], walk)
        if _of_use(kind, data, start, end):
            walk.kept.append((start, end))
    if len(walk.kept) < walk.chunks:
        data = b"".join((MAGIC, *(data[start:end] for start, end in walk.kept)))
    frames = min(walk.frames, walk.announced) + walk.first_apart
    return Structure(data, "PNG", max(1, frames))


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Type, start and end of each chunk, as far as the file goes."""
    place, kind = len(MAGIC), b""
    while place + 8 <= len(data) and kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, place)
        yield kind, place, min(place + length + 12, len(data))
        place += length + 12


def _count(kind: bytes, begin: bytes, walk: _Walk) -> None:
    if kind == b"acTL":
        walk.announced = int.from_bytes(begin, "big")
    elif kind == b"fcTL":
        walk.frames += 1
    elif kind == b"IDAT" and walk.announced and not walk.frames:
        walk.first_apart = True


def _of_use(kind: bytes, data: bytes, start: int, end: int) -> bool:
    if kind == b"iCCP":
        return False
    if kind not in TEXTS:
        return True
    return data.startswith(TURNING, start + 8) and _short(kind, data[start + 8 : end - 4])


def _short(kind: bytes, body: bytes) -> bool:
    """Whether a text is shorter than `TEXT` once it is unpacked."""
    value = body.partition(b"\0")[2]
    if kind == b"tEXt" or (kind == b"iTXt" and value[:1] == b"\0"):
        return len(value) < TEXT
    packed = value[1:] if kind == b"zTXt" else b"\0".join(value[2:].split(b"\0")[2:])
    try:
        return len(zlib.decompressobj().decompress(packed, TEXT)) < TEXT
    except zlib.error:
        return False


KIND = FileKind("PNG", "png apng", starting(MAGIC), inspect)
