"""Files that a command line names: what is not there is one sentence, before anything is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from se_viz import cli
from se_viz.cli import network
from tests.pictures.picture_files import picture

OPTIONS = {
    "--labels": "check",
    "--classes": "check",
    "--profile": "intervene --do freeze",
    "--like": "intervene --do picture",
}


@pytest.fixture(autouse=True)
def unopened(monkeypatch):
    monkeypatch.setattr(network, "probe_of", pytest.fail)


@pytest.fixture
def photo(tmp_path) -> Path:
    path = tmp_path / "photo.png"
    path.write_bytes(picture(1))
    return path


def refused(capsys, *given: object) -> str:
    assert cli.main([str(part) for part in given]) == cli.MISUSED
    return capsys.readouterr().err


@pytest.mark.parametrize("option", OPTIONS)
def test_a_file_that_is_not_there_is_named(option, photo, tmp_path, capsys):
    command = OPTIONS[option].split()
    none = tmp_path / "none.txt"
    assert refused(capsys, *command, photo, option, none) == f"{none} does not exist.\n"
    assert refused(capsys, *command, photo, option, tmp_path) == (
        f"{tmp_path} is a folder, not a file.\n"
    )


def test_so_is_a_network_of_ones_own(photo, tmp_path, capsys):
    none = tmp_path / "none.keras"
    assert refused(capsys, "check", photo, "--model", none) == f"{none} does not exist.\n"


@pytest.mark.parametrize("command", ["gates", "profile", "check", "intervene"])
def test_so_is_a_path_of_pictures(command, photo, tmp_path, capsys):
    none, out = tmp_path / "none", tmp_path / "out"
    more = [] if command in ("check", "intervene") else ["--out", out]
    for paths in ([none], [photo, none]):
        assert refused(capsys, command, *paths, *more) == f"{none} does not exist.\n"
    assert refused(capsys, command, photo / "x", *more) == (
        f"{photo / 'x'} cannot be opened: Not a directory.\n"
    )
    assert not out.exists()


def test_so_is_a_link_to_nowhere(photo, tmp_path, capsys):
    (tmp_path / "dead.txt").symlink_to(tmp_path / "none")
    assert refused(capsys, "check", photo, "--labels", tmp_path / "dead.txt") == (
        f"{tmp_path / 'dead.txt'} does not exist.\n"
    )


def test_no_list_is_no_file(photo, monkeypatch):
    def loaded(choice):
        raise KeyboardInterrupt

    monkeypatch.setattr(network, "probe_of", loaded)
    assert cli.main(["check", str(photo), "--labels", "none"]) == cli.STOPPED
