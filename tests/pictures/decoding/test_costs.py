"""What unpacks slowly, however small, is refused by what is counted in it before it is decoded."""

from __future__ import annotations

import struct
import sys

import numpy as np
import pytest
from PIL import Image

from se_viz.pictures import HEIC, Limits, PictureError, decode
from se_viz.pictures.decoding.formats import bmp, boxes, gif, jpeg, jpeg2000, png, tags, tiff
from se_viz.pictures.decoding.formats.kind import RefusalError
from tests.pictures import picture_files as make

module = sys.modules["se_viz.pictures.decoding.decode"]
GREY = make.photo(64, 48).convert("L")


def jpeg_of(scans: int = 0, segments: int = 0, loose: bytes = b"") -> bytes:
    """A JPEG with so many more scans and comments, and something between its segments."""
    data = make.pack(GREY, "JPEG", progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    head = data[:20] + loose + b"\xff\xfe\0\2" * segments
    return head + data[20:-2] + last * scans + data[-2:]


def png_of(chunks: int, kind: bytes = b"prIv") -> bytes:
    data = make.picture()
    place = data.index(b"IDAT") - 4
    return data[:place] + make.chunk(kind, b"") * chunks + data[place:]


def gif_of(blocks: int) -> bytes:
    data = make.picture(kind="GIF")
    head = 13 + (3 << (data[10] & 7) + 1)
    return data[:head] + b"!\xfe" + b"\1c" * blocks + b"\0" + data[head:]


def tiff_of(*fields: tuple[int, int, int, int], big: bool = False, rows: int = 8) -> bytes:
    """A grey TIFF of 8 x 8 pixels with more tags: number, type, count, value or address."""
    pixels, entries = (
        bytes(64),
        {256: 8, 257: 8, 258: 8, 259: 1, 262: 1, 273: 16, 277: 1, 278: rows},
    )
    listed = {tag: (tag, 4, 1, value) for tag, value in entries.items()}
    listed |= {field[0]: field for field in fields}
    form = "<HHQQ" if big else "<HHII"
    body = b"".join(struct.pack(form, *listed[tag]) for tag in sorted(listed))
    if big:
        head = b"II+\0" + struct.pack("<HHQ", 8, 0, 80) + pixels
        return head + struct.pack("<Q", len(listed)) + body + bytes(8)
    head = b"II*\0" + struct.pack("<II", 80, 0) + bytes(4) + pixels
    return head + struct.pack("<H", len(listed)) + body + bytes(4)


def bmp_of(kind: int, width: int, height: int, runs: int) -> bytes:
    head = struct.pack("<IHHI", 0, 0, 0, 54 + 1024)
    head += struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, kind, 2 * runs, 0, 0, 256, 0)
    return b"BM" + head + bytes(1024) + b"\1a" * runs


def jpeg2000_of() -> bytes:
    image = Image.new("L", (512, 512))
    return make.pack(image, "JPEG2000", no_jp2=True, precinct_size=(128, 128))


def layered(data: bytes, layers: int) -> bytes:
    """A JPEG 2000 that announces so many layers."""
    place = data.index(jpeg2000.CODING) + 6
    return data[:place] + struct.pack(">H", layers) + data[place + 2 :]


def in_tile(data: bytes, layers: int) -> bytes:
    """The same, announced where its only tile begins."""
    coding = data.index(jpeg2000.CODING)
    length = 2 + int.from_bytes(data[coding + 2 : coding + 4], "big")
    place = data.index(jpeg2000.TILE)
    more = layered(data[coding : coding + length], layers)
    size = struct.pack(">I", int.from_bytes(data[place + 6 : place + 10], "big") + length)
    return data[: place + 6] + size + data[place + 10 : place + 12] + more + data[place + 12 :]


def items_of(count: int, brand: bytes = b"heic") -> bytes:
    listed = struct.pack(">I4sIH", 14, b"iinf", 0, count)
    meta = struct.pack(">I4sI", 12 + len(listed), b"meta", 0) + listed
    return struct.pack(">I4s4sI", 16, b"ftyp", brand, 0) + meta


