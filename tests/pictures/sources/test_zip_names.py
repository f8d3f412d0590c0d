"""Names in ZIPs of other times and places: none garbled, none lost."""

from __future__ import annotations

import pytest

from se_viz.pictures import PictureOptions, Remark, Source, gather_uploads
from se_viz.pictures.sources.zip_names import page_of
from se_viz.pictures.ways import way
from tests.pictures import picture_files as make

JPEG = make.picture(kind="JPEG")
ANIMALS = {
    "cp949": ("고양이", "강아지", "토끼", "호랑이", "코끼리"),
    "cp932": ("猫", "犬の写真", "表紙", "能力", "ソース"),
    "cp950": ("能力", "許多", "功能", "貓的照片", "狗的照片"),
    "gb18030": ("猫的照片", "狗的照片", "许多", "功能", "大象"),
    "cp866": ("кошка", "собака", "заяц", "тигр", "слон"),
    "utf-8": ("éléphant", "고양이", "猫", "кошка", "ñandú"),
}


def entries(names, page: str, **more):
    return [make.Entry(name.encode(page), JPEG, **more) for name in names]


def read(packed: bytes, zip_names: str = "") -> tuple[list[Source], list[str]]:
    got = list(gather_uploads([("s.zip", packed)], options=PictureOptions(zip_names=zip_names)))
    texts = [item.text for item in got if isinstance(item, Remark)]
    sources = [item for item in got if isinstance(item, Source)]
    assert len(texts) + len(sources) == len(got), got
    return sources, texts


def labels(sources: list[Source]) -> dict[str, str | None]:
    return {source.path: source.label for source in sources}


@pytest.mark.parametrize("page", ANIMALS)
def test_names_are_read_in_the_page_that_all_of_them_suggest(page):
    names = [f"{animal}/{animal}.jpg" for animal in ANIMALS[page]]
    sources, (text,) = read(make.zip_from(entries(names, page)))
    assert labels(sources) == dict(zip(names, ANIMALS[page], strict=True))
    assert f"({page})" in text
    assert "as all names together suggest" in text


def test_half_a_letter_is_no_folder():
    """0x5C is the second byte of each of these in its page, and in ASCII it is a backslash."""
    for page, animals in (("cp932", "表能ソ"), ("cp950", "許功蓋")):
        names = [f"{animal}.jpg" for animal in animals] + [f"{animals}/{animals}"]
        assert all(b"\\" in name.encode(page) for name in names)
        for system in (make.DOS, make.UNIX):
            sources, _ = read(make.zip_from(entries(names, page, system=system)), page)
            assert sorted(source.path for source in sources) == sorted(names)


def test_a_backslash_after_half_a_letter_is_none_in_a_page_of_single_letters():
    packed = make.zip_from([make.Entry(b"\x95\x5c.jpg", JPEG)])
    sources, _ = read(packed, "cp437")
    assert len(sources) == 1
    assert sources[0].label is None


def test_dos_puts_backslashes_between_folders_and_unix_into_names():
    (dog,), _ = read(make.zip_from([make.Entry(b"dog\\a.jpg", JPEG)]))
    assert (dog.path, dog.label) == ("dog/a.jpg", "dog")
    (dog,), _ = read(make.zip_from([make.Entry(b"dog\\a.jpg", JPEG, system=make.UNIX)]))
    assert (dog.path, dog.label) == ("dog\\a.jpg", None)
    names = ["été\\a.jpg", "dog\\b.jpg"]
    sources, _ = read(make.zip_from(entries(names, "cp850")), "cp850")
    assert labels(sources) == {"dog/b.jpg": "dog", "été/a.jpg": "été"}


def test_a_name_that_says_utf8_is_utf8():
    sources, texts = read(make.zip_from(entries(["고양이/a.jpg"], "utf-8", flags=0x800)), "cp932")
    assert labels(sources) == {"고양이/a.jpg": "고양이"}
    assert texts == [
        "Its names are plain or say themselves how they are read, so cp932 was not needed."
    ]


def test_the_unicode_path_field_is_right_where_it_belongs_to_the_name():
    good = make.Entry(b"??/a.jpg", JPEG, unicode="고양이/a.jpg")
    raw = "犬".encode("cp932") + b"/b.jpg"
    better = make.Entry(raw, JPEG, unicode="犬/b.jpg")
    sources, texts = read(make.zip_from([better]))
    assert labels(sources) == {"犬/b.jpg": "犬"}
    assert not texts
    stale = make.Entry(raw, JPEG, unicode="other/b.jpg", checksum=1)
    sources, (text,) = read(make.zip_from([stale]), "cp932")
    assert labels(sources) == {"犬/b.jpg": "犬"}
    assert "Japanese (cp932), as chosen" in text
    assert labels(read(make.zip_from([good]))[0]) == {"고양이/a.jpg": "고양이"}


def test_a_person_knows_better():
    packed = make.zip_from(entries(["猫/a.jpg"], "cp932"))
    sources, (text,) = read(packed, "cp932")
    assert labels(sources) == {"猫/a.jpg": "猫"}
    reads = f"{way('zip_names')} reads them otherwise."
    assert text == f"Names were read as Japanese (cp932), as chosen; {reads}"
    sources, _ = read(packed, "cp437")
    assert len(sources) == 1


def test_a_name_that_is_no_text_in_the_page_is_read_all_the_same():
    packed = make.zip_from([make.Entry(b"\x82.jpg", JPEG), *entries(["猫.jpg"], "cp932")])
    sources, (text,) = read(packed, "cp932")
    assert sorted(source.name for source in sources) == ["é.jpg", "猫.jpg"]
    assert "but 1 that are no text in it as DOS (cp437)" in text


@pytest.mark.parametrize(
    ("name", "page"),
    [("big5", "cp950"), ("gbk", "gb18030"), ("EUC-KR", "cp949"), ("UTF8", "utf-8"), ("", "")],
)
def test_pages_go_by_all_their_names(name, page):
    assert page_of(name) == page


@pytest.mark.parametrize("name", ["klingon", "base64", "utf-16"])
def test_other_pages_are_refused(name):
    with pytest.raises(ValueError, match=f"^{name} is none of the code pages of ZIPs: utf-8, "):
        page_of(name)


def test_links_in_a_zip_are_named():
    link = make.Entry(b"cat", b"../cats", system=make.UNIX, mode=0o120777)
    (skipped,) = gather_uploads([("s.zip", make.zip_from([link]))])
    assert skipped.reason == "cat in s.zip is a link to another file, which is not followed."
