"""Which numbers are black and white: one range for all, never by one bright pixel, and said."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from se_viz.pictures import (
    GreyRange,
    Picture,
    PictureOptions,
    Preprocessing,
    Skipped,
    Source,
    Spool,
    decode,
    gather_paths,
    gather_uploads,
    load,
    load_one,
)
from se_viz.pictures.decoding import ranges
from se_viz.pictures.decoding.ranges import REAL, WHOLE, WORD, Extent, in_common, natural, pick
from se_viz.pictures.remarks import tell
from tests.pictures import picture_files as make

SIDE = 32
AS_IT_IS = Preprocessing(size=SIDE)  # no pixel of a picture of this size is changed
RAMP = np.linspace(0, 1, SIDE * SIDE).reshape(SIDE, SIDE)


def read(*files: np.ndarray | bytes, options: PictureOptions | None = None) -> list[Picture]:
    """Pictures that were handed in together."""
    data = [make.tiff(file) if isinstance(file, np.ndarray) else file for file in files]
    named = [(f"{number}.tif", file) for number, file in enumerate(data)]
    items = list(load(gather_uploads(named, options=options), AS_IT_IS, thumbnails=False))
    assert not [item for item in items if isinstance(item, Skipped)]
    return [item for item in items if isinstance(item, Picture)]


def greys(picture: Picture) -> np.ndarray:
    return picture.model_input[..., 0].astype(int)


def said(picture: Picture) -> str:
    return " ".join(remark.text for remark in picture.remarks)


# One picture


@pytest.mark.parametrize(
    ("values", "high"),
    [
        ((RAMP * 1.0).astype("<f4"), 1),
        ((RAMP * 1.004).astype("<f4"), 1),
        ((RAMP * 1.016 - 0.008).astype("<f4"), 1),
        (np.full((SIDE, SIDE), 1.0000001, "<f4") * (RAMP > 0.01).astype("<f4"), 1),
        ((RAMP * 255).astype("<f4"), 255),
        ((RAMP * 255.4).astype("<f4"), 255),
        ((RAMP * 65535).astype("<f4"), 65535),
        ((RAMP * 4095).astype("<f4"), 4095),
        ((RAMP * 100).astype("<f4"), 255),
        ((RAMP * 0.01).astype("<f4"), 2**-6),
        ((RAMP * 255).astype("<i4"), 255),
        ((RAMP * 257).astype("<i4"), 255),
        ((RAMP * 300).astype("<i4"), 511),
        ((RAMP * 4095).astype("<i4"), 4095),
        ((RAMP * 65535).astype("<i4"), 65535),
        ((RAMP * 1e6).astype("<i4"), 2**20 - 1),
        ((RAMP * 4e9).astype("<u4"), 2**32 - 1),
        ((RAMP * 4095).astype("<i2"), 4095),
        ((RAMP * 255).astype("<u2"), 255),
        ((RAMP * 1023).astype("<u2"), 1023),
        ((RAMP * 4095).astype("<u2"), 4095),
        ((RAMP * 4095).astype(">u2"), 4095),
        ((RAMP * 4100).astype("<u2"), 4095),
        ((RAMP * 16383).astype("<u2"), 16383),
        ((RAMP * 30000).astype("<u2"), 65535),
        ((RAMP * 65535).astype("<u2"), 65535),
        ((RAMP > 0.5).astype("<u2"), 1),
    ],
)
def test_what_the_numbers_of_one_picture_tell(values, high):
    (picture,) = read(values)
    wanted = np.rint(np.clip(values / high, 0, 1) * 255)
    assert np.abs(greys(picture) - wanted).max() <= 1
    assert greys(picture).max() >= 100
    assert f"0 is black and {GreyRange(0, high).words().split(' and ')[1]}" in said(picture)


@pytest.mark.parametrize(
    ("strays", "numbers", "high"),
    [
        ([65535] * 3, RAMP * 4095, 4095),
        ([255.0], RAMP, 1),
        ([1e30], RAMP * 255.4, 255),
        ([np.inf, -np.inf, np.nan], RAMP, 1),
    ],
)
def test_a_few_stray_pixels_decide_nothing(strays, numbers, high):
    values = np.tile(numbers, (3, 3))
    values[40, : len(strays)] = strays
    kind = "<u2" if high > 255 else "<f4"
    image = np.asarray(decode(make.tiff(values.astype(kind)), "a"))[..., 0].astype(int)
    calm = np.ones(values.shape, bool)
    calm[40, : len(strays)] = False
    assert np.abs(image - np.rint(values / high * 255))[calm].max() <= 1


def test_lamps_beyond_white_do_not_darken_the_room():
    room = RAMP.copy()
    room[:2, :20] = 40.0
    (picture,) = read(room.astype("<f4"))
    assert np.abs(greys(picture) - np.rint(np.minimum(room, 1) * 255)).max() <= 1


def test_numbers_below_zero_are_stretched_and_undershoot_is_not():
    (deep,) = read((RAMP * 4095 - 1024).astype("<i2"))
    assert (greys(deep).min(), greys(deep).max()) == (0, 255)
    assert greys(deep).ravel()[SIDE * SIDE // 4] == 64
    (shallow,) = read((RAMP * 1.05 - 0.05).astype("<f4"))
    assert (greys(shallow) == 0).mean() == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize(
    ("value", "grey"), [(0.0, 0), (0.5, 128), (1.0, 255), (7.0, 7), (300, 150)]
)
def test_a_picture_of_one_number(value, grey):
    (picture,) = read(np.full((SIDE, SIDE), value, "<f4"))
    assert (greys(picture) == grey).all()


# Files that say it


def jpeg_2000_of(bits: int) -> bytes:
    """A deep JPEG 2000 which says that it has so many bits."""
    values = Image.fromarray((RAMP * 65535).astype(np.uint16))
    data = make.pack(values, "JPEG2000", no_jp2=True)
    assert data[42] == 15
    return data[:42] + bytes((bits - 1,)) + data[43:]


def pgm(values: np.ndarray, top: int) -> bytes:
    return b"P5 %d %d %d\n" % (SIDE, SIDE, top) + values.astype(">u2").tobytes()


def test_a_file_that_says_what_is_white():
    (grey,) = read(pgm(RAMP * 800, 1000))
    assert np.abs(greys(grey) - RAMP * 204).max() <= 1
    assert "0 is black and 1,000 white, as its file says" in said(grey)
    (plain,) = read(b"P2 2 1 4095 0 4095".replace(b"2 1 ", b"2 2 ") + b" 2048 1024")
    assert sorted(set(greys(plain).ravel()))[-1] == 255


def test_what_files_say_is_not_the_business_of_others():
    told, other = read(pgm(RAMP * 800, 1000), (RAMP * 65535).astype("<u2"))
    assert greys(told).max() == 204
    assert greys(other).max() == 255


def test_jpeg_2000_counts_in_its_own_bits():
    (picture,) = read(jpeg_2000_of(16))
    assert "0 is black and 65,535 white, as its file says" in said(picture)
    assert np.abs(greys(picture) - RAMP * 255).max() <= 1


def test_a_tiff_that_says_how_far_its_numbers_may_go():
    def with_most(most: int) -> bytes:
        image = Image.fromarray((RAMP * 300).astype(np.uint16))
        return make.pack(image, "TIFF", tiffinfo={340: 0, 341: most})

    (picture,) = read(with_most(4095))
    assert greys(picture).max() == round(300 * 255 / 4095)
    assert "is dark" in said(picture)


def test_a_range_that_makes_a_picture_white_or_black_is_told():
    values = (1000 + RAMP * 3000).astype("<u2")
    (white,) = read(values, options=PictureOptions(range=GreyRange(0, 1)))
    assert greys(white).min() == 255
    assert "is pale" in said(white)
    (black,) = read(values, options=PictureOptions(range=GreyRange(5000, 9000)))
    assert "is dark" in said(black)


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(("photometric", "grey", "word"), [(1, 0, "black."), (0, 255, "white, as")])
def test_numbers_that_are_not_finite_are_told(odd, photometric, grey, word):
    values = RAMP.astype("<f4")
    values[3, 5] = odd
    (picture,) = read(make.tiff(values, photometric))
    assert greys(picture)[3, 5] == grey
    assert f"not finite (NaN or infinity): they are drawn {word}" in said(picture)


def test_numbers_that_are_not_finite_are_told_once_of_many_files():
    odd, plain = np.full((SIDE, SIDE), np.nan, "<f4"), RAMP.astype("<f4")
    pfm = b"Pf 32 32 -1.0\n" + odd.tobytes()
    pictures = read(odd, plain, pfm, (RAMP * 255).astype("<u2"))
    lines = [line for line in tell([r for p in pictures for r in p.remarks]) if "finite" in line]
    assert lines == [
        f"{pictures[0].name} and 1 more: it holds numbers that are not finite (NaN or infinity): "
        "they are drawn black."
    ]


def test_white_may_be_zero():
    for values, high in ((RAMP.astype("<f4"), 1), ((RAMP * 4095).astype("<u2"), 4095)):
        (picture,) = read(make.tiff(values, photometric=0))
        assert np.abs(greys(picture) - np.rint(255 - values / high * 255)).max() <= 1


# Colours of 16 bits

COLOURS = np.stack([RAMP * 4095, RAMP.T * 4095, RAMP[::-1] * 2000], -1).astype(np.uint16)


@pytest.mark.parametrize(
    "data",
    [
        make.png_16(COLOURS, colour=2),
        make.png_16(np.dstack([COLOURS, np.full((SIDE, SIDE), 65535)]), colour=6),
        make.tiff_colours(COLOURS),
        make.tiff_colours(COLOURS, order=">"),
        b"P6 32 32 4095\n" + COLOURS.astype(">u2").tobytes(),
    ],
    ids=["PNG", "PNG with alpha", "TIFF", "TIFF the other way round", "PPM"],
)
def test_colours_of_twelve_bits_in_sixteen(data):
    (picture,) = read(data)
    assert np.abs(picture.model_input - np.rint(COLOURS / 4095 * 255)).max() <= 1
    assert "4,095 white" in said(picture)


def test_colours_that_libtiff_unpacks():
    """Pillow writes no such file, so the strip of one is packed here."""
    body, packed = COLOURS.tobytes(), zlib.compress(COLOURS.tobytes())
    data = make.tiff_colours(COLOURS).replace(body, packed)
    for tag, was, now in (
        (None, 16 + len(body), 16 + len(packed)),
        ((279, 4, 1), len(body), len(packed)),
        ((259, 3, 1), 1, 8),
    ):
        head = struct.pack("<HHI", *tag) if tag else b"II*\0"
        data = data.replace(head + struct.pack("<I", was), head + struct.pack("<I", now))
    (picture,) = read(data)
    assert np.abs(picture.model_input - np.rint(COLOURS / 4095 * 255)).max() <= 1


def test_grey_with_alpha_of_sixteen_bits():
    values = np.stack([RAMP * 4095, np.where(RAMP > 0.5, 65535, 0)], -1)
    (picture,) = read(make.png_16(values, colour=4))
    wanted = np.where(RAMP > 0.5, np.rint(RAMP * 255), 255)
    assert np.abs(greys(picture) - wanted).max() <= 1


def test_the_transparent_colour_of_a_deep_png():
    clear = make.chunk(b"tRNS", struct.pack(">HHH", *COLOURS[3, 5]))
    (picture,) = read(make.png_16(COLOURS, 2, clear))
    assert picture.model_input[3, 5].tolist() == [255, 255, 255]
    assert (picture.model_input == 255).all(axis=-1).sum() == 1


def test_channels_of_sixteen_bits_that_stand_apart_are_refused():
    data = make.tiff_colours(COLOURS).replace(
        struct.pack("<HHI", 278, 4, 1), struct.pack("<HHI", 284, 3, 1)
    )
    data = data.replace(struct.pack("<HHII", 284, 3, 1, SIDE), struct.pack("<HHII", 284, 3, 1, 2))
    (skipped,) = load(gather_uploads([("a.tif", data)]), AS_IT_IS)
    assert "keeps its channels of 16 bits apart" in skipped.reason


# Pictures that were handed in together

KINDS = {"<u2": 65535, "<i4": 100_000, "<f4": 5000}


@st.composite
def sets(draw) -> list[np.ndarray]:
    """Pictures of one kind of numbers, dark ones and bright ones."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    tops = draw(st.lists(st.floats(0.5, KINDS[kind]), min_size=2, max_size=5))
    seeds = np.random.default_rng(draw(st.integers(0, 99)))
    least = draw(st.sampled_from([0, 0, 0, -0.5])) if kind != "<u2" else 0
    made = [(seeds.uniform(least, 1, (SIDE, SIDE)) * top).astype(kind) for top in tops]
    return list({file.tobytes(): file for file in made}.values())


