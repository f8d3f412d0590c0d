"""HEIC and AVIF, which keep pictures in the boxes of MPEG-4."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PIL import features

from se_viz.pictures.decoding.formats.kind import FRAME, IMAGE, FileKind, Structure, refuse_many
from se_viz.pictures.limits import Limits

try:
    import pillow_heif
except ImportError:
    HEIC = False
else:
    pillow_heif.register_heif_opener()
    HEIC = True

ITEMS = 2_000  # parts of a picture; a phone's has 50 to 100, of 64 million pixels some 300
HEIC_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1".split())
AVIF_BRANDS = frozenset((b"avif", b"avis"))


def inspect(plugin: str, word: str) -> Callable[[bytes, Limits], Structure]:
    """Counts items; Pillow counts pictures and frames at no cost."""

    def inspected(data: bytes, limits: Limits) -> Structure:
        for kind, start, end in boxes(data, 0, len(data)):
            if kind == b"meta":
                _count_items(data, start + 4, end)
        return Structure(data, plugin, None, word)

    return inspected


def boxes(data: bytes, place: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Type, start and end of what is in each box of a stretch of a file; no more than `ITEMS`."""
    for _ in range(ITEMS):
        if place + 8 > end:
            return
        length, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        start = place + 8
        if length == 1:
            length, start = int.from_bytes(data[start : start + 8], "big"), start + 8
        stop = min(place + length, end) if length else end
        if stop < start:
            return
        yield kind, start, stop
        place = stop


def _count_items(data: bytes, start: int, end: int) -> None:
    for kind, at, _ in boxes(data, start, end):
        if kind == b"iinf":
            wide = 4 if data[at : at + 1] > b"\0" else 2
            refuse_many(int.from_bytes(data[at + 4 : at + 4 + wide], "big"), ITEMS, "parts")


def _brands(data: bytes) -> tuple[bytes, frozenset[bytes]]:
    """The brand that a file announces, and those that it is compatible with."""
    if data[4:8] != b"ftyp":
        return b"", frozenset()
    length = min(int.from_bytes(data[:4], "big"), 256)
    return data[8:12], frozenset(data[at : at + 4] for at in range(16, length, 4))


def _is_avif(data: bytes, ending: str) -> bool:
    brand, others = _brands(data)
    return brand in AVIF_BRANDS or (brand in HEIC_BRANDS and bool(others & AVIF_BRANDS))


def _is_heic(data: bytes, ending: str) -> bool:
    return _brands(data)[0] in HEIC_BRANDS and not _is_avif(data, ending)


AVIF_KIND = FileKind(
    "AVIF", "avif avifs", _is_avif, inspect("AVIF", FRAME), bool(features.check("avif"))
)
HEIC_KIND = FileKind("HEIC", "heic heif hif", _is_heic, inspect("HEIF", IMAGE), HEIC)
