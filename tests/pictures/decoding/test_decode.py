"""Every format comes out upright, and what cannot be used gets one sentence."""

from __future__ import annotations

import struct
import sys
import warnings

import numpy as np
import pytest
from PIL import Image, ImageFile

from se_viz.pictures import HEIC, SUFFIXES, Limits, PictureError, decode, thumbnail
from se_viz.pictures import decode as decode_function
from se_viz.pictures.decoding.decode import kind_of, open_picture, unpack
from tests.pictures import picture_files as make

module = sys.modules["se_viz.pictures.decoding.decode"]
KINDS = ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"] + (["HEIF"] if HEIC else [])
TOLERANCE = {"JPEG": 12, "HEIF": 14, "GIF": 40}  # largest difference allowed to lossy formats


def decoded(data: bytes) -> np.ndarray:
    image = decode(data, "a.png")
    assert image.mode == "RGB"
    return np.asarray(image).astype(int)


def test_decode_is_the_function():
    assert decode_function is module.decode


@pytest.mark.parametrize("kind", KINDS)
def test_formats(kind):
    wanted = make.pixels(61, 43).astype(int)
    got = decoded(make.pack(make.photo(61, 43), kind))
    assert got.shape == (43, 61, 3)
    assert np.abs(got - wanted).max() <= TOLERANCE.get(kind, 0)


def as_stored(upright: np.ndarray, orientation: int) -> np.ndarray:
    """The pixels as a camera stores them: EXIF 2.3 says where row 0 and column 0 are seen."""
    height, width = upright.shape[:2]
    rows, columns = (width, height) if orientation > 4 else (height, width)
    r, c = np.mgrid[:rows, :columns]
    y, x = {
        1: (r, c),
        2: (r, width - 1 - c),
        3: (height - 1 - r, width - 1 - c),
        4: (height - 1 - r, c),
        5: (c, r),
        6: (c, width - 1 - r),
        7: (height - 1 - c, width - 1 - r),
        8: (height - 1 - c, r),
    }[orientation]
    return np.ascontiguousarray(upright[y, x])


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"] + (["HEIF"] if HEIC else []))
def test_turned_upright(kind, orientation):
    wanted = make.pixels(48, 32)
    exif = Image.Exif()
    exif[0x0112] = orientation
    how = {"tiffinfo": {274: orientation}} if kind == "TIFF" else {"exif": exif.tobytes()}
    data = make.pack(Image.fromarray(as_stored(wanted, orientation)), kind, **how)
    upright = unpack(open_picture(data, "a"))
    assert (upright.width, upright.height) == upright.image.size == (48, 32)
    assert np.abs(np.asarray(upright.image).astype(int) - wanted).max() <= TOLERANCE.get(kind, 0)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_unreadable_exif_means_upright():
    data = make.pack(make.photo(30, 20), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert decoded(data).shape == (20, 30, 3)


def test_pictures_of_phones_with_more_than_one_image_inside():
    image = make.photo(640, 480)
    data = make.pack(image, "MPO", save_all=True, append_images=[make.photo(64, 48)])
    assert decode(data, "a").size == (640, 480)


def test_thumbnails_show_the_whole_picture():
    for size, wanted in (((300, 150), (128, 64)), ((1, 9000), (1, 128)), ((50, 20), (50, 20))):
        small = decode(thumbnail(make.photo(*size)), "t")
        assert small.size == wanted


def test_kinds_by_first_bytes():
    names = {"WEBP": "WebP", "HEIF": "HEIC"}
    for kind in KINDS:
        assert kind_of(make.picture(kind=kind)) == names.get(kind, kind)
    assert kind_of(b"RIFF1234WAVE") is None
    assert {".jpg", ".png", ".webp", ".gif", ".bmp", ".tiff", ".heic"} <= SUFFIXES


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(PictureError) as caught:
        decode(data, "cat.png", Limits(**limits))
    sentence = str(caught.value)
    assert sentence.startswith("cat.png ")
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
    return sentence


def test_no_picture_at_all():
    assert refusal(b"") == "cat.png is empty."
    assert "is not a JPEG, PNG, WebP, GIF, BMP, TIFF" in refusal(b"hello, world " * 9)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.15, 0.5, 0.8])
def test_cut_off_files(kind, share):
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    whole = make.pack(Image.fromarray(noise), kind)
    assert "is a broken or cut-off" in refusal(whole[: int(len(whole) * share)])


def test_too_many_bytes():
    data = make.picture()
    assert f"more than the {len(data) - 1} bytes allowed" in refusal(data, file_bytes=len(data) - 1)
    assert decode(data, "a", Limits(file_bytes=len(data)))


def test_too_many_pixels_by_the_header_alone(monkeypatch):
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("decoded a bomb"))
    side = 60_000
    bombs = [
        make.raw_png(side, side, 8, 2, b""),
        b"GIF89a"
        + struct.pack("<HHBBB", side, side, 0x80, 0, 0)
        + bytes(6)
        + struct.pack("<cHHHHBB", b",", 0, 0, side, side, 0, 2)
        + b"\0;",
        make.tiff(np.zeros((1, 1), "<u2")).replace(
            struct.pack("<HHII", 256, 4, 1, 1), struct.pack("<HHII", 256, 4, 1, 70_000_000)
        ),
    ]
    for bomb in bombs:
        assert "pixels, more than the 64 million allowed" in refusal(bomb)


@pytest.mark.parametrize("action", ["ignore", "error"])
def test_too_many_pixels_whatever_becomes_of_pillows_own_warning(action):
    with warnings.catch_warnings():
        warnings.simplefilter(action, Image.DecompressionBombWarning)
        assert "more than the 64 million" in refusal(make.raw_png(10_000, 10_000, 8, 2, b""))


def test_exactly_the_pixel_limit_is_fine():
    assert "has 48 x 40 pixels, more" in refusal(make.picture(), pixels=48 * 40 - 1)
    assert decode(make.picture(), "a", Limits(pixels=48 * 40)).size == (48, 40)


def test_heic_without_its_reader(monkeypatch):
    monkeypatch.setattr(module, "HEIC", False)
    data = b"\0\0\0\x18ftypheic" + bytes(100)
    assert "install pillow-heif" in refusal(data)


def test_running_out_of_memory_is_a_sentence(monkeypatch):
    def exhausted(image):
        raise MemoryError

    monkeypatch.setattr(module, "to_rgb", exhausted)
    assert "needs more memory than there is" in refusal(make.picture())


def test_limits_explain_themselves():
    sentences = Limits().describe()
    assert len(sentences) == len(vars(Limits()).keys()) - 1  # files and bytes of an upload are one
    for sentence in sentences:
        assert sentence.endswith(".")
        assert "since" in sentence or "so that" in sentence
    with pytest.raises(ValueError, match="pixels"):
        Limits(pixels=0)
