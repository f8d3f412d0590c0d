"""Every pixel format comes out as 8-bit RGB on white."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from PIL import Image

from se_viz.pictures import decode
from se_viz.pictures.decoding.formats import tiff
from se_viz.pictures.decoding.modes import scale_grey
from se_viz.pictures.records import PictureError
from tests.pictures import picture_files as make


def decoded(data: bytes) -> np.ndarray:
    image = decode(data, "a.png")
    assert image.mode == "RGB"
    return np.asarray(image).astype(int)


@pytest.mark.parametrize(
    ("mode", "kind", "colour", "wanted"),
    [
        ("1", "PNG", 1, (255, 255, 255)),
        ("L", "PNG", 77, (77, 77, 77)),
        ("L", "JPEG", 77, (77, 77, 77)),
        ("LA", "PNG", (100, 255), (100, 100, 100)),
        ("LA", "PNG", (100, 0), (255, 255, 255)),
        ("LA", "TIFF", (0, 51), (204, 204, 204)),
        ("RGBA", "PNG", (200, 10, 30, 255), (200, 10, 30)),
        ("RGBA", "PNG", (200, 10, 30, 0), (255, 255, 255)),
        ("RGBA", "WEBP", (0, 0, 255, 51), (204, 204, 255)),
        ("RGBA", "TIFF", (0, 0, 255, 51), (204, 204, 255)),
        ("CMYK", "TIFF", (255, 0, 0, 0), (0, 255, 255)),
        ("CMYK", "TIFF", (0, 0, 0, 255), (0, 0, 0)),
        ("CMYK", "JPEG", (0, 0, 0, 0), (255, 255, 255)),
        ("CMYK", "JPEG", (0, 255, 0, 0), (255, 0, 255)),
        ("CMYK", "JPEG", (0, 0, 255, 128), (127, 127, 0)),
        ("LAB", "TIFF", (255, 128, 128), (255, 255, 255)),
        ("LAB", "TIFF", (138, 209, 198), (255, 0, 0)),
    ],
)
def test_modes(mode, kind, colour, wanted):
    got = decoded(make.pack(Image.new(mode, (24, 16), colour), kind))
    assert np.abs(got - wanted).max() <= 5


def luma(**options) -> bytes:
    return make.pack(Image.new("YCbCr", (24, 16), (76, 85, 255)), "TIFF", **options)


def test_brightness_and_colour_differences_are_read_packed_or_not():
    assert np.abs(decoded(luma(compression="tiff_lzw")) - (255, 0, 0)).max() <= 5
    if tiff.READS_LUMA:
        assert np.abs(decoded(luma()) - (255, 0, 0)).max() <= 5


def test_what_an_older_pillow_takes_for_cut_off_is_refused_for_what_it_is(monkeypatch):
    monkeypatch.setattr(tiff, "READS_LUMA", False)
    with pytest.raises(PictureError, match=r"^a\.png is a TIFF of YCbCr .* from version 13 on: "):
        decoded(luma())


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
@pytest.mark.parametrize("clear", [None, 1])
def test_palette(kind, clear):
    image = Image.new("P", (8, 8), 0)
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.putpixel((5, 2), 1)
    got = decoded(make.pack(image, kind, **({} if clear is None else {"transparency": clear})))
    assert tuple(got[0, 0]) == (10, 20, 30)
    assert tuple(got[2, 5]) == ((200, 100, 50) if clear is None else (255, 255, 255))


def test_palette_with_half_transparency():
    image = Image.new("P", (4, 4), 1)
    image.putpalette([10, 20, 30, 0, 0, 0])
    assert (decoded(make.pack(image, "PNG", transparency=b"\xff\x33")) == 204).all()


@pytest.mark.parametrize(("mode", "clear"), [("L", 9), ("RGB", (9, 9, 9))])
def test_one_colour_transparent(mode, clear):
    got = decoded(make.pack(Image.new(mode, (4, 4), clear), "PNG", transparency=clear))
    assert (got == 255).all()


def test_first_frame_of_an_animation():
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    for kind in ("GIF", "WEBP", "PNG", "TIFF"):
        data = make.pack(frames[0], kind, save_all=True, append_images=frames[1:])
        assert tuple(decoded(data)[5, 5]) == (255, 0, 0), kind


RAMP = np.linspace(0, 1, 256).reshape(16, 16)
BYTES = np.arange(256).reshape(16, 16)


@pytest.mark.parametrize(
    "data",
    [
        make.png_16((RAMP * 65535)[..., None], colour=0),
        make.tiff((RAMP * 65535).astype("<u2")),
        make.tiff((RAMP * 65535).astype(">u2")),
        make.tiff(((1 - RAMP) * 65535).astype("<u2"), photometric=0),
        make.tiff((RAMP * 65535).round().astype("<i4")),
        make.tiff((RAMP * 2 - 1).astype("<f4")),
        make.tiff(RAMP.astype("<f4")),
        make.tiff(RAMP.astype(">f4")),
        make.tiff((RAMP * 255).astype("<f4")),
        make.tiff((RAMP * 60000 - 30000).astype("<i2")),
        make.tiff((RAMP * 60000 - 30000).astype(">i2")),
        make.tiff((RAMP * 4e9 - 2e9).astype("<i4")),
        make.png_16((RAMP * 65535)[..., None].repeat(3, 2), colour=2),
        make.png_16(np.stack([RAMP * 65535, np.full((16, 16), 65535)], -1), colour=4),
    ],
)
def test_deep_pictures_are_scaled_not_clipped(data):
    assert np.abs(decoded(data)[..., 1] - BYTES).max() <= 1


def test_twelve_bit_tiff_uses_its_own_white():
    values = np.array([[0, 2048], [4095, 1024]])
    rows = []
    for first, second in values:
        rows.append(bytes((first >> 4, (first & 15) << 4 | second >> 8, second & 255)))
    data = make.tiff(np.zeros((2, 2), "<u2"), bits=12)
    packed = b"".join(rows).ljust(8, b"\0")
    got = decoded(data[:8] + packed + data[16:])
    assert np.abs(got[..., 0] - values * 255 / 4095).max() <= 1


def test_transparent_value_of_a_deep_png():
    values = np.array([[[0], [1000]], [[1001], [65535]]])
    got = decoded(make.png_16(values, 0, make.chunk(b"tRNS", struct.pack(">H", 1000))))
    assert got[..., 0].tolist() == [[0, 255], [4, 255]]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([np.nan, 0, 1], [0, 0, 255]),
        ([np.inf, -np.inf, np.nan], [0, 0, 0]),
        ([-3e38, 0, 3e38], [0, 128, 255]),
        ([-1, -1], [0, 0]),
        ([0.0, 0.0], [0, 0]),
        ([7.0], [7]),
        ([1e-45, 0], [0, 0]),
    ],
)
def test_odd_floats(values, wanted):
    assert scale_grey(np.array(values, np.float32)).tolist() == wanted


def test_cmyk_follows_its_profile():
    paper, ink = (255, 128, 128), (138, 209, 198)  # Lab of white and of red
    profile = make.ink_profile(paper, ink)
    for colour, wanted in (((0, 0, 0, 0), (255, 255, 255)), ((255, 0, 0, 0), (255, 0, 0))):
        data = make.pack(Image.new("CMYK", (8, 8), colour), "TIFF", icc_profile=profile)
        assert np.abs(decoded(data) - wanted).max() <= 6


def test_cmyk_with_a_broken_profile_still_opens():
    image = Image.new("CMYK", (8, 8), (255, 0, 0, 0))
    assert tuple(decoded(make.pack(image, "TIFF", icc_profile=b"nonsense"))[0, 0]) == (0, 255, 255)
