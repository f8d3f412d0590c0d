"""A picture without a class that comes once more where it has one: nothing contradicts it."""

from __future__ import annotations

import io

import pytest

from se_viz.pictures import (
    EACH,
    Picture,
    PictureOptions,
    Preprocessing,
    Remark,
    Repeat,
    Skipped,
    Source,
    gather_paths,
    gather_uploads,
    load,
)
from se_viz.pictures.labels.lists import ClassList
from se_viz.pictures.records import BY_FOLDER, BY_LIST
from tests.pictures import picture_files as make

SAME, OTHER = make.picture(1), make.picture(2)
TAKEN = "It has no class of its own, so it has that of the same picture elsewhere (cat)."


def read(items) -> tuple[list[tuple[str, str | None]], list[str], list[Skipped]]:
    """Pictures that count with their classes, what is said of copies, and what does not count."""
    items = list(load(items, Preprocessing(size=8)))
    pictures = [(item.name, item.label) for item in items if isinstance(item, Picture)]
    said = [item.text for item in items if isinstance(item, Remark) and "elsewhere" in item.text]
    return pictures, said, [item for item in items if isinstance(item, Skipped)]


def uploaded(*files: tuple[str, bytes], **options):
    return read(gather_uploads(files, options=PictureOptions(**options)))


def test_a_class_that_comes_later_is_taken_and_it_is_said():
    pictures, said, (again,) = uploaded(("a.png", SAME), ("cat/b.png", SAME), ("dog/c.png", OTHER))
    assert pictures == [("a.png", "cat"), ("c.png", "dog")]
    assert said == [TAKEN]
    assert type(again) is Skipped
    assert again.reason == "b.png is the same picture as a.png and counts only once."


def test_from_folders_on_disk(tmp_path):
    for name, data in {"1.png": SAME, "cat/2.png": SAME, "dog/3.png": OTHER}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    pictures, said, _ = read(gather_paths([tmp_path / "1.png", tmp_path]))
    assert ("1.png", "cat") in [(name.rpartition("/")[2], label) for name, label in pictures]
    assert said == [TAKEN]


@pytest.mark.parametrize(("repeats", "wanted"), [("first", ["cat"]), (EACH, ["cat", "dog"])])
def test_of_several_classes_that_come_later_the_first_is_taken(repeats, wanted):
    files = [(name, SAME) for name in ("a.png", "b.png", "cat/c.png", "dog/d.png")]
    pictures, said, skipped = uploaded(*files, repeats=repeats)
    assert [label for _, label in pictures] == wanted
    assert said == [TAKEN]
    held = [item.holds for item in skipped if isinstance(item, Repeat)]
    assert held == ["cat"] * (repeats == "first")


def test_where_the_class_comes_first_nothing_is_said():
    pictures, said, _ = uploaded(("cat/b.png", SAME), ("a.png", SAME), ("dog/c.png", OTHER))
    assert pictures == [("b.png", "cat"), ("c.png", "dog")]
    assert not said


def test_where_the_class_comes_from_goes_with_it():
    chosen = ClassList("l.csv", b"file,class\nb.png,cat\n")
    files = [("a.png", SAME), ("b.png", SAME)]
    items = gather_uploads(files, options=PictureOptions(labels=chosen))
    assert [item.by for item in items if isinstance(item, Source)] == [BY_LIST, BY_LIST]


def test_files_that_are_no_pictures_and_such_that_cannot_be_read_take_nothing(tmp_path):
    text = b"read me" * 9
    items = list(gather_uploads([("a.txt", text), ("cat/b.txt", text), ("cat/c.png", SAME)]))
    assert [item.label for item in items if isinstance(item, Source)] == [None, "cat", "cat"]

    class Gone(io.BytesIO):
        def read(self, *args):
            raise OSError

    items = gather_uploads([("a.png", Gone(SAME)), ("cat/c.png", SAME)])
    sources = [item for item in items if isinstance(item, Source)]
    assert [(item.label, item.by) for item in sources] == [(None, BY_FOLDER), ("cat", BY_FOLDER)]


def test_only_files_of_one_size_are_read():
    class Handle(io.BytesIO):
        reads = 0

        def read(self, *args):
            self.reads += 1
            return super().read(*args)

    sizes = {"a.png": 100, "b.png": 200, "cat/c.png": 100, "cat/d.png": 300}
    handles = {name: Handle(bytes(size)) for name, size in sizes.items()}
    list(gather_uploads(handles.items()))
    assert [handle.reads for handle in handles.values()] == [1, 0, 1, 0]
