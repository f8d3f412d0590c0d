"""Formats beyond the usual ones, what else their files hold, and why others are not read."""

from __future__ import annotations

import contextlib
import functools
import io
import struct
import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin, PpmImagePlugin

from se_viz.pictures import FORMATS, SUFFIXES, Limits, PictureError, decode
from se_viz.pictures.decoding import formats
from se_viz.pictures.decoding.decode import kind_of, open_picture
from se_viz.pictures.decoding.formats import boxes, refused
from se_viz.pictures.limits import MIB
from tests.pictures import picture_files as make


def decoded(data: bytes, name: str = "a") -> np.ndarray:
    return np.asarray(decode(data, name)).astype(int)


def reason(data: bytes, name: str = "cat.jpg") -> str:
    with pytest.raises(PictureError) as caught:
        decode(data, name)
    sentence = str(caught.value)
    assert sentence.startswith(f"{name} ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("kind", "name", "how", "most"),
    [
        ("AVIF", "AVIF", {"quality": 100, "subsampling": "4:4:4"}, 6),
        ("JPEG2000", "JPEG 2000", {}, 0),
        ("JPEG2000", "JPEG 2000", {"no_jp2": True, "tile_size": (16, 16)}, 0),
        ("JPEG2000", "JPEG 2000", {"irreversible": True, "quality_layers": [1]}, 6),
        ("PPM", "PPM", {}, 0),
        ("TGA", "TGA", {}, 0),
        ("TGA", "TGA", {"compression": "tga_rle"}, 0),
        ("MPO", "JPEG", {"quality": 95, "subsampling": 0}, 12),
    ],
)
def test_more_formats(kind, name, how, most):
    data, wanted = make.pack(make.photo(61, 43), kind, **how), make.pixels(61, 43).astype(int)
    assert kind_of(data, "a.tga") == name in FORMATS
    assert np.abs(decoded(data, "a.tga") - wanted).max() <= most


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA"])
@pytest.mark.parametrize("kind", ["TGA", "AVIF", "JPEG2000", "ICO"])
def test_their_modes(kind, mode):
    if (kind, mode) in {("JPEG2000", "P"), ("JPEG2000", "1")}:
        pytest.skip("no such file")
    image = make.photo(32, 32).convert(mode)
    wanted = Image.new("RGB", image.size, "white")
    wanted.paste(image.convert("RGB"), mask=image.convert("RGBA").getchannel("A"))
    how = (
        {"quality": 100, "subsampling": "4:4:4"}
        if kind == "AVIF"
        else {"sizes": [(32, 32)]}
        if kind == "ICO"
        else {}
    )
    got = decoded(make.pack(image, kind, **how), "a.tga")
    assert np.abs(got - np.asarray(wanted)).mean() <= (4 if kind == "AVIF" else 1)


def test_their_endings():
    assert {".avif", ".jp2", ".j2k", ".ppm", ".pgm", ".pbm", ".ico", ".tga", ".mpo"} <= SUFFIXES


# What a name says, where the file says nothing


def test_a_tga_is_known_by_its_name_or_by_its_foot():
    data = make.pack(make.photo(20, 10), "TGA")
    old = data.removesuffix(b"TRUEVISION-XFILE.\0")
    assert kind_of(data) == kind_of(old, "A.TGA") == "TGA"
    assert kind_of(old) is kind_of(old, "a.png") is None
    assert kind_of(b"\0\0\2" + bytes(30), "a.tga") is None
    assert "is not a JPEG, PNG" in reason(b"a text, not a picture at all", "cat.tga")


# Numbers written out


def pnm(kind: int, samples: np.ndarray, top: int = 255, comment: bytes = b"") -> bytes:
    height, width = samples.shape[:2]
    head = b"P%d\n%s%d %d\n" % (kind, comment, width, height)
    head += b"" if kind in (1, 4) else b"%d\n" % top
    if kind == 4:
        return head + np.packbits(samples, axis=1).tobytes()
    if kind > 3:
        return head + samples.astype(">u2" if top > 255 else "u1").tobytes()
    return head + comment + b" ".join(b"%d" % value for value in samples.ravel()) + b"\n" + comment


