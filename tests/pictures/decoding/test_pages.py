"""Pages of stacks and frames of animations: said and counted, and pictures where that is wished."""

from __future__ import annotations

import hashlib
import itertools
import struct

import numpy as np
import pytest
from PIL import Image

from se_viz.pictures import (
    HEIC,
    Earlier,
    GreyRange,
    Limits,
    Picture,
    PictureOptions,
    Preprocessing,
    Remark,
    Skipped,
    Source,
    Spool,
    gather_uploads,
    load,
    load_one,
)
from se_viz.pictures.decoding import pages as module
from se_viz.pictures.decoding.decode import open_picture
from se_viz.pictures.decoding.formats import jpeg, tags
from se_viz.pictures.decoding.pages import identity
from se_viz.pictures.options import ALL
from se_viz.pictures.remarks import tell
from tests.pictures import picture_files as make

SIDE = 16
AS_IT_IS = Preprocessing(size=SIDE)
EVERY = PictureOptions(pages=ALL)
SHADES = (10, 90, 170, 250)
KINDS = ["TIFF", "GIF", "PNG", "WEBP", "AVIF", "MPO"] + (["HEIF"] if HEIC else [])
WORDS = {"TIFF": "page", "MPO": "picture", "HEIF": "picture"}


def many(kind: str, shades=SHADES, **how) -> bytes:
    """A file of one picture for each shade of grey."""
    frames = [Image.new("RGB", (SIDE, SIDE), (shade, shade // 2, 0)) for shade in shades]
    if kind == "MPO":  # of more than three, Pillow writes down wrong places
        frames = frames[:3]
    how = {"PNG": {}, "MPO": {"quality": 95}, "AVIF": {"quality": 95}}.get(kind, {}) | how
    lossless = {"lossless": True} if kind == "WEBP" else {}
    more = {"duration": 40} if kind in {"GIF", "PNG", "WEBP"} else {}
    return make.pack(
        frames[0], kind, save_all=True, append_images=frames[1:], **more, **lossless, **how
    )


def count_of(kind: str) -> int:
    return 3 if kind == "MPO" else 4


def read(*files: bytes, options: PictureOptions = EVERY, limits: Limits | None = None) -> list:
    named = [(f"{number}.tif", data) for number, data in enumerate(files)]
    return list(load(gather_uploads(named, options=options), AS_IT_IS, limits))


def shades(items: list) -> list[int]:
    return [round(item.model_input[..., 0].mean()) for item in items if isinstance(item, Picture)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_is_taken_and_the_rest_is_counted(kind):
    (picture,) = read(many(kind), options=PictureOptions())
    assert abs(shades([picture])[0] - SHADES[0]) <= 6
    (remark,) = picture.remarks
    word = WORDS.get(kind, "frame")
    left = count_of(kind) - 1
    assert tell([remark]) == [
        f"0.tif: of its {word}s the first was taken and {left} more left out; --pages all "
        "takes all."
    ]
    assert (picture.name, picture.page, picture.digest) == ("0.tif", 1, picture.file)


@pytest.mark.parametrize("kind", KINDS)
def test_all_are_pictures(kind):
    data, word = many(kind), WORDS.get(kind, "frame")
    got, numbers = read(data), range(1, count_of(kind) + 1)
    assert [item.name for item in got] == [f"0.tif, {word} {n}" for n in numbers]
    assert np.abs(np.subtract(shades(got), SHADES[: len(got)])).max() <= 6
    file = hashlib.sha256(data).hexdigest()
    assert [item.digest for item in got] == [identity(file, n) for n in numbers]
    assert len({item.digest for item in got}) == len(numbers)
    assert [(item.file, item.page) for item in got] == [(file, n) for n in numbers]
    assert not any(item.remarks for item in got)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF"])
@pytest.mark.parametrize("options", [EVERY, PictureOptions()])
def test_a_file_of_one_picture_has_no_pages(kind, options):
    (picture,) = read(make.picture(kind=kind), options=options)
    assert (picture.name, picture.page, picture.remarks) == ("0.tif", None, ())
    assert picture.digest == picture.file


def test_what_is_said_of_many_files_is_one_line():
    items = read(
        many("GIF"), many("GIF", SHADES[:2]), many("GIF", SHADES[1:]), options=PictureOptions()
    )
    remarks = [remark for item in items for remark in item.remarks]
    (line,) = tell(remarks)
    assert line.startswith(
        "0.tif and 2 more: of its frames the first was taken and 6 more left out"
    )


@pytest.mark.parametrize("kind", ["TIFF", "GIF", "WEBP", "MPO"])
def test_a_page_that_was_kept_is_read_again(kind):
    spool = Spool()
    kept = [spool.keep(item) for item in gather_uploads([("a.tif", many(kind))], options=EVERY)]
    for first in load(kept, AS_IT_IS):
        again = spool.source(first.file, first.name, first.label, first.options, first.page)
        second = load_one(again, AS_IT_IS)
        assert (second.model_input == first.model_input).all()
        assert (second.digest, second.name, second.page) == (first.digest, first.name, first.page)
        assert second.remarks == ()
    assert len(spool) == len(many(kind))


def test_pages_of_a_file_are_read_together(monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 3)
    reads = []
    data = many("GIF", range(10, 90, 10))
    source = Source("a.gif", None, lambda: reads.append(1) or data, options=EVERY)
    got = list(load([source], AS_IT_IS, workers=2))
    assert len(got) == 8
    assert len(reads) == 1 + 3
    spool = Spool()
    spool.keep(source).read()
    again = [spool.source(p.file, p.name, None, p.options, p.page) for p in got]
    jobs = list(module.jobs(iter([*again, source, *again[:2]]), Limits()))
    assert [len(job) for job in jobs] == [3, 3, 2, 3, 3, 2, 2]


def test_the_first_page_and_the_file_are_the_same_picture():
    data = many("TIFF")
    (first,) = read(data, options=PictureOptions())
    known = {first.digest: Earlier("stack.tif", None)}
    got = list(load(gather_uploads([("a.tif", data)], options=EVERY), AS_IT_IS, known=known))
    assert isinstance(got[0], Skipped)
    assert "a.tif, page 1 is the same picture as stack.tif" in got[0].reason
    assert shades(got) == list(SHADES[1:])


def test_the_same_stack_twice():
    got = read(many("TIFF"), many("TIFF"))
    assert [type(item) for item in got] == [Picture] * 4 + [Skipped] * 4
    assert "1.tif, page 2 is the same picture as 0.tif, page 2" in got[5].reason


def test_no_more_than_allowed():
    got = read(many("TIFF"), limits=Limits(pages=3))
    assert shades(got) == list(SHADES[:3])
    (line,) = tell([item for item in got if isinstance(item, Remark)])
    assert line.startswith("0.tif: of its pages the first 3 were taken and 1 more left out; ")
    got = read(many("TIFF"), limits=Limits(pixels=SIDE * SIDE * 2 // 30 + SIDE * SIDE))
    assert 0 < len(shades(got)) <= 4


def test_pages_have_as_few_pixels_together_as_thirty_large_pictures():
    data = many("GIF", range(0, 240, 6))
    limits = Limits(pixels=SIDE * SIDE)
    assert len(shades(read(data, limits=limits))) == 30


def test_a_broken_page_stops_no_other():
    data = bytearray(many("TIFF", compression="tiff_lzw"))
    opened = open_picture(bytes(data), "a")
    opened.image.seek(1)
    place = opened.image.tag_v2[273][0]
    data[place : place + 4] = b"\xff\xff\xff\xff"
    got = read(bytes(data))
    assert [type(item) for item in got] == [Picture, Skipped, Picture, Picture]
    assert got[1].reason == "0.tif, page 2 is a broken or cut-off TIFF picture."


def test_an_animation_that_is_cut_off_keeps_what_is_there():
    data = many("GIF", range(10, 100, 10))
    got = read(data[: len(data) * 2 // 3])
    assert 3 <= len(shades(got)) < 9
    assert all(isinstance(item, Picture | Skipped) for item in got)


def test_pages_of_deep_pictures_have_one_range():
    ramp = np.arange(SIDE * SIDE).reshape(SIDE, SIDE) / (SIDE * SIDE - 1)
    pages = [Image.fromarray((ramp * top).astype(np.uint16)) for top in (700, 4000)]
    data = make.pack(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    got = read(data)
    assert [item.options.range for item in got] == [GreyRange(0, 4095)] * 2
    assert [int(item.model_input.max()) for item in got] == [round(700 * 255 / 4095), 249]
    (alone,) = read(data, options=PictureOptions())
    assert alone.options.range == GreyRange(0, 1023)


def test_colours_of_sixteen_bits_on_a_later_page():
    """Pillow writes no such file: a second list of tags, with another place of its pixels."""
    one, other = (np.full((SIDE, SIDE, 3), value, np.uint16) for value in (100, 1000))
    data = make.tiff_colours(one)
    listed = 16 + one.nbytes
    strip = struct.pack("<HHII", 273, 4, 1, 16)
    second = data[listed:].replace(strip, strip[:8] + struct.pack("<I", 2 * len(data) - listed))
    stack = data[:-4] + struct.pack("<I", len(data)) + second + other.tobytes()
    got = read(stack, options=PictureOptions(pages=ALL, range=GreyRange(0, 2000)))
    assert shades(got) == [13, 128]


def test_pages_of_many_sizes_are_turned_one_by_one():
    exif = Image.Exif()
    exif[0x0112] = 6
    wide = Image.new("RGB", (40, 20), "red")
    data = make.pack(wide, "TIFF", save_all=True, append_images=[wide.resize((30, 10))], exif=exif)
    got = read(data)
    assert [(item.width, item.height) for item in got] == [(20, 40), (10, 30)]


def test_a_later_page_with_too_many_pixels():
    small, large = Image.new("L", (8, 8)), Image.new("L", (300, 300))
    data = make.pack(small, "TIFF", save_all=True, append_images=[large, small])
    got = read(data, limits=Limits(pixels=10_000))
    assert "0.tif, page 2 has 300 x 300 pixels" in got[1].reason
    assert [type(item) for item in got] == [Picture, Skipped, Picture]


def listed_in(data: bytes) -> int:
    """Where an MPO lists its pictures: kind, size and place of each, 4 bytes all, and 4 more."""
    start = data.index(b"MPF\0") + 4
    return tags.read(data, start).entries[jpeg.MP_ENTRY].place


def with_number(data: bytes, place: int, number: int) -> bytes:
    return data[:place] + number.to_bytes(4, "little") + data[place + 4 :]


def test_a_picture_in_a_phone_s_file_is_looked_at_as_any_other():
    slow = make.pack(Image.new("L", (SIDE, SIDE)), "JPEG", progressive=True)
    last = slow[slow.rindex(b"\xff\xda") : -2]
    slow = slow[:-2] + last * 90 + slow[-2:]
    data = many("MPO", SHADES[:2])
    data = with_number(data, listed_in(data) + 16 + 4, len(slow))
    got = read(data[: data.rindex(b"\xff\xd8\xff")] + slow)
    assert isinstance(got[0], Picture)
    assert "0.tif, picture 2 has more than 64 scans" in got[1].reason


def test_a_picture_that_is_listed_and_not_there_is_named():
    data = many("MPO", SHADES[:2])
    got = read(with_number(data, listed_in(data) + 16 + 8, 1 << 30))
    assert [type(item) for item in got] == [Picture, Skipped]
    assert got[1].reason == "0.tif, picture 2 is empty."


def test_previews_and_maps_of_brightness_are_no_pictures():
    data = many("MPO", SHADES[:2])
    assert open_picture(data, "a").count == 2
    assert open_picture(with_number(data, listed_in(data) + 16, 0x010001), "a").count == 1
    place = data.rindex(b"\xff\xd8\xff") + 2
    note = b'x hdrgm:Version="1.0"'
    bright = data[:place] + b"\xff\xe1" + (len(note) + 2).to_bytes(2, "big") + note + data[place:]
    assert open_picture(bright, "a").count == 1


def test_several_pnm_pictures_in_a_row():
    one = [b"P5 16 16 255\n" + bytes([shade]) * 256 for shade in SHADES]
    assert shades(read(b"".join(one))) == list(SHADES)
    deep = b"P5 16 16 1000\n" + (500).to_bytes(2, "big") * 256
    assert shades(read(deep + b"\n" + deep.replace(b"1000", b"2000"))) == [128, 64]


def test_hostile_counts_are_not_believed():
    """An animation that announces more frames than it has."""
    data = many("PNG")
    place = data.index(b"acTL") + 4
    lying = bytearray(data)
    lying[place : place + 4] = (1 << 30).to_bytes(4, "big")
    lying[place + 8 : place + 12] = make.chunk(b"acTL", bytes(lying[place : place + 8]))[-4:]
    assert open_picture(bytes(lying), "a").count == 4
    assert shades(read(bytes(lying))) == list(SHADES)


def test_identities_differ():
    files = [f"{n:064x}" for n in range(3)]
    made = {identity(file, page) for file, page in itertools.product(files, range(1, 50))}
    assert len(made) == 3 * 49
    assert identity(files[0], 3, first=3) == files[0]
