"""`se-viz app`: what it hands on to Streamlit, and to the app."""

from __future__ import annotations

import os

import pytest

from se_viz import cli
from se_viz.cli import app
from se_viz.lessons.library import FOLDER


@pytest.fixture
def started(monkeypatch) -> list[list[str]]:
    """Commands that would have been run; the environment is as before afterwards."""
    commands: list[list[str]] = []
    monkeypatch.setattr(app.os, "execv", lambda program, command: commands.append(command))
    monkeypatch.setattr(app.subprocess, "call", lambda command: 0)
    monkeypatch.setenv(FOLDER, "as before")
    return commands


def test_what_it_does_not_know_goes_on_to_streamlit(started):
    assert cli.main(["app", "--server.port", "8600"]) == 0
    assert started[0][-2:] == ["--server.port", "8600"]
    assert os.environ[FOLDER] == "as before"


def test_a_folder_of_lessons_goes_on_to_the_app(started, tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["app", "--lessons", "mine", "--server.port", "8600"]) == 0
    assert os.environ[FOLDER] == str(tmp_path / "mine")
    assert "--lessons" not in started[0]


def test_a_file_or_nothing_is_no_folder_of_lessons(started, tmp_path, capsys):
    (tmp_path / "file").touch()
    for name, said in (("none", "none"), ("file", "is a file, not a folder")):
        assert cli.main(["app", "--lessons", str(tmp_path / name)]) == cli.MISUSED
        assert said in capsys.readouterr().err
    assert not started
