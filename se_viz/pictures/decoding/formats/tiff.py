"""TIFF: pages, strips and tiles; cameras' raw files begin like one."""

from __future__ import annotations

import PIL

from se_viz.pictures.decoding.formats import tags
from se_viz.pictures.decoding.formats.kind import (
    PAGE,
    FileKind,
    RefusalError,
    Structure,
    refuse_many,
    starting,
)
from se_viz.pictures.limits import Limits

PIECES = 100_000  # strips or tiles of a page; each is a step in Python
PAGES = 20_000
ALL_TAGS = 500_000  # of all pages together, since their lists may share bytes
STARTS = (b"II*\0", b"MM\0*", b"II\0*", b"MM*\0", b"II+\0", b"MM\0+")

REDUCED, WIDTH, HEIGHT, BITS, PACKING, COLOURS, PLANES = 254, 256, 257, 258, 259, 262, 284
UNPACKED, LUMA, APART = 1, 6, 2  # values of PACKING, of COLOURS, and of PLANES
READS_LUMA = int(PIL.__version__.split(".")[0]) >= 13
"""Whether Pillow reads brightness and two colour differences that are not packed."""
STRIPS, SAMPLES, STRIP_ROWS = 273, 277, 278
TILE_WIDTH, TILE_HEIGHT, TILES = 322, 323, 324
SUB_DIRECTORIES, DNG = 330, 50706
INNER = (34665, 34853, 40965)  # directories of a camera's settings, place, and compatibility
SHORT_LISTS = {BITS: 64, 338: 64, 339: 64, SAMPLES: 1}
"""Tags with a value for each channel, and how many channels a picture may have."""
SPARE = 16  # pieces that a file may list beyond those that its picture is cut into


def inspect(data: bytes, limits: Limits) -> Structure:
    """Counts pages, and what each of them is cut into."""
    try:
        first = tags.read(data)
    except tags.DamagedError:
        return Structure(data, "TIFF", word=PAGE)
    _refuse_raw(first, data)
    pages, listed = 0, 0
    for page in tags.chain(first, PAGES + 1):
        _count(page)
        _refuse_apart(page)
        _refuse_luma(page)
        pages, listed = pages + 1, listed + page.listed + sum(_inner(page, tag) for tag in INNER)
        refuse_many(listed, ALL_TAGS, "tags")
    refuse_many(pages, PAGES, "pages")
    return Structure(data, "TIFF", pages, PAGE)


def _refuse_raw(first: tags.Directory, data: bytes) -> None:
    preview = first.first(REDUCED, 0) & 1 and SUB_DIRECTORIES in first
    if DNG in first or preview or data[8:10] == b"CR":
        raise RefusalError(
            "is a camera's raw file, of which only a small preview could be read: develop it and "
            "save it as JPEG"
        )


def _refuse_apart(page: tags.Directory) -> None:
    """Pillow takes channels of 16 bits that stand one after the other for some of 8 bits."""
    apart = page.first(PLANES, 1) == APART and page.first(SAMPLES, 1) > 1
    if apart and page.first(BITS, 8) == 16 and page.first(PACKING, 1) == UNPACKED:
        raise RefusalError(
            "is a TIFF that keeps its channels of 16 bits apart, which is not read: save it with "
            "the channels of a pixel together, or packed"
        )


def _refuse_luma(page: tags.Directory) -> None:
    """Pillow before 13 looks for a fourth number in each pixel, and takes the file for cut off."""
    luma = page.first(COLOURS, 2) == LUMA and page.first(PACKING, 1) == UNPACKED
    if luma and not READS_LUMA:
        raise RefusalError(
            "is a TIFF of YCbCr colours without compression, which Pillow reads from version 13 "
            "on: update Pillow, or save it in another way"
        )


def _count(page: tags.Directory) -> None:
    width, height = page.first(WIDTH, 1), page.first(HEIGHT, 1)
    down = -(-height // max(1, page.first(STRIP_ROWS, 1)))
    across, rows = (max(1, page.first(tag, 1)) for tag in (TILE_WIDTH, TILE_HEIGHT))
    tiled = -(-width // across) * -(-height // rows)
    layers = max(1, page.first(SAMPLES, 1))
    for tag, pieces, name in ((STRIPS, down, "strips"), (TILES, tiled, "tiles")):
        refuse_many(page.count(tag), min(PIECES, pieces * layers + SPARE), name)
    for tag, most in SHORT_LISTS.items():
        refuse_many(page.count(tag), most, "channels")


def _inner(page: tags.Directory, tag: int) -> int:
    """How many tags a directory within a page lists."""
    try:
        return tags.at(page, page.first(tag, 0)).listed if tag in page else 0
    except tags.DamagedError:
        return 0


KIND = FileKind("TIFF", "tif tiff", starting(*STARTS), inspect)
