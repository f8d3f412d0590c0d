"""The kinds of picture files that are read: one file a kind, and one line here."""

from __future__ import annotations

from se_viz.pictures.decoding.formats import (
    bmp,
    boxes,
    gif,
    ico,
    jpeg,
    jpeg2000,
    png,
    pnm,
    refused,
    tga,
    tiff,
    webp,
)
from se_viz.pictures.decoding.formats.kind import FileKind, RefusalError, refuse_pixels

__all__ = [
    "FORMATS",
    "HEIC",
    "KINDS",
    "SUFFIXES",
    "RefusalError",
    "checked_kind",
    "kind_of",
    "refuse_pixels",
]

KINDS = (
    jpeg.KIND,
    png.KIND,
    webp.KIND,
    gif.KIND,
    bmp.KIND,
    tiff.KIND,
    boxes.HEIC_KIND,
    boxes.AVIF_KIND,
    jpeg2000.KIND,
    pnm.KIND,
    ico.KIND,
    tga.KIND,
)
HEIC = boxes.HEIC
FORMATS = tuple(kind.name for kind in KINDS if kind.at_hand)
SUFFIXES = frozenset(f".{ending}" for kind in KINDS for ending in kind.endings.split())


def kind_of(data: bytes, name: str = "") -> FileKind | None:
    """What the first bytes announce, or the ending of the name where its files announce nothing."""
    ending = name.lower().rpartition(".")[2]
    return next((kind for kind in KINDS if kind.fits(data, ending)), None)


def checked_kind(data: bytes, name: str) -> FileKind:
    """The kind of a file that can be read here; raises RefusalError with the reason."""
    kind = kind_of(data, name)
    if name.lower().rpartition(".")[2] in refused.RAW and kind in (None, tiff.KIND):
        raise RefusalError(f"is a camera's raw file, which is not read here: {refused.DEVELOP}")
    if kind is None:
        *others, last = FORMATS
        raise RefusalError(
            refused.reason(data) or f"is not a {', '.join(others)} or {last} picture"
        )
    if not kind.at_hand:
        raise RefusalError(
            f"is in the format {kind.name}, which the Pillow installed here cannot read: save it "
            "as PNG or JPEG"
        )
    return kind
