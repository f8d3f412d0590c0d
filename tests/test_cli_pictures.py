"""What the command line can say of pictures."""

from __future__ import annotations

import argparse

import numpy as np
import pytest

from se_viz.cli import MISUSED, main, network, pictures
from se_viz.engines.base import Chunk
from se_viz.experiments.predict import PictureLog
from se_viz.pictures import GreyRange, PictureOptions, Preprocessing, Remark, Skipped
from se_viz.pictures.labels.lists import ClassList
from tests.pictures.picture_files import pack, photo, picture, tiff


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


@pytest.mark.parametrize("how", ["list", "pattern"])
def test_each_of_several_classes_counts_whatever_names_them(how, tmp_path, capsys):
    for name in ("cat.0.png", "dog.0.png"):
        (tmp_path / name).write_bytes(picture(1))
    (tmp_path / "l.csv").write_text("cat.0.png,cat\ndog.0.png,dog\ncat.0.png,cow\n")
    more = ["--labels", str(tmp_path / "l.csv")]
    more = more if how == "list" else ["--label-pattern", "number", "--labels", "none"]
    parser = argparse.ArgumentParser()
    pictures.options(parser)

    def read(*arguments: str) -> list[str | None]:
        choice = parser.parse_args([str(tmp_path), *more, *arguments])
        return [p.label for p in pictures.loaded(pictures.gather(choice), Preprocessing(size=16))]

    assert read() == ["cat"]
    assert "files that come again" not in capsys.readouterr().err
    assert read("--repeats", "each") == ["cat", "dog"]
    told = "since files that come again count under each class, and rows do not: 1"
    assert (told in capsys.readouterr().err) == (how == "list")


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


SAID = {
    "zip-names": "cp949",
    "labels": "none",
    "label-pattern": "number",
    "class-level": "1",
    "repeats": "first",
    "pages": "all",
    "range": "0..1",
}


@pytest.mark.parametrize("option", SAID)
def test_what_is_said_of_no_pictures_at_all_is_refused(option, capsys):
    assert main(["check", f"--{option}", SAID[option]]) == MISUSED
    assert capsys.readouterr().err == (
        f"--{option} has no use without a PATH, as there are no files to read: leave it out.\n"
    )


def test_every_option_of_pictures_is_looked_at(capsys):
    parser = argparse.ArgumentParser()
    pictures.options(parser, "*")
    named = {action.dest.replace("_", "-") for action in parser._actions}
    assert named - {"help", "paths"} == set(SAID) == set(pictures.OF_FILES)


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
    assert {one.name: int(one.model_input.max()) for one in read} == {
        "3000.tif": 187,
        "800.tif": 50,
    }
    error = capsys.readouterr().err
    assert error.count("0 is black and 4,095 white, which holds the numbers of such pictures") == 1
    assert "and 1 more: it has more than 8 bits a channel" in error


def test_the_range_of_deep_pictures_can_be_said():
    assert said("--range", "0..4095").range == GreyRange(0, 4095)
    assert said("--range=-1..1").range == GreyRange(-1, 1)
    with pytest.raises(ValueError, match="A range is the number that is black"):
        said("--range", "4095")
    assert said("--range", "0..4095").as_dict() == {"range": "0..4095"}


def test_pages_of_stacks_are_counted_or_taken(tmp_path, capsys):
    frames = [photo(20, 16, seed) for seed in range(3)]
    stack = pack(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    (tmp_path / "stack.tif").write_bytes(stack)
    parser = argparse.ArgumentParser()
    pictures.options(parser)

    def read(*arguments: str) -> list[str]:
        choice = parser.parse_args([str(tmp_path), *arguments])
        return [
            one.name for one in pictures.loaded(pictures.gather(choice), Preprocessing(size=16))
        ]

    assert read() == ["stack.tif"]
    assert capsys.readouterr().err == (
        "stack.tif: of its pages the first was taken and 2 more left out; --pages all takes all.\n"
    )
    assert read("--pages", "all") == [f"stack.tif, page {number}" for number in (1, 2, 3)]
    assert capsys.readouterr().err == ""
    assert said("--pages", "all").as_dict() == {"pages": "all"}


WRONG = {
    "--range": ("9..1", "A range is the number that is black"),
    "--label-pattern": ("cat", "cat has no group"),
    "--zip-names": ("klingon", "klingon is none of the code pages"),
}


@pytest.mark.parametrize("command", ["gates", "profile", "check", "intervene"])
@pytest.mark.parametrize("option", WRONG)
def test_what_is_said_wrongly_is_refused_before_the_network_is_loaded(
    command, option, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(network, "probe_of", pytest.fail)
    (tmp_path / "a.jpg").write_bytes(b"x")
    more = [] if command in ("check", "intervene") else ["--out", str(tmp_path / "out")]
    value, reason = WRONG[option]
    assert main([command, str(tmp_path / "a.jpg"), option, value, *more]) == MISUSED
    assert capsys.readouterr().err.startswith(reason)


@pytest.mark.parametrize("command", ["gates", "profile", "check", "intervene"])
@pytest.mark.parametrize("given", ["--class-level=one", "--pages=two"])
def test_so_is_what_is_no_number_and_no_choice(command, given):
    with pytest.raises(SystemExit) as caught:
        main([command, "a.jpg", given])
    assert caught.value.code == MISUSED


@pytest.mark.parametrize("pages", [0, 5])
def test_the_bar_counts_files_and_no_remarks(pages, monkeypatch, capsys):
    lost = (Skipped("a.png", "a.png is broken."), Skipped("b.png", "b.png is broken."))
    made = Chunk(None, (), lost * (1 + pages))
    monkeypatch.setattr("se_viz.engines.local.read_pictures", lambda *given, **more: [made])
    list(pictures.readings([*lost, Remark("a.png", "it is old.")], None, PictureLog()))
    last = capsys.readouterr().err.split("\r")[-1]
    assert f"gates: 100%|██████████| {2 + 2 * pages}/{2 + 2 * pages} " in last
