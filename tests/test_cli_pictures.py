"""What the command line can say of pictures."""

from __future__ import annotations

import argparse

import numpy as np
import pytest

from se_viz.cli import MISUSED, main, pictures
from se_viz.pictures import PictureOptions, Preprocessing, Range
from tests.pictures.picture_files import tiff


def said(*arguments: str) -> PictureOptions:
    parser = argparse.ArgumentParser()
    pictures.options(parser, "*")
    return pictures.options_of(parser.parse_args(arguments))


def test_what_is_not_said_is_found_out():
    assert said() == PictureOptions()


def test_the_code_page_of_names_in_zips():
    assert said("--zip-names", "big5").zip_names == "cp950"


def test_another_code_page_is_refused(tmp_path, capsys):
    (tmp_path / "a.jpg").write_bytes(b"x")
    assert main(["check", str(tmp_path), "--zip-names", "klingon"]) == MISUSED
    assert capsys.readouterr().err.startswith("klingon is none of the code pages of ZIPs: utf-8")


def test_a_link_goes_by_its_own_name(tmp_path):
    (tmp_path / "cat").symlink_to(tmp_path)
    assert pictures.names([tmp_path / "cat"]) == ["cat"]


@pytest.mark.parametrize("command", ["gates", "profile", "check", "intervene"])
def test_every_command_that_reads_pictures_takes_it(command, capsys):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert "--zip-names PAGE" in capsys.readouterr().out


RAMP = np.arange(256).reshape(16, 16)
DEEP = {f"{top}.tif": tiff((RAMP * top // 255).astype("<u2")) for top in (800, 3000)}


@pytest.fixture
def deep(tmp_path):
    for name, data in DEEP.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_the_range_of_deep_pictures_is_found_and_said(deep, capsys):
    parser = argparse.ArgumentParser()
    pictures.options(parser)
    choice = parser.parse_args([str(deep)])
    read = pictures.loaded(pictures.gather(choice), Preprocessing(size=16))
    assert {one.name: int(one.view.max()) for one in read} == {"3000.tif": 187, "800.tif": 50}
    error = capsys.readouterr().err
    assert error.count("0 is black and 4,095 white, which holds the numbers of such pictures") == 1
    assert "and 1 more: it has more than 8 bits a channel" in error


def test_the_range_of_deep_pictures_can_be_said():
    assert said("--range", "0..4095").range == Range(0, 4095)
    assert said("--range=-1..1").range == Range(-1, 1)
    with pytest.raises(ValueError, match="A range is the number that is black"):
        said("--range", "4095")


def test_what_is_said_of_pictures_is_in_the_manifest():
    parser = argparse.ArgumentParser()
    pictures.options(parser, "*")
    assert pictures.said(parser.parse_args([])) == {}
    choice = parser.parse_args(["--range", "0..4095", "--class-level", "2"])
    assert pictures.said(choice) == {"range": "0..4095", "class_level": 2}


def test_what_is_said_of_files_is_not_for_drawn_pictures(capsys):
    assert main(["check", "--range", "0..4095"]) == MISUSED
    assert capsys.readouterr().err == "Drawn pictures need no range: it is for files.\n"
