"""The command line: what it accepts, and what it says about mistakes."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from se_viz.nets import builtin
from se_viz.nets.classes.imagenette import WNIDS
from se_viz.pictures import Preprocessing
from se_viz.training.__main__ import _parser, chosen_recipe, main
from se_viz.training.data import read_split
from se_viz.training.recipe import Recipe


def draw_folder(folder, split: str, count: int) -> None:
    """`count` flat grey pictures a class, each class of its own brightness."""
    for i, wnid in enumerate(WNIDS):
        (folder / split / wnid).mkdir(parents=True)
        for j in range(count):
            picture = Image.new("RGB", (40, 30), (20 * i, 20 * i, j))
            picture.save(folder / split / wnid / f"{j}.png")


def chosen(*options: str) -> Recipe:
    return chosen_recipe(_parser().parse_args(["fit", "--data", "d", "--out", "o", *options]))


def test_without_options_the_recipe_is_the_default():
    assert chosen() == Recipe()


def test_options_change_the_recipe():
    recipe = chosen("--epochs", "9", "--batch", "32", "--peak-rate", "0.05", "--seed", "3")
    assert (recipe.epochs, recipe.batch, recipe.seed) == (9, 32, 3)
    assert max(max(p.start, p.end) for p in recipe.phases) == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("option", "value"), [("--epochs", "0"), ("--peak-rate", "-1"), ("--batch", "1")]
)
def test_nonsense_gets_one_sentence(option, value, tmp_path, capsys):
    arguments = ["fit", "--data", str(tmp_path), "--out", str(tmp_path), option, value]
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert option in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    "command", [["fit", "--out", "o"], ["evaluate"], ["intervals"], ["ship", "--run", "r"]]
)
def test_a_folder_that_is_not_imagenette_gets_one_sentence(command, tmp_path, capsys):
    assert main([*command, "--data", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert WNIDS[0] in error
    assert error.count("\n") == 1


def test_a_split_is_read_in_the_order_of_its_classes(tmp_path):
    draw_folder(tmp_path, "val", 2)
    split = read_split(tmp_path, "val", Preprocessing(size=24))
    assert split.pictures.shape == (20, 24, 24, 3)
    assert split.pictures.dtype == np.uint8
    assert list(split.labels) == [i for i in range(10) for _ in range(2)]
    assert [int(picture[0, 0, 0]) for picture in split.pictures] == [
        20 * (i // 2) for i in range(20)
    ]


def test_a_broken_picture_is_named(tmp_path):
    draw_folder(tmp_path, "val", 1)
    (tmp_path / "val" / WNIDS[4] / "broken.jpg").write_bytes(b"\xff\xd8 nothing")
    with pytest.raises(ValueError, match=r"broken\.jpg"):
        read_split(tmp_path, "val", Preprocessing(size=24))


def test_evaluate_prints_accuracy_counts_and_source(tmp_path, capsys):
    pytest.importorskip("keras")
    draw_folder(tmp_path, "val", 1)
    assert main(["evaluate", "--data", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "of 10 pictures" in out
    assert builtin.WEIGHTS.name in out
    assert all(name in out for name in builtin.CLASSES)


def refused(*command: object, said: str, capsys) -> None:
    """Before any picture is read: there is none."""
    assert main([*map(str, command), "--data", "none"]) in (1, 2)
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("command", ["intervals", "sweep"])
def test_files_that_are_there_are_not_written_over(command, tmp_path, capsys):
    there, photo = tmp_path / "there", tmp_path / "photo.png"
    there.write_bytes(b"of somebody else")
    Image.new("RGB", (8, 8)).save(photo)
    before = photo.read_bytes()
    for out, more, said in [
        (there, [], "is there already; --force replaces it"),
        (photo, ["--force"], "holds pictures"),
        (tmp_path, ["--force"], "is a folder"),
        (tmp_path / "none" / "x", [], "There is no folder"),
    ]:
        refused(command, "--out", out, *more, said=said, capsys=capsys)
    refused(command, "--out", there, "--force", said="is it Imagenette?", capsys=capsys)
    refused(command, said="is it Imagenette?", capsys=capsys)
    assert (there.read_bytes(), photo.read_bytes()) == (b"of somebody else", before)


def test_what_a_sweep_goes_on_from_is_not_its_result(tmp_path, capsys):
    kept = tmp_path / "kept.npz"
    kept.write_bytes(b"kept")
    given = ["sweep", "--out", kept, "--kept", kept, "--force"]
    refused(*given, said="is read here", capsys=capsys)
    refused("sweep", "--kept", tmp_path, said="is a folder", capsys=capsys)
    given = ["sweep", "--compare", 3, "--out", kept]
    refused(*given, said="--compare writes nothing", capsys=capsys)


def test_a_run_starts_in_a_folder_of_its_own(tmp_path, capsys):
    """Above all not among the shipped weights."""
    (tmp_path / "file").touch()
    holds = "holds weights.safetensors and no run to go on with"
    refused("fit", "--out", builtin.ASSETS, said=holds, capsys=capsys)
    refused("fit", "--out", tmp_path / "file", said="is a file, not a folder", capsys=capsys)
    refused("fit", "--out", tmp_path / "new", said="is it Imagenette?", capsys=capsys)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