SLOW = [
    (lambda: jpeg_of(scans=jpeg.SCANS), "more than 64 scans"),
    (lambda: jpeg_of(scans=3000), "scans"),
    (lambda: jpeg_of(segments=jpeg.SEGMENTS), "more than 10,000 segments"),
    (lambda: jpeg_of(loose=bytes(jpeg.LOOSE + 1)), "bytes between its segments"),
    (lambda: jpeg_of(loose=b"\xff" * (jpeg.LOOSE + 2)), "bytes between its segments"),
    (lambda: png_of(png.CHUNKS), "more than 100,000 chunks"),
    (lambda: png_of(png.CHUNKS, b"IDAT"), "chunks"),
    (lambda: gif_of(gif.BLOCKS), "more than 1,000,000 blocks"),
    (lambda: b"GIF89a" + bytes(gif.BLOCKS + 20), "blocks"),
    (lambda: tiff_of((273, 4, 25, 0)), "more than 17 strips"),
    (lambda: tiff_of((273, 4, 33, 0), rows=1), "strips"),
    (lambda: tiff_of((257, 4, 1, 1 << 22), (273, 4, tiff.PIECES + 1, 0), rows=1), "100,000 strips"),
    (lambda: tiff_of((322, 4, 1, 16), (323, 4, 1, 16), (324, 4, 18, 0)), "more than 17 tiles"),
    (lambda: tiff_of((258, 3, 1 << 20, 0)), "channels"),
    (lambda: tiff_of((339, 3, 1 << 20, 0)), "channels"),
    (lambda: b"II*\0" + struct.pack("<IH", 8, tags.TAGS + 1), "tags in one list"),
    (lambda: b"II+\0" + struct.pack("<HHQQ", 8, 0, 16, 1 << 40), "tags in one list"),
    (lambda: tiff_of((34665, 4, 1, 16), big=True)[:16] + b"\xff" * 64 + TAIL, "tags in one list"),
    (lambda: bmp_of(1, 100, 100, bmp.RUNS), "runs of one colour"),
    (lambda: bmp_of(2, 8000, 2001, 9), "pixels packed in runs"),
    (lambda: bmp_of(1, 8000, -2001, 9), "pixels packed in runs"),
    (lambda: tiled(101), "more than 10,000 tiles"),
    (lambda: layered(jpeg2000_of(), 65_535), "packets"),
    (lambda: in_tile(jpeg2000_of(), 65_535), "packets"),
    (lambda: items_of(boxes.ITEMS + 1, b"avif"), "more than 2,000 parts"),
]
TAIL = tiff_of((34665, 4, 1, 16), big=True)[80:]
if HEIC:
    SLOW += [(lambda: items_of(boxes.ITEMS + 1), "more than 2,000 parts")]


def tiled(across: int) -> bytes:
    """A JPEG 2000 of 101 x 101 pixels that announces tiles of one pixel."""
    data = bytearray(make.pack(Image.new("L", (across, across)), "JPEG2000", no_jp2=True))
    data[24:32] = struct.pack(">II", 1, 1)
    return bytes(data)


@pytest.mark.parametrize(("file", "words"), SLOW, ids=[words for _, words in SLOW])
def test_what_nobody_writes_is_refused_before_it_is_opened(monkeypatch, file, words):
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("was opened"))
    with pytest.raises(PictureError) as caught:
        decode(file(), "cat.jpg")
    assert words in str(caught.value)
    assert str(caught.value).startswith("cat.jpg has more than ")
    assert str(caught.value).endswith(
        "which no camera or program writes and which takes too long to unpack."
    )


USUAL = [
    ("JPEG", {"progressive": True, "quality": 50}),
    ("JPEG", {"comment": b"c" * 60_000, "icc_profile": b"p" * 900_000}),
    ("PNG", {"compress_level": 0}),
    ("TIFF", {"tiffinfo": {278: 1}}),
    ("TIFF", {"compression": "tiff_lzw"}),
    ("JPEG2000", {"tile_size": (64, 64), "quality_layers": [20, 10, 5], "num_resolutions": 5}),
    ("JPEG2000", {"precinct_size": (128, 128), "progression": "RPCL"}),
    ("AVIF", {}),
    ("GIF", {}),
]