BITS = (np.arange(15).reshape(3, 5) % 4 == 0).astype(int)


@pytest.mark.parametrize("top", [1, 3, 100, 255])
@pytest.mark.parametrize("kind", [2, 3, 5, 6])
@pytest.mark.parametrize("comment", [b"", b"# 12 13 by hand\n"])
def test_grey_and_colours_as_numbers(kind, top, comment):
    shape = (4, 7, 3) if kind in (3, 6) else (4, 7)
    samples = np.arange(np.prod(shape)).reshape(shape) % (top + 1)
    got = decoded(pnm(kind, samples, top, comment))
    wanted = np.rint(samples * 255 / top).astype(int)
    assert (got == (wanted if kind in (3, 6) else wanted[..., None])).all()


@pytest.mark.parametrize("kind", [1, 4])
def test_black_and_white_as_numbers(kind):
    assert (decoded(pnm(kind, BITS))[..., 0] == 255 * (1 - BITS)).all()


def test_black_and_white_needs_no_spaces():
    assert (
        decoded(b"P1 5 3\n" + bytes(48 + bit for bit in BITS.ravel()))[..., 0] == 255 * (1 - BITS)
    ).all()


@pytest.mark.parametrize(
    "data",
    [
        b"P2 2 2 255 1 2 3",
        b"P2 2 2 255 1 2 3 256",
        b"P2 2 2 255 1 2 3 -4",
        b"P2 2 2 255 1 2 3 cat",
        b"P2 0 2 255 ",
        b"P2 2 2 0 0 0 0 0",
        b"P5 2 2 70000 0 0 0 0",
        b"P5 2 2 255 abc",
        b"P5 2 2 1000 abcdefg",
        b"P6 2 2 1000 abcdefg",
        b"P1 2 2 1 0 2 1",
        b"P4 20 20 a",
        b"P5 2",
        b"P5 # never ends",
    ],
)
def test_numbers_that_are_missing_or_wrong(data):
    assert "is a broken or cut-off PPM picture" in reason(data)


def test_numbers_are_read_without_a_step_in_python_for_each(monkeypatch):
    for slow in ("PpmDecoder", "PpmPlainDecoder"):
        decoder = getattr(PpmImagePlugin, slow)
        monkeypatch.setattr(decoder, "decode", lambda *_: pytest.fail("in Python"))
    for kind, top in ((1, 1), (2, 255), (3, 100), (5, 100), (5, 4095), (6, 4095), (2, 4095)):
        samples = np.zeros((4, 5, 3) if kind in (3, 6) else (4, 5), int)
        assert decoded(pnm(kind, samples, top)).shape == (4, 5, 3)


def test_a_ppm_has_no_more_pixels_than_others():
    assert "has 90,000 x 90,000 pixels, more than the 64 million" in reason(b"P2 90000 90000 255 1")


# Icons


