"""PBM, PGM and PPM: numbers, packed or written out.

Pillow unpacks most of them sample by sample in Python; here they become what it unpacks at once.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace

import numpy as np

from se_viz.pictures.decoding.formats.kind import IMAGE, FileKind, Structure, refuse_pixels
from se_viz.pictures.limits import Limits

_START = re.compile(rb"P[1-6f][\s#]")
_NEXT = re.compile(rb"\s*(P[4-6][\s#])")
_NUMBER = re.compile(rb"(?:\s|#[^\r\n]*[\r\n])+(\d{1,10})")
_COMMENT = re.compile(rb"#[^\r\n]*")
_DIGITS = b"0123456789 \t\n\v\f\r"
WORD = 255  # above, a sample takes two bytes
TOPS = 65535
HEAD = 1 << 16  # bytes that the numbers at the beginning, and comments among them, may take
PICTURES = 10_000


@dataclass(frozen=True)
class _Head:
    """kind: 1 to 6, as in the first bytes. top: the largest number. start: where samples begin."""

    kind: int
    width: int
    height: int
    top: int
    start: int

    @property
    def channels(self) -> int:
        return 3 if self.kind in (3, 6) else 1

    @property
    def end(self) -> int:
        """Where packed samples end."""
        row = -(-self.width // 8) if self.kind == 4 else self.width * self.channels
        return self.start + row * self.height * (2 if self.top > WORD else 1)


def inspect(data: bytes, limits: Limits) -> Structure:
    """The same samples as a file that is unpacked fast; several pictures in a row are counted."""
    if data[1:2] == b"f":
        return Structure(data, "PPM")
    head = _head(data, 0)
    refuse_pixels(head.width, head.height, limits)
    if head.kind == 1:
        return Structure(_grey_of_bits(data[head.start :], head), "PPM")
    if head.kind <= 3:
        return _packed(head, _numbers(data[head.start :], head))
    parts = _parts(data, head)
    if head.kind == 4 or head.top == WORD:
        return Structure(data, "PPM", len(parts), IMAGE, parts)
    first = _packed(head, data[head.start : head.end])
    return replace(first, count=len(parts), parts=parts)


def _head(data: bytes, begin: int) -> _Head:
    """The numbers at the beginning of a picture; raises ValueError."""
    kind = int(data[begin + 1 : begin + 2])
    place, numbers = begin + 2, []
    for _ in range(2 if kind in (1, 4) else 3):
        found = _NUMBER.match(data, place, begin + HEAD)
        if found is None:
            raise ValueError("numbers are missing")
        numbers.append(int(found[1]))
        place = found.end()
    width, height, top = (*numbers, 1)[:3]
    if not (width and height and 0 < top <= TOPS):
        raise ValueError("numbers are out of range")
    return _Head(kind, width, height, top, place + 1)


def _parts(data: bytes, head: _Head) -> tuple[tuple[int, int], ...]:
    """Where each of the pictures in a row begins and ends."""
    parts, begin = [], 0
    while True:
        parts.append((begin, head.end))
        found = _NEXT.match(data, head.end)
        if found is None or len(parts) == PICTURES:
            return tuple(parts)
        try:
            begin, head = found.start(1), _head(data, found.start(1))
        except ValueError:
            return tuple(parts)


def _grey_of_bits(text: bytes, head: _Head) -> bytes:
    """Black and white written out, 1 for black, as grey of 8 bits; raises ValueError."""
    count = head.width * head.height
    digits = b"".join(_COMMENT.sub(b"", text).split())[:count]
    if len(digits) < count or digits.strip(b"01"):
        raise ValueError("digits are missing or none")
    return _top(5, head, WORD) + digits.translate(bytes.maketrans(b"01", b"\xff\0"))


def _numbers(text: bytes, head: _Head) -> bytes:
    """Samples that are written out, packed; raises ValueError."""
    text, count = _COMMENT.sub(b"", text), head.width * head.height * head.channels
    if text.translate(None, _DIGITS):
        raise ValueError("samples are no numbers")
    numbers = np.fromstring(text, np.uint32, sep=" ")[:count]
    if numbers.size < count or numbers.max() > head.top:
        raise ValueError("samples are missing or out of range")
    return numbers.astype(">u2" if head.top > WORD else "u1").tobytes()


def _packed(head: _Head, samples: bytes) -> Structure:
    kind = 6 if head.channels == 3 else 5
    if head.top > WORD:
        return Structure(_tiff(head, samples), "TIFF", top=head.top)
    scaled = np.minimum(np.arange(WORD + 1) / head.top, 1) * WORD
    return Structure(
        _top(kind, head, WORD) + samples.translate(np.rint(scaled).astype("u1").tobytes()), "PPM"
    )


def _top(kind: int, head: _Head, top: int) -> bytes:
    return b"P%d %d %d %d\n" % (kind, head.width, head.height, top)


def _tiff(head: _Head, samples: bytes) -> bytes:
    """Samples of 16 bits as a TIFF, which keeps them as they are."""
    channels, bits = head.channels, struct.pack(">3H", 16, 16, 16)
    fields = [
        (256, 4, 1, head.width),
        (257, 4, 1, head.height),
        (258, 3, 3, 8) if channels == 3 else (258, 4, 1, 16),
        (262, 4, 1, 2 if channels == 3 else 1),
        (277, 4, 1, channels),
        (278, 4, 1, head.height),
        (279, 4, 1, len(samples)),
    ]
    start = 8 + len(bits)
    fields.insert(4, (273, 4, 1, start + 2 + 12 * (len(fields) + 1) + 4))
    listed = b"".join(struct.pack(">HHII", *field) for field in fields)
    head_of_file = b"MM\0*" + struct.pack(">I", start) + bits
    return head_of_file + struct.pack(">H", len(fields)) + listed + bytes(4) + samples


def _fits(data: bytes, ending: str) -> bool:
    return _START.match(data) is not None


KIND = FileKind("PPM", "ppm pgm pbm pnm pfm", _fits, inspect)
