"""Folders that are read, and those that are thrown away: ours, and nothing else."""

from __future__ import annotations

import os

import pytest

from se_viz.probe.stored import owned

MANY = 2**40


@pytest.fixture
def kept(tmp_path):
    """Makes folders as they are kept, each older than the one before."""

    def make(name: str, size: int = 1):
        folder = tmp_path / name
        folder.mkdir(mode=0o700)
        (folder / owned.RECORD).write_bytes(b"x" * size)
        (folder / owned.RECORD).chmod(0o600)
        age = len(list(tmp_path.iterdir()))
        os.utime(folder, (1_000_000 - age, 1_000_000 - age))
        return folder

    return make


def test_what_was_used_longest_ago_goes_and_nothing_that_is_not_ours(kept, tmp_path):
    ours = [kept(f"{number:064x}") for number in range(3)]
    half = kept(owned.PART + "1")
    photos, digest = kept("photos"), tmp_path / ("f" * 64)
    digest.mkdir()  # named like ours, without a record
    (tmp_path / "file").write_text("")
    (tmp_path / ("e" * 64)).symlink_to(photos)
    owned.make_room(tmp_path, 2, MANY)
    assert [folder.exists() for folder in (*ours, half)] == [True, True, False, False]
    assert (photos / owned.RECORD).exists()
    assert digest.exists()
    assert (tmp_path / "file").exists()


def test_so_do_those_that_are_too_large_together(kept, tmp_path):
    ours = [kept(f"{number:064x}", 10) for number in range(3)]
    owned.make_room(tmp_path, 9, 25)
    assert [folder.exists() for folder in ours] == [True, True, False]


def test_a_place_that_is_gone_is_no_error(tmp_path):
    owned.make_room(tmp_path / "gone", 1, 1)


def test_files_of_ours_are_read(kept):
    assert owned.is_safe(kept("a"), MANY)


@pytest.mark.parametrize("what", ["link", "pipe", "folder", "anyone's", "large"])
def test_others_are_not(what, kept, tmp_path):
    folder = kept("a")
    if what == "link":
        (folder / "model.xml").symlink_to(tmp_path / "elsewhere")
    elif what == "pipe":
        os.mkfifo(folder / "model.xml")
    elif what == "folder":
        (folder / "model.xml").mkdir()
    elif what == "anyone's":
        (folder / owned.RECORD).chmod(0o666)
    assert not owned.is_safe(folder, 0 if what == "large" else MANY)


def test_nor_is_a_link_to_a_folder_nor_one_of_another_user(kept, tmp_path, monkeypatch):
    folder = kept("a")
    (tmp_path / "b").symlink_to(folder)
    assert not owned.is_safe(tmp_path / "b", MANY)
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    assert owned.is_safe(folder, MANY) == (folder.stat().st_uid == 0)


def test_what_cannot_be_looked_into_is_not_read(kept, monkeypatch):
    folder = kept("a")

    def refuse(path):
        raise PermissionError(path)

    monkeypatch.setattr(type(folder), "lstat", refuse)
    assert not owned.is_safe(folder, MANY)
