"""Whatever the bytes, the answer is a picture or one sentence that names the file."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from se_viz.pictures import HEIC, Picture, PictureError, Preprocessing, Source, load_one
from tests.pictures import picture_files as make

SMALL = Preprocessing(size=16)
STARTS = [
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"GIF89a",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"II+\0",
    b"RIFF\x40\0\0\0WEBPVP8 ",
    b"RIFF\x40\0\0\0WEBPVP8L",
    b"\0\0\0\x18ftypheic",
    b"\0\0\0\x18ftypavif",
    b"\xff\x4f\xff\x51\0\x29",
    b"P5 3 4 ",
    b"\0\0\1\0\1\0",
]
pytestmark = pytest.mark.filterwarnings("ignore")  # Pillow's, on damaged tags


def settle(data: bytes) -> Picture | str:
    """As `load` does, but for `PictureError` no exception is caught, so that none is hidden."""
    try:
        picture = load_one(Source("cat.png", None, lambda: data), SMALL)
    except PictureError as error:
        return check_sentence(str(error))
    assert picture.model_input.shape == (16, 16, 3)
    assert picture.model_input.dtype == np.uint8
    return picture


def check_sentence(sentence: str) -> str:
    assert sentence.startswith("cat.png ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@functools.cache
def good_files() -> list[bytes]:
    image = make.photo(40, 30)
    exif = Image.Exif()
    exif[0x0112] = 6
    files = [make.pack(image, kind) for kind in ("PNG", "WEBP", "GIF", "BMP", "TIFF")]
    files += [make.pack(image, kind, exif=exif.tobytes()) for kind in ("JPEG", "WEBP", "PNG")]
    files += [make.pack(image, "JPEG", progressive=True), make.pack(image, "WEBP", lossless=False)]
    files += [make.pack(image.convert("CMYK"), kind) for kind in ("JPEG", "TIFF")]
    files += [make.pack(image.convert("P"), "PNG", transparency=3)]
    files += [make.pack(image, "TIFF", compression=how) for how in ("tiff_lzw", "jpeg", "packbits")]
    files += [make.pack(image.convert(mode), "TIFF") for mode in ("F", "I", "LA", "1")]
    files += [make.tiff(make.pixels(40, 30)[..., 0].astype("<u2"))]
    files += [make.pack(image, kind) for kind in ("AVIF", "JPEG2000", "PPM", "ICO", "MPO")]
    deep = make.pixels(40, 30).astype(np.uint16) * 16
    files += [make.png_16(deep, colour=2), make.tiff_colours(deep)]
    files += [b"P5 30 40 4095\n" + deep[..., 0].astype(">u2").tobytes()]
    return files + ([make.pack(image, "HEIF")] if HEIC else [])


def test_the_good_files_are_good():
    assert all(isinstance(settle(data), Picture) for data in good_files())


@given(st.binary(max_size=2000))
@settings(max_examples=200, deadline=None)
def test_random_bytes(data):
    assert isinstance(settle(data), str)


@given(st.sampled_from(STARTS), st.binary(max_size=500))
@settings(max_examples=400, deadline=None)
def test_random_bytes_that_begin_like_a_picture(start, data):
    settle(start + data)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_cut_off_anywhere(data):
    whole = data.draw(st.sampled_from(good_files()))
    settle(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.data())
@settings(max_examples=500, deadline=None)
def test_damaged_anywhere(data):
    damaged = bytearray(data.draw(st.sampled_from(good_files())))
    places = st.integers(0, len(damaged) - 1) | st.integers(0, min(200, len(damaged) - 1))
    for place in data.draw(st.lists(places, min_size=1, max_size=6)):
        damaged[place] = data.draw(st.integers(0, 255))
    settle(bytes(damaged))


@given(
    width=st.integers(1, 90), height=st.integers(1, 90), file=st.sampled_from(sorted(make.PLAIN))
)
@settings(max_examples=100, deadline=None)
def test_any_size_in_any_format(width, height, file):
    if file == "HEIF" and not HEIC:
        return
    picture = settle(make.pack(make.photo(width, height), file))
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height) == (width, height)
    assert picture.thumbnail[:2] == b"\xff\xd8"


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (1, 60_000)])
def test_extreme_shapes(size):
    picture = settle(make.pack(Image.new("RGB", size, "red"), "PNG"))
    assert (picture.model_input == (255, 0, 0)).all()
    assert (picture.width, picture.height) == size
