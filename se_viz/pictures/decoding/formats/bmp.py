"""BMP: where runs of one colour are packed, Pillow unpacks them in Python, so they are counted."""

from __future__ import annotations

import struct

from se_viz.pictures.decoding.formats.kind import FileKind, Structure, refuse_many, starting
from se_viz.pictures.limits import Limits

RUNS = 2_000_000
RUN_PIXELS = 16_000_000
SIZE, PACKING = 18, 30  # where width and height, and the kind of packing, stand
PACKED = (1, 2)


def inspect(data: bytes, limits: Limits) -> Structure:
    """Counts runs."""
    if len(data) > PACKING and data[PACKING] in PACKED:
        width, height = struct.unpack_from("<ii", data, SIZE)
        refuse_many(len(data) // 2, RUNS, "runs of one colour")
        refuse_many(abs(width * height), RUN_PIXELS, "pixels packed in runs")
    return Structure(data, "BMP")


KIND = FileKind("BMP", "bmp dib", starting(b"BM"), inspect)
