"""Folders of lessons: good ones by name, a sentence of each bad one, and the rest works."""

from __future__ import annotations

import pytest

from se_viz.lessons import Library, in_folder, joined, limits
from tests.lessons.files import GOOD, TARGETS, lesson


def test_a_bad_lesson_leaves_the_others_be(tmp_path):
    (tmp_path / "b.md").write_text(GOOD)
    (tmp_path / "a.md").write_text("Nothing")
    (tmp_path / "README.md").write_text("Nothing")
    (tmp_path / "c.txt").write_text("Nothing")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "d.md").write_text(GOOD)
    found = in_folder(tmp_path, TARGETS)
    assert list(found.lessons) == ["b"]
    assert found.refused == ("a.md, line 1: it begins with no title: # and its words.",)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "large.md").write_bytes(b"x" * (limits.BYTES + 5))
    one, two = in_folder(tmp_path, TARGETS).refused
    assert one.startswith("folder.md: it could not be read")
    assert two.startswith("large.md: it is larger than")


def test_no_more_files_are_read_than_a_folder_may_have(tmp_path):
    for number in range(limits.FILES + 1):
        (tmp_path / f"{number:03}.md").write_text(GOOD)
    found = in_folder(tmp_path, TARGETS)
    assert len(found.lessons) == limits.FILES
    assert found.refused == (f"{tmp_path}: of 101 files, 100 are read.",)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    assert in_folder(tmp_path / "none", TARGETS).refused == (
        f"There is no folder {tmp_path}/none.",
    )


@pytest.mark.parametrize("last", ["one", "two"])
def test_of_two_lessons_with_one_name_the_later_holds(last):
    given = [
        Library({"gates": lesson(GOOD.replace("# Gates", f"# {title}", 1))}, (title,))
        for title in ("first", last)
    ]
    found = joined(*given)
    assert found.lessons["gates"].title == last
    assert found.refused == ("first", last)
