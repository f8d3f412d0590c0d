"""What the command line can say of pictures."""

from __future__ import annotations

import argparse

import pytest

from se_viz.cli import MISUSED, main, pictures
from se_viz.pictures import PictureOptions


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
