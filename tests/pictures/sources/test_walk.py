"""Links to folders are followed, each under its own name; where they are not, they are named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from se_viz.pictures import (
    Limits,
    Picture,
    PictureOptions,
    Preprocessing,
    Repeat,
    Skipped,
    Source,
    gather_paths,
    load,
)
from tests.pictures import picture_files as make


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


def read(*paths: Path, limits: Limits | None = None) -> tuple[dict[str, str | None], list[str]]:
    items = list(gather_paths(paths, limits))
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


def test_two_links_to_one_class_are_both_read(store, tmp_path):
    for name in ("a", "b"):
        link(tmp_path / "set" / name, store / "a81f")
    assert read(tmp_path / "set") == ({"set/a/1.jpg": "a", "set/b/1.jpg": "b"}, [])


@pytest.mark.parametrize(("repeats", "wanted"), [("first", ["a"]), ("each", ["a", "b"])])
def test_of_a_class_with_two_names_the_first_counts_or_each(repeats, wanted, store, tmp_path):
    for name in ("a", "b"):
        link(tmp_path / "set" / name, store / "a81f")
    found = gather_paths([tmp_path / "set"], options=PictureOptions(repeats=repeats))
    items = list(load(found, Preprocessing(size=8)))
    assert [item.label for item in items if isinstance(item, Picture)] == wanted
    said = [item.reason for item in items if isinstance(item, Repeat)]
    assert [("under “a”, not under “b”" in text) for text in said] == [True] * (2 - len(wanted))


def test_the_own_name_of_a_folder_comes_before_that_of_a_link(store, tmp_path):
    (store / "b77c").rename(tmp_path / "set/z")
    link(tmp_path / "set/a", tmp_path / "set/z")
    labels, reasons = read(tmp_path / "set")
    assert list(labels.items()) == [("set/z/1.jpg", "z"), ("set/a/1.jpg", "a")]
    assert not reasons


def test_what_lies_beside_a_loop_below_a_link_is_read(store, tmp_path):
    link(tmp_path / "set/cat", store / "a81f")
    (tmp_path / "other").mkdir()
    link(store / "a81f/x", tmp_path / "other")
    link(tmp_path / "other/y", store)
    labels, (reason,) = read(tmp_path / "set")
    assert set(labels) == {"set/cat/1.jpg", "set/cat/x/y/b77c/1.jpg"}
    assert reason == "set/cat/x/y/a81f is the same folder as cat, which is read already."


@pytest.mark.parametrize("depth", [4, 30])
def test_many_links_to_one_place_are_bounded(depth, tmp_path):
    """Folders with two links each to the next are two, four, eight ... ways to the last."""
    for number in range(depth):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}/1.jpg").write_bytes(make.picture(number))
        for side in "lr" if number < depth - 1 else "":
            link(tmp_path / f"{number}/{side}", tmp_path / f"{number + 1}")
    labels, reasons = read(tmp_path / "0", limits=Limits(upload_files=100))
    assert len(labels) == 15 if depth == 4 else depth < len(labels) < 200
    assert len(reasons) == (depth == 30)
    assert all("100 files and folders at most are read once more." in text for text in reasons)


def test_hidden_links_are_not_followed(store, tmp_path):
    link(tmp_path / "set/.cache", store)
    (tmp_path / "set/1.jpg").write_bytes(make.picture(9))
    assert read(tmp_path / "set") == ({"set/1.jpg": "set"}, [])


GONE = "is a link whose target does not exist."


def test_links_that_lead_nowhere_are_named_with_their_place(tmp_path):
    (tmp_path / "set/deep").mkdir(parents=True)
    for name in ("gone.jpg", "gone.zip", "folder"):
        link(tmp_path / "set/deep" / name, tmp_path / "nowhere")
    link(tmp_path / "set/self", tmp_path / "set/self")
    link(tmp_path / "set/past", tmp_path / "set/file/x")
    (tmp_path / "set/file").write_bytes(b"x")
    _, reasons = read(tmp_path / "set")
    assert reasons == [
        f"set/deep/folder {GONE}",
        f"set/deep/gone.jpg {GONE}",
        f"set/deep/gone.zip {GONE}",
        f"set/past {GONE}",
        "set/self is a link that leads back to itself, or through too many others.",
    ]


def test_a_dead_link_that_is_handed_in_is_named_with_its_place(tmp_path):
    link(tmp_path / "dead", tmp_path / "nowhere")
    assert read(tmp_path / "dead") == ({}, [f"{tmp_path.name}/dead {GONE}"])
    assert read(tmp_path / "never") == ({}, ["never does not exist."])


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