@given(sets())
@settings(max_examples=40, deadline=None)
def test_equal_numbers_are_equal_greys_and_no_picture_is_black(files):
    pictures = read(*files)
    order: dict[float, int] = {}
    for file, picture in zip(files, pictures, strict=True):
        grey, numbers = greys(picture), file.ravel()
        along = np.argsort(numbers, kind="stable")
        assert (np.diff(grey.ravel()[along]) >= 0).all()
        assert grey.max() > 1 or len(np.unique(file)) == 1
        if ranges.APART not in said(picture):
            for number, one in zip(numbers.tolist(), grey.ravel().tolist(), strict=True):
                assert order.setdefault(number, one) == one


def test_one_range_for_all_whatever_each_would_tell_alone():
    dark, bright = (RAMP * 800).astype("<u2"), (RAMP * 3000).astype("<u2")
    first, second = read(dark, bright)
    assert greys(first).max() == round(800 * 255 / 4095)
    assert greys(second).max() == round(3000 * 255 / 4095)
    assert first.options.range == second.options.range == GreyRange(0, 4095)
    (alone,) = read(dark)
    assert greys(alone).max() == round(800 * 255 / 1023)


def test_a_picture_that_would_be_black_among_the_others_is_not_and_it_is_said():
    unit, byte = read(RAMP.astype("<f4"), (RAMP * 255).astype("<f4"))
    assert greys(unit).max() == greys(byte).max() == 255
    assert "as it would be black in the range of the others here" in said(unit)
    assert "black in the range of the others" not in said(byte)


