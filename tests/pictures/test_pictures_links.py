"""Links to folders are followed, each folder once; where they are not, they are named."""

from __future__ import annotations

import os
from pathlib import Path

import picture_files as make
import pytest

from se_viz.pictures import Skipped, Source, gather_paths


@pytest.fixture
def store(tmp_path):
    """Where pictures lie on a cluster: under names that say nothing."""
    for number, name in enumerate(("a81f", "b77c")):
        (tmp_path / "store" / name).mkdir(parents=True)
        (tmp_path / "store" / name / "1.jpg").write_bytes(make.picture(number))
    (tmp_path / "set").mkdir()
    return tmp_path / "store"


def link(path: Path, target: Path | str) -> None:
    path.symlink_to(target, target_is_directory=True)


def read(*paths: Path) -> tuple[dict[str, str | None], list[str]]:
    items = list(gather_paths(paths))
    labels = {item.path: item.label for item in items if isinstance(item, Source)}
    assert all(item.read() for item in items if isinstance(item, Source))
    return labels, [item.reason for item in items if isinstance(item, Skipped)]


def test_class_folders_that_are_links_are_followed_and_name_the_class(store, tmp_path):
    link(tmp_path / "set/cat", store / "a81f")
    link(tmp_path / "set/dog", "../store/b77c")
    wanted = {"set/cat/1.jpg": "cat", "set/dog/1.jpg": "dog"}
    assert read(tmp_path / "set") == (wanted, [])
    link(tmp_path / "again", tmp_path / "set")
    assert set(read(tmp_path / "again")[0]) == {"again/cat/1.jpg", "again/dog/1.jpg"}


def test_a_link_handed_in_names_the_class(store, tmp_path):
    link(tmp_path / "cat", store / "a81f")
    assert read(tmp_path / "cat") == ({"cat/1.jpg": "cat"}, [])


def test_links_below_links_and_to_files(store, tmp_path):
    link(tmp_path / "set/cat", store / "a81f")
    link(store / "a81f/more", store / "b77c")
    (tmp_path / "set/one.jpg").symlink_to(store / "b77c/1.jpg")
    labels, skipped = read(tmp_path / "set")
    assert set(labels) == {"set/cat/1.jpg", "set/cat/more/1.jpg", "set/one.jpg"}
    assert not skipped


LOOPS = {"itself": "set", "above": "..", "the root": "/", "here": "."}


@pytest.mark.parametrize("target", LOOPS.values(), ids=LOOPS)
def test_loops_end_and_are_named(target, store, tmp_path):
    link(tmp_path / "set/cat", store / "a81f")
    link(tmp_path / "set/loop", tmp_path / "set" if target == "set" else target)
    labels, skipped = read(tmp_path / "set")
    assert labels == {"set/cat/1.jpg": "cat"}
    assert skipped == ["set/loop is a link to a folder that holds it, so it is not followed."]


def test_two_that_hold_each_other_end(store, tmp_path):
    link(store / "a81f/other", store / "b77c")
    link(store / "b77c/other", store / "a81f")
    link(tmp_path / "set/cat", store / "a81f")
    labels, (reason,) = read(tmp_path / "set")
    assert set(labels) == {"set/cat/1.jpg", "set/cat/other/1.jpg"}
    assert reason == "set/cat/other/other is the same folder as cat, which is read already."


def test_a_folder_with_two_names_is_read_once_under_its_own(store, tmp_path):
    (store / "b77c").rename(tmp_path / "set/z")
    link(tmp_path / "set/a", tmp_path / "set/z")
    labels, reasons = read(tmp_path / "set")
    assert labels == {"set/z/1.jpg": "z"}
    assert reasons == ["set/a is the same folder as z, which is read already."]


def test_many_links_to_one_place_stay_few(tmp_path):
    """Ten folders with two links each to the next are a thousand ways to the last."""
    for number in range(10):
        (tmp_path / f"{number}").mkdir()
        for side in "lr" if number < 9 else "":
            link(tmp_path / f"{number}/{side}", tmp_path / f"{number + 1}")
    (tmp_path / "9/1.jpg").write_bytes(make.picture())
    labels, reasons = read(tmp_path / "0")
    assert len(labels) == 1
    assert len(reasons) == 9


def test_hidden_links_are_not_followed(store, tmp_path):
    link(tmp_path / "set/.cache", store)
    (tmp_path / "set/1.jpg").write_bytes(make.picture(9))
    assert read(tmp_path / "set") == ({"set/1.jpg": "set"}, [])


def test_a_link_to_nowhere_and_one_to_itself_are_named(tmp_path):
    link(tmp_path / "gone", tmp_path / "nowhere")
    link(tmp_path / "self", tmp_path / "self")
    _, reasons = read(tmp_path)
    assert sorted(reasons) == [
        "gone does not exist.",
        "self cannot be opened: Too many levels of symbolic links.",
    ]


def test_a_folder_that_may_not_be_opened_is_named(store, tmp_path, monkeypatch):
    link(tmp_path / "set/cat", store / "a81f")
    (tmp_path / "set/locked").mkdir()
    scan = os.scandir

    def refuse(path):
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    labels, reasons = read(tmp_path / "set")
    assert labels == {"set/cat/1.jpg": "cat"}
    assert reasons == ["set/locked cannot be opened: Permission denied."]