def icon(*sizes: tuple[int, int], bits: int = 32) -> bytes:
    """An icon of old: several sizes, each of its own colour."""
    entries, bodies, start = b"", b"", 6 + 16 * len(sizes)
    for side, shade in sizes:
        grey = Image.new("RGB", (side, side), (shade,) * 3)
        body = bytearray(make.pack(grey, "BMP")[14:])
        body[8:12] = struct.pack("<i", 2 * side)
        body += bytes(-(-side // 32) * 4 * side)
        entries += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 24, len(body), start)
        bodies, start = bodies + body, start + len(body)
    return b"\0\0\1\0" + struct.pack("<H", len(sizes)) + entries + bodies


def test_of_an_icon_the_largest_is_taken():
    data = icon((16, 10), (48, 200), (32, 90))
    assert decoded(data).shape == (48, 48, 3)
    assert (decoded(data) == 200).all()
    assert open_picture(data, "a").inside.said == "Of its 3 sizes, the largest was taken."


def test_of_an_icon_the_one_with_the_most_colours_is_taken():
    few, many = icon((16, 10)), bytearray(icon((16, 200)))
    entry = bytearray(few[6:22])
    entry[6:8] = b"\4\0"
    entry[12:16] = struct.pack("<I", 6 + 32)
    many[18:22] = struct.pack("<I", 6 + 32 + len(few) - 22)
    data = b"\0\0\1\0\2\0" + bytes(entry) + bytes(many[6:22]) + few[22:] + many[22:]
    assert (decoded(data) == 200).all()


def test_an_icon_that_holds_a_bomb():
    bomb = make.raw_png(9000, 9000, 8, 2, b"")
    data = b"\0\0\1\0\1\0" + struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(bomb), 22) + bomb
    assert "has 9,000 x 9,000 pixels, more than the 4 million allowed" in reason(data)
    data = bytearray(icon((16, 10)))
    data[22 + 4 : 22 + 12] = struct.pack("<ii", 30_000, 60_000)
    assert "has 30,000 x 60,000 pixels" in reason(bytes(data))


@pytest.mark.parametrize(
    "data", [b"\0\0\1\0\1\0\0\0\0\0", icon((16, 10))[:60], icon((16, 9))[:200]]
)
def test_icons_cut_off(data):
    assert "is a broken or cut-off ICO" in reason(data) or "without any picture" in reason(data)


# Texts and profiles within a PNG

LONG = b"Once upon a time. " * (MIB // 8)
TOO_LONG = {
    "packed text": make.chunk(b"zTXt", b"Story\0\0" + zlib.compress(LONG)),
    "plain text": make.chunk(b"tEXt", b"Story\0" + LONG),
    "packed text of any language": make.chunk(b"iTXt", b"Story\0\1\0\0\0" + zlib.compress(LONG)),
    "settings of a camera": make.chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(LONG)),
    "description": make.chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(LONG)),
    "broken text": make.chunk(b"zTXt", b"Story\0\0nonsense"),
    "profile": make.chunk(b"iCCP", b"Wide\0\0" + zlib.compress(LONG)),
    "many texts": make.chunk(b"zTXt", b"Story\0\0" + zlib.compress(LONG[: MIB - 9])) * 80,
}


@pytest.mark.parametrize("what", TOO_LONG)
@pytest.mark.parametrize("behind", [False, True])
def test_whatever_a_png_tells_its_picture_is_read(what, behind):
    plain = make.picture()
    place = plain.index(b"IEND") - 4 if behind else plain.index(b"IDAT") - 4
    data = plain[:place] + TOO_LONG[what] + plain[place:]
    assert (decoded(data) == decoded(plain)).all()


def turned(how: str) -> bytes:
    """A PNG of 30 x 20 pixels that stands on its side, as some text says."""
    info, exif = PngImagePlugin.PngInfo(), Image.Exif()
    exif[0x0112] = 6
    if how == "profile":
        packed = exif.tobytes()
        info.add_text("Raw profile type exif", f"\nexif\n{len(packed)}\n{packed.hex()}", zip=True)
    else:
        xmp = '<rdf:Description tiff:Orientation="6"/>'
        info.add_itxt("XML:com.adobe.xmp", xmp, zip=how == "packed")
    return make.pack(make.photo(30, 20), "PNG", pnginfo=info)


@pytest.mark.parametrize("how", ["profile", "plain", "packed"])
def test_texts_that_say_how_a_picture_is_turned_are_kept(how):
    assert decode(turned(how), "a").size == (20, 30)


# What is not read

