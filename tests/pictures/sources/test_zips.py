"""ZIPs from strangers: what is bad in them costs a sentence, nothing else."""

from __future__ import annotations

import gc
import io
import os
import struct
import warnings
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.pictures import Limits, PictureError, Skipped, Source, gather_paths, gather_uploads
from tests.pictures import picture_files as make

JPEG = make.picture(kind="JPEG")
MIB = 1024 * 1024


def unpack(packed: bytes, **limits: int) -> list[Source | Skipped]:
    return list(gather_uploads([("s.zip", packed)], Limits(**limits)))


def only_reason(packed: bytes, **limits: int) -> str:
    (item,) = unpack(packed, **limits)
    assert isinstance(item, Skipped), item
    assert item.name in item.reason
    assert item.reason.count(". ") == 0
    return item.reason


def test_pictures_come_out_as_they_went_in():
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        files = {f"{number}.png": make.picture(number) for number in range(5)}
        got = unpack(make.zip_of(files, packing))
        assert {item.name: item.read() for item in got} == files


def test_no_zip_at_all():
    for data in (b"", b"hello", JPEG, b"PK\x03\x04" + bytes(40)):
        assert only_reason(data) == "s.zip is a broken ZIP, or none at all."


def test_empty():
    empty = make.zip_of({})
    assert only_reason(empty) == "s.zip is a ZIP without any files."
    folders = make.zip_from([make.Entry(b"dog/"), make.Entry(b"x\\", system=make.DOS)])
    assert only_reason(folders).endswith("without any files.")
    hidden, nothing = unpack(make.zip_of({".DS_Store": b"x"}))
    assert hidden.text.startswith("Left out, as a hidden file")
    assert nothing.reason.endswith("without any files.")


def test_cut_off():
    packed = make.zip_of({f"{number}.png": make.picture(number) for number in range(20)})
    for share in (0.2, 0.5, 0.9, 0.99):
        assert "broken ZIP" in only_reason(packed[: int(len(packed) * share)])


def test_locked_files_are_counted_once_and_the_others_run():
    packed = make.locked(make.zip_of({"a.png": JPEG, "b.png": JPEG, "c.png": JPEG}), 2)
    locked, free = unpack(packed)
    assert locked.reason == "s.zip holds 2 files locked by a password, which cannot be read."
    assert (free.name, free.read()) == ("c.png", JPEG)


def test_a_zip_within_a_zip_stays_shut():
    inner = make.zip_of({"a.jpg": JPEG})
    skipped, good = unpack(make.zip_of({"in/inner.ZIP": inner, "z.jpg": JPEG}))
    assert skipped.reason == "in/inner.ZIP in s.zip is a ZIP within a ZIP, which is not opened."
    assert good.read() == JPEG


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_cannot_be_bounded_are_refused(packing):
    assert "packed in an unusual way" in only_reason(make.zip_of({"a.bmp": bytes(99)}, packing))


def test_bombs_by_ratio():
    reason = only_reason(make.zip_of({"a.bmp": bytes(20 * MIB)}))
    assert reason.startswith("a.bmp in s.zip would unpack from ")
    assert "to 20 MB, as ZIP bombs do" in reason
    (small,) = unpack(make.zip_of({"a.bmp": bytes(MIB)}))
    assert len(small.read()) == MIB


def test_bombs_by_number():
    packed = make.zip_of({f"{number}.jpg": b"x" for number in range(30)})
    assert "lists 30 files, more than the 20 allowed" in only_reason(packed, zip_entries=20)
    assert len(unpack(packed, zip_entries=30)) == 30


def test_a_huge_list_is_not_even_read():
    """The end of a ZIP may announce any length of list; `ZipFile` alone would read it all."""
    count = 3_000
    packed = make.zip_of({f"{number}.jpg": b"" for number in range(count)})
    reads = []

    class Handle(io.BytesIO):
        def read(self, number=-1):
            data = super().read(number)
            reads.append(len(data))
            return data

    (item,) = gather_uploads([("s.zip", Handle(packed))], Limits(zip_entries=100))
    assert "lists far too many files, more than the 100 allowed" in item.reason
    assert sum(reads) < 100_000 < len(packed)


def test_bombs_by_overlap():
    """One packed file listed many times: small ratios, huge sum."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.jpg", bytes(50_000))
        archive.filelist *= 100
    assert "its files overlap" in only_reason(packed.getvalue())


def lie(packed: bytes, size: int) -> bytes:
    """The unpacked size of the first file, as both lists of the ZIP tell it."""
    changed = bytearray(packed)
    for start, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", changed, changed.index(start) + place, size)
    return bytes(changed)


def test_sizes_that_lie():
    small_told = lie(make.zip_of({"a.bmp": bytes(20 * MIB)}), 1000)
    (source,) = unpack(small_told)
    with pytest.raises(PictureError, match=r"^a.bmp cannot be read"):
        source.read()
    (source,) = unpack(lie(make.zip_of({"a.jpg": JPEG}), 3 * MIB))
    assert source.read() == JPEG
    (source,) = unpack(lie(make.zip_of({"a.bmp": bytes(20 * MIB)}), 20 * MIB), zip_ratio=10**6)
    assert len(source.read()) == 20 * MIB


def test_what_lies_under_a_wrong_checksum():
    packed = bytearray(make.zip_of({"a.jpg": JPEG, "b.jpg": JPEG}, zipfile.ZIP_STORED))
    packed[100] ^= 255
    first, second = unpack(bytes(packed))
    with pytest.raises(PictureError, match="damaged"):
        first.read()
    assert second.read() == JPEG


def test_zips_on_disk_are_closed_in_the_end(tmp_path):
    (tmp_path / "s.zip").write_bytes(make.zip_of({"a.jpg": JPEG}))
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        (source,) = gather_paths([tmp_path])
        assert source.read() == JPEG
        handle = source.read.__closure__
        assert handle is not None
        del source, handle
        gc.collect()
    assert not [name for name in open_files() if name.endswith("s.zip")]


def open_files() -> list[str]:
    found = []
    for number in os.listdir("/proc/self/fd"):
        try:
            found.append(os.readlink(f"/proc/self/fd/{number}"))
        except OSError:
            continue
    return found


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_zips_never_crash(data):
    packed = bytearray(make.zip_of({"dog/a.jpg": JPEG, "cat/b.jpg": JPEG, "c.txt": b"text" * 99}))
    for place in data.draw(st.lists(st.integers(0, len(packed) - 1), min_size=1, max_size=8)):
        packed[place] = data.draw(st.integers(0, 255))
    for item in unpack(bytes(packed[: data.draw(st.integers(0, len(packed)))])):
        assert item.name in (complaint(item) or item.name)


def complaint(item: Source | Skipped) -> str | None:
    """What is said of a file, or None if it can be read."""
    if isinstance(item, Skipped):
        return item.reason
    try:
        item.read()
    except PictureError as error:
        return str(error)
    return None
