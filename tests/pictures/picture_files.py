"""Picture files made by code, good ones and bad ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

LOSSY = {"JPEG": {"quality": 95, "subsampling": 0}, "HEIF": {"quality": 95}}
DOS, UNIX = 0, 3  # where a file in a ZIP was made
PLAIN: dict[str, dict[str, Any]] = {
    **LOSSY,
    "PNG": {},
    "WEBP": {"lossless": True},
    "GIF": {},
    "BMP": {},
    "TIFF": {},
}


def pixels(width: int, height: int, seed: int = 0) -> np.ndarray:
    """A smooth picture without any symmetry: uint8 (height, width, 3)."""
    y, x = np.mgrid[:height, :width]
    waves = [x / width, y / height, (x + 2 * y) / (width + 2 * height)]
    shifted = np.stack([(wave * 0.9 + seed * 0.37) % 1.0 for wave in waves], axis=-1)
    return (np.abs(shifted * 2 - 1) * 255).astype(np.uint8)


def photo(width: int, height: int, seed: int = 0) -> Image.Image:
    return Image.fromarray(pixels(width, height, seed))


def pack(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    packed = io.BytesIO()
    image.save(packed, kind, **{**PLAIN.get(kind, {}), **options})
    return packed.getvalue()


def picture(seed: int = 0, kind: str = "PNG", side: int = 40) -> bytes:
    """The bytes of a small picture, different for each seed."""
    marked = photo(side + 8, side, seed)
    marked.putpixel((0, 0), (seed % 256, seed // 256 % 256, 7))
    return pack(marked, kind)


def raw_png(width: int, height: int, depth: int, colour: int, rows: bytes, *more: bytes) -> bytes:
    """A PNG of given bit depth and colour type; rows: samples with a filter byte before each row.

    more: chunks between header and pixels, from `chunk`.
    """
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + body


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_16(values: np.ndarray, colour: int, *more: bytes) -> bytes:
    """A 16-bit PNG of (height, width, samples) values, one sample for grey, two with alpha, ..."""
    height, width = values.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    return raw_png(width, height, 16, colour, rows, *more)


def tiff(values: np.ndarray, photometric: int = 1, bits: int | None = None) -> bytes:
    """An uncompressed grey TIFF of (height, width) values, in their own byte order and type."""
    mark, order = (b"MM", ">") if values.dtype.byteorder == ">" else (b"II", "<")
    height, width = values.shape
    body = values.tobytes()
    bits = bits or values.dtype.itemsize * 8
    tags = [
        (256, 4, width),
        (257, 4, height),
        (258, 4, bits),
        (259, 4, 1),
        (262, 4, photometric),
        (273, 4, 8),
        (277, 4, 1),
        (278, 4, height),
        (279, 4, len(body)),
        (339, 4, {"u": 1, "i": 2, "f": 3}[values.dtype.kind]),
    ]
    listed = b"".join(struct.pack(order + "HHII", tag, kind, 1, n) for tag, kind, n in tags)
    start = struct.pack(order + "HI", 42, 8 + len(body))
    count = struct.pack(order + "H", len(tags))
    return mark + start + body + count + listed + struct.pack(order + "I", 0)


def tiff_colours(values: np.ndarray, order: str = "<") -> bytes:
    """An uncompressed TIFF of (height, width, 3) values with 16 bits each."""
    height, width = values.shape[:2]
    body = values.astype(order + "u2").tobytes()
    fields = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, 8), (259, 3, 1, 1)]
    fields += [(262, 3, 1, 2), (273, 4, 1, 16), (277, 3, 1, 3), (278, 4, 1, height)]
    fields += [(279, 4, 1, len(body))]
    mark = {"<": b"II", ">": b"MM"}[order]
    data = mark + struct.pack(order + "HI4H", 42, 16 + len(body), 16, 16, 16, 0) + body
    data += struct.pack(order + "H", len(fields))
    for tag, form, count, value in fields:
        short = form == 3 and count == 1
        packed = struct.pack(order + ("HH" if short else "I"), *((value, 0) if short else (value,)))
        data += struct.pack(order + "HHI", tag, form, count) + packed
    return data + bytes(4)


def zip_of(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


@dataclass(frozen=True)
class Entry:
    """A file in a ZIP as `zip_from` writes it: its name is bytes, whatever they are.

    flags: 0x800 says that the name is UTF-8. system: where it was made. unicode: a name for the
    Unicode path field; checksum: of another name, to go with it. mode: its kind on Unix.
    """

    name: bytes
    data: bytes = b""
    flags: int = 0
    system: int = DOS
    unicode: str | None = None
    checksum: int | None = None
    mode: int = 0

    def extra(self) -> bytes:
        if self.unicode is None:
            return b""
        checksum = zlib.crc32(self.name) if self.checksum is None else self.checksum
        told = struct.pack("<BI", 1, checksum) + self.unicode.encode()
        return struct.pack("<HH", 0x7075, len(told)) + told


def zip_from(entries: Iterable[Entry]) -> bytes:
    """A ZIP byte by byte, as programs of long ago wrote them."""
    body, listed, count = b"", b"", 0
    for entry in entries:
        size, crc, extra = len(entry.data), zlib.crc32(entry.data), entry.extra()
        told = struct.pack("<HHHHIII", entry.flags, 0, 0, 33, crc, size, size)
        told += struct.pack("<HH", len(entry.name), len(extra))
        place = len(body)
        body += struct.pack("<4sH", b"PK\3\4", 20) + told + entry.name + extra + entry.data
        listed += struct.pack("<4sBBH", b"PK\1\2", 20, entry.system, 20) + told
        listed += struct.pack("<HHHII", 0, 0, 0, entry.mode << 16, place) + entry.name + extra
        count += 1
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(listed), len(body), 0)
    return body + listed + end


def locked(packed: bytes, count: int = 1) -> bytes:
    """A ZIP whose first `count` files are marked as encrypted, as far as its lists tell."""
    marked = bytearray(packed)
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        for _ in range(count):
            place = marked.index(start, place + 1)
            marked[place + flags] |= 1
    return bytes(marked)


def ink_profile(paper: tuple[int, int, int], ink: tuple[int, int, int]) -> bytes:
    """A CMYK colour profile: no ink is `paper`, any one is `ink` (Lab, 8 bits), more are black."""
    inks = [number.bit_count() for number in range(16)]  # at 2 x 2 x 2 x 2 corners of a table
    corners = [(paper, ink, (0, 128, 128))[min(count, 2)] for count in inks]
    unit = struct.pack(">9i", *(65536 if i % 4 == 0 else 0 for i in range(9)))
    ramp = bytes(range(256))
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + unit + ramp * 4
    table += b"".join(bytes(corner) for corner in corners) + ramp * 3
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061)
    tags = [(b"wtpt", white), (b"A2B0", table)]
    place, listed, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, data in tags:
        data += b"\0" * (-len(data) % 4)
        listed += name + struct.pack(">II", place + len(body), len(data))
        body += data
    size = place + len(body)
    head = struct.pack(
        ">I4sI4s4s4s12x4s", size, b"lcms", 0x02400000, b"prtr", b"CMYK", b"Lab ", b"acsp"
    )
    head += bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + listed + body
