"""JPEG 2000: its size as the packed pixels say it, tiles, layers and packets."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import features

from se_viz.pictures.decoding.formats.boxes import boxes
from se_viz.pictures.decoding.formats.kind import (
    FileKind,
    RefusalError,
    Structure,
    refuse_many,
    refuse_pixels,
    starting,
)
from se_viz.pictures.limits import Limits

TILES = 10_000  # archives cut 64 million pixels into 1,000 or fewer
PACKETS = 1_000_000  # of all tiles, layers, channels and resolutions together
SEGMENTS = 100_000
CHANNELS = 4
START, BOXED = b"\xff\x4f\xff\x51", b"\0\0\0\x0cjP  \r\n\x87\n"
CODING, TILE, DATA, END = b"\xff\x52", b"\xff\x90", b"\xff\x93", b"\xff\xd9"
WHOLE_TILE = 0xFF  # a precinct, where its size is not given


@dataclass(frozen=True)
class _Size:
    """What the packed pixels say of themselves; pixels, bits a channel."""

    width: int
    height: int
    tile: tuple[int, int]
    tiles: int
    channels: int
    depth: int


def inspect(data: bytes, limits: Limits) -> Structure:
    """Counts pixels, tiles and packets of what is packed, whatever the boxes around it say."""
    stream = _stream(data)
    try:
        size = _size(data, stream)
    except (struct.error, IndexError):
        return Structure(data, "JPEG2000")
    refuse_pixels(size.width, size.height, limits)
    if size.channels > CHANNELS:
        raise RefusalError(f"is a JPEG 2000 of {size.channels:,} channels, which is not read")
    refuse_many(size.tiles, TILES, "tiles")
    for coding in _codings(data, stream + 2):
        packets = size.tiles * size.channels * _packets(coding, size.tile)
        refuse_many(packets, PACKETS, "packets")
    deep = size.channels == 1 and size.depth > 8
    return Structure(data, "JPEG2000", top=2**size.depth - 1 if deep else None)


def _stream(data: bytes) -> int:
    """Where the packed pixels begin; the end of the file where there are none."""
    if data.startswith(START):
        return 0
    found = (start for kind, start, _ in boxes(data, 0, len(data)) if kind == b"jp2c")
    return next(found, len(data))


def _size(data: bytes, stream: int) -> _Size:
    right, bottom, left, top, *tile = struct.unpack_from(">8I", data, stream + 8)
    channels = int.from_bytes(data[stream + 40 : stream + 42], "big")
    across, down = (max(1, side) for side in tile[:2])
    tiles = -(-max(0, right - tile[2]) // across) * -(-max(0, bottom - tile[3]) // down)
    depth = (data[stream + 42] & 0x7F) + 1
    inner = min(across, right), min(down, bottom)
    return _Size(max(0, right - left), max(0, bottom - top), inner, tiles, channels, depth)


def _codings(data: bytes, place: int) -> Iterator[bytes]:
    """What the heads of the file and of its tiles say of layers and precincts."""
    tile_end = None
    for segments in range(len(data)):
        refuse_many(segments, SEGMENTS, "segments")
        mark = data[place : place + 2]
        length = 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if mark in (b"", END) or mark[:1] != b"\xff":
            return
        if mark == CODING:
            yield data[place + 4 : place + length]
        elif mark == TILE:
            tile_end = place + int.from_bytes(data[place + 6 : place + 10], "big")
        elif mark == DATA:
            if tile_end is None or tile_end <= place:
                return
            place, length = tile_end, 0
        place += length


def _packets(coding: bytes, tile: tuple[int, int]) -> int:
    """How many packets one channel of one tile has: layers times precincts of all resolutions."""
    layers, levels = int.from_bytes(coding[2:4], "big"), coding[5] if len(coding) > 5 else 0
    sizes = coding[10 : 11 + levels] if coding[:1] and coding[0] & 1 else b""
    precincts = 0
    for level in range(levels + 1):
        packed = sizes[level] if level < len(sizes) else WHOLE_TILE
        width, height = (-(-side >> max(0, levels - level)) for side in tile)
        precincts += ((width >> (packed & 15)) + 1) * ((height >> (packed >> 4)) + 1)
    return layers * precincts


KIND = FileKind(
    "JPEG 2000",
    "jp2 j2k jpc jpf jpx j2c",
    starting(START, BOXED),
    inspect,
    bool(features.check("jpg_2000")),
)
