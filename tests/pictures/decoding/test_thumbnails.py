"""Thumbnails show the whole picture, and nothing of its file travels with them but pixels."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from se_viz.pictures import Preprocessing, Source, decode, load_one, thumbnail
from tests.pictures import picture_files as make

SECRET = b"Anna, 47.3769 N 8.5417 E"
PIXELS_ONLY = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xD9}  # JFIF's head, tables, frame, scan, end


def segments(jpeg: bytes) -> set[int]:
    """The second bytes of the markers outside of the packed pixels."""
    place, found = 2, set()
    while jpeg[place + 1] != 0xDA:
        found.add(jpeg[place + 1])
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return (
        found
        | {0xDA}
        | {mark[1] for mark in re.findall(rb"\xff[\x01-\xcf\xd8-\xff]", jpeg[place + 2 :])}
    )


def texts() -> PngImagePlugin.PngInfo:
    """A PNG's texts under names that Pillow takes for those of a JPEG."""
    info = PngImagePlugin.PngInfo()
    for name in ("comment", "exif", "xmp", "icc_profile", "dpi", "Author"):
        info.add_text(name, SECRET.decode())
    return info


def talkative(side: int) -> dict[str, bytes]:
    image, exif = make.photo(side, side), Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET.decode(), 1
    about = {"exif": exif.tobytes(), "icc_profile": SECRET * 9}
    xmp = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    return {
        "a.jpg": make.pack(image, "JPEG", comment=SECRET, xmp=xmp, dpi=(11, 13), **about),
        "a.gif": make.pack(image, "GIF", comment=SECRET),
        "a.png": make.pack(image, "PNG", pnginfo=texts(), **about),
        "a.webp": make.pack(image, "WEBP", xmp=xmp, **about),
        "a.tif": make.pack(image, "TIFF", description=SECRET.decode(), **about),
    }


@pytest.mark.parametrize("side", [40, 128, 300])
@pytest.mark.parametrize("name", talkative(8))
def test_thumbnails_carry_pixels_only(name, side):
    data = talkative(side)[name]
    assert SECRET in data
    small = load_one(Source(name, None, lambda: data), Preprocessing(size=16)).thumbnail
    assert SECRET not in small
    assert segments(small) <= PIXELS_ONLY
    assert small == thumbnail(Image.fromarray(np.asarray(decode(data, name))))


def test_a_long_comment_costs_no_picture():
    frame = make.pack(make.photo(40, 30), "GIF")
    head = 13 + (3 << (frame[10] & 7) + 1)  # of the file, with its palette
    comment = b"!\xfe" + (b"\xff" + b"c" * 255) * 300 + b"\0"
    data = frame[:head] + comment + frame[head:]
    assert len(comment) > 1 << 16
    picture = load_one(Source("a.gif", None, lambda: data), Preprocessing(size=16))
    assert (picture.width, picture.height) == (40, 30)
    assert segments(picture.thumbnail) <= PIXELS_ONLY
