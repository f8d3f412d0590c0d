"""Whatever comes in is a picture or is named among those that were left out."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.pictures import (
    Limits,
    PictureOptions,
    Remark,
    Skipped,
    Source,
    gather_paths,
    gather_uploads,
)
from se_viz.pictures.sources.found import LEFT_BEHIND
from se_viz.pictures.sources.zip_names import PAGES
from tests.pictures import picture_files as make

EMPTY = ("is a ZIP without any files.", "is a folder without files that can be read.")
Items = Iterable[Source | Skipped | Remark]


def told(items: Items) -> int:
    """How many files are accounted for; every picture's name is its own."""
    count, names = 0, []
    for item in items:
        if isinstance(item, Skipped) and item.reason.endswith(EMPTY):
            continue  # of the folder or ZIP itself
        if isinstance(item, Source):
            names.append(item.name)
            count += 1
        elif isinstance(item, Skipped) or item.text.startswith(
            (LEFT_BEHIND, "Classes were taken from it")
        ):
            assert item.name
            count += item.count
    assert len(set(names)) == len(names)
    return count


letters = st.sampled_from([b"a", b".", b"/", b"\\", b"\x95\x5c", b"\xff", b"\x82", b"\0", b"A"])
raw_names = st.one_of(
    st.lists(letters, max_size=6).map(b"".join),
    st.sampled_from(
        [b"a/b.zip", b"__MACOSX/._a.jpg", b"../../a.jpg", b"/a.jpg", b"C:\\a.jpg", b"Thumbs.db"]
    ),
)
entries = st.builds(
    make.Entry,
    name=raw_names,
    data=st.binary(min_size=1, max_size=3),
    flags=st.sampled_from([0, 0, 0, 1]),
    system=st.sampled_from([make.DOS, make.UNIX]),
    unicode=st.sampled_from([None, None, "猫/a.jpg"]),
    mode=st.sampled_from([0, 0o100644, 0o120777]),
)
pages = st.sampled_from(["", *PAGES])


@given(st.lists(entries, min_size=1, max_size=8), pages)
@settings(max_examples=300, deadline=None)
def test_of_a_zip(listed, page):
    packed = make.zip_from(listed)
    items = list(gather_uploads([("s.zip", packed)], options=PictureOptions(zip_names=page)))
    assert told(items) == len(listed)
    bytes_in = [entry.data for entry in listed]
    for item in items:
        if isinstance(item, Source):
            bytes_in.remove(item.read())


tables = st.sampled_from(["labels.csv", "a/labels.csv", "train.csv", "a/val.txt", "x.tsv"])
names = st.text("aB.é猫\\ '\u200b", min_size=1, max_size=5)
paths = st.lists(st.lists(names, min_size=1, max_size=3).map("/".join), max_size=6)


@given(paths, st.integers(1, 6), st.integers(1, 9))
@settings(max_examples=200, deadline=None)
def test_of_an_upload(given_names, most, size):
    files = [(name, bytes(2)) for name in given_names]
    items = gather_uploads(files, Limits(upload_files=most, upload_bytes=size))
    assert told(items) == len(files)


@given(paths)
@settings(max_examples=60, deadline=None)
def test_of_a_folder(wanted):
    with tempfile.TemporaryDirectory() as root:
        count = sum(write(Path(root), path) for path in wanted)
        assert told(gather_paths([root])) == count


def write(root: Path, path: str) -> bool:
    """Whether it is a file that was not there."""
    place = root / path
    if ".." in path.split("/"):
        return False
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            return bool(file.write(b"x"))
    except OSError:  # a folder has this name, or a file that of a folder
        return False


@given(paths, st.lists(tables, unique=True), st.sampled_from([None, 0, 1, -1]), st.booleans())
@settings(max_examples=100, deadline=None)
def test_of_lists_among_pictures(given_names, lists, level, find):
    table = "file,class\n" + "".join(f'"{name}",x\n' for name in given_names)
    files = {f"{name}.jpg": b"x" for name in given_names} | {name: table.encode() for name in lists}
    options = PictureOptions(class_level=level, find_lists=find)
    assert told(gather_uploads(files.items(), options=options)) == len(files)
    packed = [("s.zip", make.zip_of(files))]
    assert told(gather_uploads(packed, options=options)) == len(files)


def test_of_files_in_zips_in_an_upload():
    inner = make.zip_of({"a.jpg": b"x", ".hidden": b"y", "b.zip": b"z"})
    files = [("1.zip", inner), ("c.jpg", io.BytesIO(b"x")), ("2.zip", inner), ("Thumbs.db", b"")]
    assert told(gather_uploads(files)) == 8