def test_the_order_does_not_matter():
    files = [(RAMP * top).astype("<i4") for top in (300, 70_000, 5, 2000)]
    one, other = read(*files), read(*files[::-1])[::-1]
    for a, b in zip(one, other, strict=True):
        assert (a.model_input == b.model_input).all()


def test_files_that_cannot_be_read_do_not_hinder_the_look():
    items = [("a.tif", make.tiff((RAMP * 900).astype("<u2"))), ("b.tif", b"II*\0nonsense")]
    items += [("c.tif", make.tiff((RAMP * 4000).astype("<u2")))]
    got = list(load(gather_uploads(items), AS_IT_IS))
    assert [type(item) for item in got] == [Picture, Skipped, Picture]
    assert got[0].options.range == GreyRange(0, 4095)


def test_deep_pictures_in_folders_and_zips(tmp_path):
    dark, bright = ((RAMP * top).astype("<u2") for top in (800, 3000))
    (tmp_path / "a.tif").write_bytes(make.tiff(dark))
    (tmp_path / "b.zip").write_bytes(make.zip_of({"b.tif": make.tiff(bright)}))
    got = list(load(gather_paths([tmp_path]), AS_IT_IS))
    pictures = [item for item in got if isinstance(item, Picture)]
    assert {picture.options.range for picture in pictures} == {GreyRange(0, 4095)}
    assert len(pictures) == 2