@pytest.mark.parametrize(("kind", "how"), USUAL)
def test_what_programs_write_is_not(kind, how):
    noise = np.random.default_rng(2).integers(0, 255, (300, 400, 3), np.uint8)
    assert decode(make.pack(Image.fromarray(noise), kind, **how), "a").size == (400, 300)


def test_as_many_as_the_limits_say():
    assert decode(jpeg_of(scans=50), "a").size == (64, 48)
    assert decode(jpeg_of(segments=900), "a").size == (64, 48)
    assert decode(png_of(5000, b"IDAT"), "a").size == (48, 40)
    assert decode(gif_of(50_000), "a").size == (48, 40)
    assert decode(tiff_of((273, 4, 1, 16)), "a").size == (8, 8)
    assert decode(tiff_of((273, 16, 1, 16), big=True), "a").size == (8, 8)


def test_scans_after_the_picture_are_none_of_it():
    """Phones append films, whose bytes may look like anything."""
    assert decode(make.picture(kind="JPEG") + b"\xff\xda\0\2" * 500, "a").size == (48, 40)


def test_a_list_of_pages_that_bites_its_tail_ends():
    data = bytearray(tiff_of())
    data[-4:] = struct.pack("<I", 80)
    assert tiff.inspect(bytes(data), Limits()).count == 1


def test_lists_of_tags_that_share_their_bytes(monkeypatch):
    """Every fourth byte begins a list of 4,096 tags, and each list ends on the next one's place."""
    monkeypatch.setattr(tiff, "ALL_TAGS", 200_000)
    length, count = 2 + 12 * tags.TAGS, 12_000
    lists = struct.pack("<HH", tags.TAGS, 0) * (length // 4) + bytes(length % 4)
    nexts = b"".join(struct.pack("<I", 8 + 4 * number) for number in range(1, count))
    with pytest.raises(PictureError, match="has more than 200,000 tags"):
        decode(b"II*\0" + struct.pack("<I", 8) + lists + nexts, "a")


def test_pages_are_counted_without_reading_them(monkeypatch):
    monkeypatch.setattr(tiff, "PAGES", 30)
    frames = [Image.new("L", (4, 4), shade) for shade in range(31)]
    for count in (1, 2, 30):
        many = make.pack(frames[0], "TIFF", save_all=True, append_images=frames[1:count])
        assert tiff.inspect(many, Limits()).count == count
    many = make.pack(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    with pytest.raises(RefusalError, match="more than 30 pages"):
        tiff.inspect(many, Limits())


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
def test_frames_are_counted(kind):
    frames = [make.photo(9, 7, seed) for seed in range(5)]
    data = make.pack(frames[0], kind, save_all=True, append_images=frames[1:])
    module_of = {"GIF": gif, "PNG": png}[kind]
    assert module_of.inspect(data, Limits()).count == 5
    assert module_of.inspect(make.picture(kind=kind), Limits()).count == 1


def test_a_jpeg_2000_whose_boxes_lie_about_its_size():
    data = bytearray(make.pack(Image.new("L", (64, 64)), "JPEG2000"))
    place = data.index(jpeg2000.START) + 8
    data[place : place + 8] = struct.pack(">II", 60_000, 60_000)
    with pytest.raises(PictureError, match="has 60,000 x 60,000 pixels, more than the 64 million"):
        decode(bytes(data), "a")


def test_a_webp_is_measured_before_room_is_made(monkeypatch):
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("was opened"))
    canvas = b"VP8X" + struct.pack("<II", 10, 0) + b"\xfe\x3f\0" * 2
    with pytest.raises(PictureError, match="has 16,383 x 16,383 pixels"):
        decode(b"RIFF" + struct.pack("<I", 22) + b"WEBP" + canvas, "a")
