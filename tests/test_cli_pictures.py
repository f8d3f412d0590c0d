"""What the command line can say of pictures."""

from __future__ import annotations

import argparse

import pytest

from se_viz.cli import MISUSED, main, pictures
from se_viz.pictures import PictureOptions
from se_viz.pictures.lists import ClassList


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


def test_a_list_of_classes(tmp_path):
    (tmp_path / "l.csv").write_bytes(b"a.jpg,cat\n")
    (tmp_path / "a.jpg").write_bytes(b"x")
    options = said("--labels", str(tmp_path / "l.csv"))
    assert options.labels == ClassList("l.csv", b"a.jpg,cat\n")
    assert not options.find_lists
    assert said("--labels", "none") == PictureOptions(find_lists=False)


def test_a_list_that_names_none_of_the_pictures_is_refused(tmp_path, capsys):
    (tmp_path / "l.csv").write_bytes(b"z.jpg,cat\n")
    (tmp_path / "a.jpg").write_bytes(b"x")
    arguments = ["check", str(tmp_path / "a.jpg"), "--labels"]
    assert main([*arguments, str(tmp_path / "l.csv")]) == MISUSED
    assert capsys.readouterr().err == "l.csv names none of these pictures.\n"
    assert main([*arguments, str(tmp_path / "nowhere.csv")]) == MISUSED
    assert "nowhere.csv" in capsys.readouterr().err


def test_patterns_and_levels():
    assert said("--label-pattern", "number") == PictureOptions(label_pattern="number")
    assert said("--class-level", "-2") == PictureOptions(class_level=-2)
    with pytest.raises(ValueError, match="has no group"):
        said("--label-pattern", "cat")


@pytest.mark.parametrize("arguments", [["--class-level", "1"], ["--labels", "none"]])
def test_what_is_said_of_no_pictures_at_all_is_refused(arguments, capsys):
    assert main(["check", *arguments]) == MISUSED
    assert capsys.readouterr().err.startswith("Without a PATH there are no files to read")


def test_what_was_chosen_stands_in_the_manifest(tmp_path):
    (tmp_path / "l.csv").write_bytes(b"a.jpg,cat\n")
    options = said("--labels", str(tmp_path / "l.csv"), "--class-level", "0", "--zip-names", "gbk")
    assert options.as_dict() == {
        "zip_names": "gb18030",
        "class_level": 0,
        "labels": "l.csv",
        "find_lists": False,
    }
    assert PictureOptions().as_dict() == {}


def test_a_link_goes_by_its_own_name(tmp_path):
    (tmp_path / "cat").symlink_to(tmp_path)
    assert pictures.names([tmp_path / "cat"]) == ["cat"]


@pytest.mark.parametrize("command", ["gates", "profile", "check", "intervene"])
def test_every_command_that_reads_pictures_takes_it(command, capsys):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert "--zip-names PAGE" in capsys.readouterr().out