def test_nothing_is_read_twice_where_no_picture_is_deep():
    counts = [0, 0]

    class File(io.BytesIO):
        def __init__(self, number: int) -> None:
            super().__init__(make.picture(number))
            self.number = number

        def read(self, *args):
            counts[self.number] += 1
            return super().read(*args)

    files = [(f"{number}.png", File(number)) for number in range(2)]
    assert len(list(load(gather_uploads(files), AS_IT_IS))) == 2
    assert counts == [1, 1]


def test_read_once_more_alone_a_picture_is_the_same():
    """For another network, when its neighbours are gone."""
    spool = Spool()
    files = [(RAMP * top).astype("<u2") for top in (800, 3000)]
    named = [(f"{number}.tif", make.tiff(file)) for number, file in enumerate(files)]
    kept = [spool.keep(item) for item in gather_uploads(named)]
    for first in load(kept, AS_IT_IS):
        source = spool.source(first.digest, first.name, first.label, first.options)
        assert (load_one(source, AS_IT_IS).model_input == first.model_input).all()


# What a person says


def test_a_person_says_it():
    chosen = PictureOptions(range=GreyRange(0, 4095))
    word, real, byte = read(
        (RAMP * 800).astype("<u2"), RAMP.astype("<f4"), make.picture(), options=chosen
    )
    assert greys(word).max() == round(800 * 255 / 4095)
    assert (greys(real) == 0).all()
    assert "0 is black and 4,095 white, as chosen" in said(word)
    assert "is dark" in said(real)
    assert said(byte) == "it has 8 bits a channel, so the range 0..4095 was not needed."