NOT_READ = {
    "a PDF": b"%PDF-1.7 ...",
    "a PostScript drawing": b"%!PS-Adobe-3.0 EPSF-3.0",
    "an SVG drawing": b'<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="...">',
    "a web page": b"\n<!DOCTYPE html><html><body>404",
    "a Photoshop file": b"8BPS\0\1",
    "a DICOM file": bytes(128) + b"DICM",
    "a FITS file": b"SIMPLE  =                    T",
    "a JPEG XL picture": b"\xff\x0a\xfa\x1f",
    "an OpenEXR picture": b"v/1\x01\2\0\0\0",
    "a Radiance picture": b"#?RADIANCE\n",
    "a PAM or a PFM in colour": b"P7\nWIDTH 4\n",
    "a file of scientific data": b"\x89HDF\r\n\x1a\n",
    "a NumPy array": b"\x93NUMPY\x01\0",
    "a packed file": b"7z\xbc\xaf\x27\x1c",
    "a ZIP by another name": make.zip_of({"a.png": make.picture()}),
    "a camera's raw file": b"FUJIFILMCCD-RAW 0201",
    "a video": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2",
}


@pytest.mark.parametrize("what", NOT_READ)
def test_the_true_reason_and_what_to_do(what):
    sentence = reason(NOT_READ[what] + bytes(400))
    assert f"is {what}, which is not read here: " in sentence


@pytest.mark.parametrize("name", ["a.NEF", "a.cr2", "a.dng", "a.arw"])
def test_a_camera_s_raw_file_is_no_small_picture(name):
    assert "is a camera's raw file" in reason(make.pack(make.photo(16, 12), "TIFF"), name)
    assert decode(make.picture(kind="JPEG"), name).size == (48, 40)  # by a wrong name


def test_a_camera_s_raw_file_by_its_tags():
    preview = make.pack(make.photo(16, 12), "TIFF", tiffinfo={50706: b"\1\4\0\0"})
    assert "is a camera's raw file" in reason(preview)


def test_deep_jpegs_say_so():
    data = bytearray(make.picture(kind="JPEG"))
    data[data.index(b"\xff\xc0") + 4] = 12
    assert "is a JPEG of 12 bits a channel, which is not read" in reason(bytes(data))


def test_avif_where_pillow_cannot_read_it(monkeypatch):
    kinds = [replace(k, at_hand=False) if k is boxes.AVIF_KIND else k for k in formats.KINDS]
    monkeypatch.setattr(formats, "KINDS", kinds)
    said = reason(make.picture(kind="AVIF"))
    assert "is in the format AVIF, which the Pillow installed here cannot read" in said


@given(st.text('<!-> \nsvgdoctypehtmlrdf"', max_size=1500))
@settings(max_examples=60, deadline=None)
def test_telling_kinds_apart_takes_no_time_whatever_the_text(text):
    refused.reason(text.encode())


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_files_that_are_damaged_or_cut_off(data):
    name, whole = data.draw(st.sampled_from(whole_files()))
    broken = bytearray(whole[: data.draw(st.integers(1, len(whole)))])
    for place in data.draw(st.lists(st.integers(0, len(broken) - 1), max_size=5)):
        broken[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(PictureError):
        decode(bytes(broken), name, Limits(pixels=1_000_000))


@functools.cache
def whole_files() -> list[tuple[str, bytes]]:
    image, grey = make.photo(40, 30), make.pixels(40, 30)[..., 0]
    files = [make.pack(image, kind) for kind in ("AVIF", "JPEG2000", "PPM", "TGA", "ICO", "MPO")]
    files += [pnm(kind, grey, 255) for kind in (2, 5)] + [pnm(5, grey, 4095), pnm(1, grey % 2)]
    files += [icon((16, 10), (24, 9)), turned("packed"), turned("profile")]
    return [("a.tga", data) for data in files]


def test_unreadable_is_not_unknown():
    stream = io.BytesIO(make.picture(kind="AVIF"))
    assert "is a broken or cut-off AVIF" in reason(stream.getvalue()[:60])
