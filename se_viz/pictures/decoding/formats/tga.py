"""TGA, which says what it is at its end or not at all: its head has to hold together."""

from __future__ import annotations

from se_viz.pictures.decoding.formats.kind import FileKind, plain

HEAD = 18
FOOT = b"TRUEVISION-XFILE.\0"
DEPTHS = {1: (8,), 2: (16, 24, 32), 3: (1, 8, 16)}
"""Bits of a pixel by kind: with a palette, in colour, in grey."""
MAP_DEPTHS = (16, 24, 32)
ENDINGS = "tga icb vda vst"


def _fits(data: bytes, ending: str) -> bool:
    return (ending in ENDINGS.split() or data.endswith(FOOT)) and _sound(data[:HEAD])


def _sound(head: bytes) -> bool:
    if len(head) < HEAD:
        return False
    palette, kind, depth = head[1], head[2] & ~8, head[16]
    sized = any(head[12:14]) and any(head[14:16])
    known = depth in DEPTHS.get(kind, ()) and head[2] < 16 and palette in (0, 1)
    return sized and known and (kind != 1 or (palette == 1 and head[7] in MAP_DEPTHS))


KIND = FileKind("TGA", ENDINGS, _fits, plain("TGA"))