def test_a_person_counts_as_the_file_does():
    (picture,) = read(pgm(RAMP * 1000, 1000), options=PictureOptions(range=GreyRange(0, 2000)))
    assert greys(picture).max() == 128


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("0..4095", 0, 4095), ("-1..1", -1, 1), (" 0 .. 1e5 ", 0, 1e5), ("0.5..1.5", 0.5, 1.5)],
)
def test_ranges_as_people_write_them(text, low, high):
    assert ranges.parse(text) == GreyRange(low, high)
    assert ranges.parse(str(GreyRange(low, high))) == GreyRange(low, high)


@pytest.mark.parametrize(
    "text", ["", "4095", "0-4095", "1..1", "5..1", "a..b", "0..nan", "0..1e999"]
)
def test_what_is_no_range(text):
    with pytest.raises(ValueError, match=r"^A range is the number that is black and the one") as e:
        ranges.parse(text)
    assert str(e.value).endswith(".")


# By hand


def extent(high: float, kind: str = WORD) -> Extent:
    return Extent(0, high, high, kind)


def test_ranges_in_common_by_hand():
    assert in_common([]) == ()
    assert in_common([extent(100), extent(3000)]) == (GreyRange(0, 4095),)
    assert in_common([extent(10), extent(60_000), extent(200)]) == (
        GreyRange(0, 65535),
        GreyRange(0, 255),
    )
    assert in_common([Extent(0, 0, 0), extent(5, WHOLE)]) == (GreyRange(0, 7),)
    signed = Extent(-500.0, 900.0, 1000.0, REAL)
    assert in_common([signed, extent(1500, REAL)]) == (GreyRange(-500, 2047),)
    assert natural(signed) == GreyRange(-500, 1000)


def test_picking_by_hand():
    among = (GreyRange(0, 65535), GreyRange(0, 255))
    assert pick(among, extent(60_000)).range == among[0]
    assert pick(among, extent(1000)).range == among[0]
    assert pick(among, extent(100)).range == among[1]
    assert pick((), extent(100)).range == GreyRange(0, 255)
    assert pick(among, None).range == among[0]


def test_a_source_without_neighbours_is_read_by_itself():
    source = Source("a.tif", None, lambda: make.tiff((RAMP * 4095).astype("<u2")))
    assert load_one(source, AS_IT_IS).options.range == GreyRange(0, 4095)
