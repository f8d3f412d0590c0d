"""What a command writes: never over what it reads, whole or not at all, whoever listens."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from se_viz import cli, files
from se_viz.cli import network
from tests.pictures.picture_files import picture, zip_of
from tests.test_files import room_for
from tests.test_terminal import full, left, needs_full

WRITING = ("gates", "profile", "intervene")


@pytest.fixture
def unopened(monkeypatch):
    """Commands that are refused load no network."""
    monkeypatch.setattr(network, "probe_of", pytest.fail)


@pytest.fixture
def photo(tmp_path) -> Path:
    path = tmp_path / "set" / "猫" / "photo.png"
    path.parent.mkdir(parents=True)
    path.write_bytes(picture(1))
    return path


def run(command: str, *arguments: object) -> int:
    return cli.main([command, *map(str, arguments)])


def refused(command: str, *arguments: object, said: str, capsys) -> None:
    assert run(command, *arguments) in (cli.MISUSED, cli.FAILED)
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("force", [(), ("--force",)], ids=["", "force"])
@pytest.mark.parametrize("command", WRITING)
def test_a_photo_is_never_replaced_by_its_gates(command, force, photo, unopened, capsys):
    soft = photo.parent / "soft"
    soft.symlink_to(photo)
    for out in (photo, soft):
        refused(command, photo, "--out", out, *force, said="is read here", capsys=capsys)
    assert photo.read_bytes() == picture(1)


def test_nothing_that_is_read_is_written_to(photo, tmp_path, unopened, capsys):
    for name in ("mine.keras", "names.txt", "like.png", "profile.npz", "many.zip"):
        read = tmp_path / name
        read.write_bytes(b"precious")
        option = {
            "mine.keras": ["--model", read],
            "names.txt": ["--classes", read],
            "like.png": ["--do", "picture", "--like", read],
            "profile.npz": ["--do", "freeze", "--profile", read],
            "many.zip": [read],
        }[name]
        given = [photo, *option, "--out", read, "--force"]
        refused("intervene", *given, said="is read here", capsys=capsys)
        assert read.read_bytes() == b"precious"


def test_pictures_in_folders_that_are_read_are_not_written_to(photo, tmp_path, unopened, capsys):
    linked, packed = tmp_path / "linked", tmp_path / "set" / "more.zip"
    linked.symlink_to(photo.parent.parent)
    packed.write_bytes(zip_of({"a.png": picture(2)}))
    for out in (photo, linked / "猫" / "photo.png", packed):
        before = out.read_bytes()
        refused("gates", linked, "--out", out, said="is there already", capsys=capsys)
        given = [linked, "--out", out, "--force"]
        refused("gates", *given, said="holds pictures", capsys=capsys)
        assert out.read_bytes() == before


@pytest.mark.parametrize("command", WRITING)
def test_what_cannot_be_written_is_found_out_before_the_work(
    command, photo, tmp_path, unopened, monkeypatch, capsys
):
    there = tmp_path / "there"
    there.write_bytes(b"of somebody else")
    for out, said in [
        (tmp_path, f"{tmp_path} is a folder, not a file to write to."),
        (tmp_path / "none" / "x", f"There is no folder {tmp_path / 'none'} to write to."),
        (there, f"{there} is there already; --force replaces it."),
        (there / "x", f"There is no folder {there} to write to."),
    ]:
        refused(command, photo, "--out", out, said=said, capsys=capsys)
    monkeypatch.setattr(Path, "touch", unwritable)
    refused(command, photo, "--out", tmp_path / "x", said="Read-only file system", capsys=capsys)
    assert there.read_bytes() == b"of somebody else"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "set", there]


def unwritable(self, **options):
    raise OSError(30, "Read-only file system")


def test_force_takes_a_file_to_replace(photo, unopened, capsys):
    refused("intervene", photo, "--force", said="so it takes --out", capsys=capsys)


@pytest.mark.parametrize("command", WRITING)
def test_a_full_disk_costs_nothing_that_was_there(command, photo, tmp_path, loaded_once, capsys):
    out = tmp_path / "out"
    for before in (None, b"of yesterday"):
        if before:
            out.write_bytes(before)
        with room_for(20):
            assert run(command, photo, "--out", out, "--force") == cli.FAILED
        assert f"{out} cannot be written: " in capsys.readouterr().err
        assert (out.read_bytes() if out.exists() else None) == before
    assert run(command, photo, "--out", out, "--force") == 0
    assert out.stat().st_size > 20
    beside = ["out.json"] if command == "intervene" else []
    assert sorted(os.listdir(tmp_path)) == ["out", *beside, "set"]


def test_numbers_and_their_manifest_appear_together_or_not_at_all(
    photo, tmp_path, loaded_once, monkeypatch, capsys
):
    write = files.write

    def full(path, data):
        assert Path(path).name == "effects.json"
        with room_for(20):
            write(path, data)

    monkeypatch.setattr(files, "write", full)
    for before in ([], ["effects.csv", "effects.json"]):
        for name in before:
            (tmp_path / name).write_bytes(b"of yesterday")
        given = [photo, "--out", tmp_path / "effects.csv", "--force"]
        assert run("intervene", *given) == cli.FAILED
        assert "effects.json cannot be written: " in capsys.readouterr().err
        assert sorted(os.listdir(tmp_path)) == [*before, "set"]
        assert all((tmp_path / name).read_bytes() == b"of yesterday" for name in before)


@pytest.mark.parametrize("name", ["effects.csv", "effects.CSV", "effects"])
def test_a_manifest_beside_takes_the_place_of_nothing(name, photo, tmp_path, unopened, capsys):
    beside = tmp_path / "effects.json"
    given = [photo, "--out", tmp_path / name]
    beside.write_text("{}")
    refused("intervene", *given, said=f"{beside} is there already; --force", capsys=capsys)
    more = ["--labels", beside, "--force"]
    refused("intervene", *given, *more, said=f"{beside} is read here", capsys=capsys)
    beside.write_bytes(picture(2))
    refused("intervene", *given, "--force", said=f"{beside} holds pictures", capsys=capsys)
    beside.unlink()
    beside.mkdir()
    refused("intervene", *given, "--force", said=f"{beside} is a folder", capsys=capsys)


def test_a_pipe_has_no_manifest_beside(photo, tmp_path, loaded_once, capsys):
    (tmp_path / "out.csv").symlink_to(os.devnull)
    assert run("intervene", photo, "--out", tmp_path / "out.csv") == 0
    assert "Manifest" not in capsys.readouterr().out
    assert sorted(os.listdir(tmp_path)) == ["out.csv", "set"]


def test_a_result_may_lie_among_the_pictures_and_be_made_again(photo, loaded_once, monkeypatch):
    monkeypatch.chdir(photo.parent)
    assert run("gates", ".", "--out", "gates.npz") == 0
    assert run("gates", ".", "--out", "gates.npz", "--force") == 0
    with np.load("gates.npz") as made:
        assert made["names"].tolist() == ["photo.png"]


def test_numbers_are_kept_whatever_the_terminal(photo, tmp_path, loaded_once, monkeypatch, capsys):
    expected, narrow, gone = (tmp_path / name for name in ("expected", "narrow", "gone"))
    given = ["intervene", photo.parents[1], "--out"]
    assert run(*given, expected) == 0
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "cp1252"))
    assert run(*given, narrow) == 0
    monkeypatch.setattr(sys, "stdout", left())
    monkeypatch.setattr(sys, "stderr", left())
    assert run(*given, gone) == 0
    for stream in (sys.stdout, sys.stderr):
        stream.close()
    assert narrow.read_bytes() == gone.read_bytes() == expected.read_bytes()
    assert set(pd.read_csv(expected)["class"]) == {"猫"}


@pytest.mark.parametrize("command", ["gates", "profile"])
def test_files_are_kept_where_nobody_listens(command, photo, tmp_path, loaded_once, monkeypatch):
    monkeypatch.setattr(sys, "stdout", left())
    monkeypatch.setattr(sys, "stderr", left())
    assert run(command, photo.parents[1], "--out", tmp_path / "out") == 0
    for stream in (sys.stdout, sys.stderr):
        stream.close()
    with np.load(tmp_path / "out") as made:
        assert "猫" in str(made["manifest"])


@needs_full
def test_a_full_disk_under_what_is_printed_costs_no_file(photo, tmp_path, loaded_once, monkeypatch):
    for status, given in [(0, ["gates", "--out", tmp_path / "out"]), (cli.FAILED, ["intervene"])]:
        monkeypatch.setattr(sys, "stdout", full())
        assert run(*given, photo) == status
        sys.stdout.close()
    assert (tmp_path / "out").stat().st_size > 1000
