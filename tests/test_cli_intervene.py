"""`python -m se_viz intervene`."""

from __future__ import annotations

import hashlib
import json

import pandas as pd
import pytest

from se_viz import cli
from se_viz.nets import builtin
from se_viz.profiles import load
from se_viz.profiles.reference import reference_of
from tests.pictures.picture_files import pack, photo, picture, zip_of

pytestmark = pytest.mark.usefixtures("loaded_once")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("pictures")
    for name in ("tench", "church"):
        (made / name).mkdir()
        (made / name / f"{name}.png").write_bytes(picture(len(name)))
    (made / "broken.png").write_bytes(b"no picture")
    return made


def test_what_the_built_in_network_gives_is_known_without_loading_it(builtin_probe):
    assert builtin_probe.network.output == builtin.OUTPUT


def test_it_says_what_changes_and_keeps_the_numbers(folder, tmp_path, capsys):
    out = tmp_path / "effects.csv"
    given = ["intervene", str(folder), "--at", "stage_5", "SE_2_1:0-3", "--out", str(out)]
    assert cli.main(given) == 0
    said = capsys.readouterr()
    assert "stage 5, channels 0-3 of SE_2_1 bypassed" in said.out
    assert "broken.png" in said.err
    assert "accuracy_before" in said.out
    table = pd.read_csv(out)
    assert sorted(table["class"]) == ["church", "tench"]


def manifest_of(tmp_path, capsys, *given: object) -> dict:
    out = tmp_path / "effects.csv"
    assert cli.main(["intervene", *map(str, given), "--out", str(out), "--force"]) == 0
    assert f"\nManifest: {tmp_path / 'effects.json'}\n" in capsys.readouterr().out
    text = (tmp_path / "effects.json").read_text()
    assert str(tmp_path) not in text
    return json.loads(text)


def test_its_numbers_have_their_manifest_beside_them(folder, tmp_path, capsys):
    made = manifest_of(tmp_path, capsys, folder, "--at", "stage_5", "--do", "freeze")
    assert (made["what"], made["cells_neutralised"]) == ("intervene", 0)
    assert made["network"]["fingerprint"] == load(builtin.PROFILE).origin.fingerprint
    assert made["output"]["kind"] == builtin.OUTPUT.kind
    assert made["reference"] == reference_of(load(builtin.PROFILE))
    rows = [(one["name"], one["class"], one["class_from"]) for one in made["pictures"]["listed"]]
    assert rows == [("church.png", "church", "folder"), ("tench.png", "tench", "folder")]
    assert made["settings"] == {
        "model": "builtin",
        "paths": [folder.name],
        "do": "freeze",
        "at": ["stage_5"],
    }


@pytest.mark.parametrize(
    ("more", "settings"),
    [
        (["--do", "scale", "--value", "0.5"], {"do": "scale", "at": ["all"], "value": 0.5}),
        (["--do", "shuffle"], {"do": "shuffle", "at": ["all"], "seed": 0}),
        (["--do", "class", "--class", "tench"], {"do": "class", "at": ["all"], "class": "tench"}),
        (["--sweep", "--folders", "names"], {"sweep": True, "folders": "names"}),
    ],
)
def test_its_manifest_says_what_was_done(more, settings, folder, tmp_path, capsys):
    made = manifest_of(tmp_path, capsys, folder / "tench" / "tench.png", *more)
    assert made["settings"] == {"model": "builtin", "paths": ["tench.png"]} | settings
    assert (made["reference"] is None) == (settings.get("do") in ("scale", "shuffle"))
    assert made["pictures"]["listed"][0]["class_from"] == "nobody"


def test_its_manifest_knows_the_other_picture(folder, tmp_path, capsys):
    other = folder / "church" / "church.png"
    more = ["--do", "picture", "--like", other]
    made = manifest_of(tmp_path, capsys, folder / "tench" / "tench.png", *more)
    digest = hashlib.sha256(other.read_bytes()).hexdigest()
    assert made["settings"]["like"] == {"name": "church.png", "sha256": digest}


def test_its_manifest_tells_how_files_were_read_and_counts_changed_cells(tmp_path, capsys):
    (tmp_path / "set").mkdir()
    for number in range(2):
        (tmp_path / "set" / f"={number}.png").write_bytes(picture(number))
    (tmp_path / "set" / "labels.csv").write_text("=0.png,tench\n=1.png,church\n")
    made = manifest_of(tmp_path, capsys, tmp_path / "set")
    assert made["cells_neutralised"] == 2
    assert any("Classes were taken from it: 2" in text for text in made["read"])


def test_no_name_in_its_numbers_runs_in_a_spreadsheet(tmp_path, capsys):
    for number, name in enumerate(("-tench", "church")):
        (tmp_path / "set" / name).mkdir(parents=True)
        (tmp_path / "set" / name / f"={name}.png").write_bytes(picture(number))
    out = tmp_path / "effects.csv"
    assert cli.main(["intervene", str(tmp_path / "set"), "--out", str(out)]) == 0
    assert "(cells with a ' before them, so that no spreadsheet runs them: 3)" in (
        capsys.readouterr().out
    )
    table = pd.read_csv(out)
    assert sorted(table["picture"]) == ["'=-tench.png", "'=church.png"]
    assert sorted(table["class"]) == ["'-tench", "church"]


@pytest.mark.parametrize(
    "more",
    [
        ["--do", "freeze"],
        ["--do", "class", "--class", "gas pump"],
        ["--do", "shuffle", "--seed", "3"],
        ["--do", "scale", "--value", "0.5"],
        ["--sweep"],
    ],
    ids=" ".join,
)
def test_each_way(folder, more, capsys):
    assert cli.main(["intervene", str(folder), *more]) == 0
    assert "all" in capsys.readouterr().out


def test_gates_of_another_picture(folder, capsys):
    one, other = folder / "tench" / "tench.png", folder / "church" / "church.png"
    assert cli.main(["intervene", str(one), "--do", "picture", "--like", str(one)]) == 0
    assert "0 of 1 change" in capsys.readouterr().out
    assert cli.main(["intervene", str(one), "--do", "picture", "--like", str(other)]) == 0


@pytest.mark.parametrize("pages", [[], ["--pages", "all"]], ids=["first", "all"])
def test_the_other_picture_is_the_first_of_its_file(pages, folder, tmp_path, capsys):
    frames = [photo(20, 16, seed) for seed in range(3)]
    stack = tmp_path / "stack.tif"
    stack.write_bytes(pack(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    given = ["intervene", str(folder / "tench"), "--do", "picture", "--like", str(stack)]
    assert cli.main([*given, *pages]) == 0
    assert capsys.readouterr().err == (
        "stack.tif: of its pages the first was taken and 2 more left out; "
        "one picture is asked for.\n"
    )


def test_the_other_picture_is_one(folder, tmp_path, capsys):
    packed = tmp_path / "more.zip"
    packed.write_bytes(zip_of({f"{n}.png": picture(n) for n in range(2)}))
    given = ["intervene", str(folder / "tench"), "--do", "picture", "--like", str(packed)]
    assert cli.main(given) == cli.MISUSED
    assert capsys.readouterr().err == f"{packed} holds 2 pictures, and --like takes one.\n"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--at", "SE_9_9"], "There is no place 'SE_9_9'"),
        (["--do", "class", "--class", "cat"], "has no pictures of 'cat'"),
        (["--do", "picture"], "--like FILE"),
        (["--do", "constant", "--value", "2"], "A gate of SE_2_1 lies between 0 and 1, so 2"),
        (["--do", "freeze", "--model", "untrained"], "has no class profile of its own"),
    ],
)
def test_a_mistake_is_one_sentence(folder, more, said, capsys):
    assert cli.main(["intervene", str(folder), *more]) == 2
    error = capsys.readouterr().err.strip().splitlines()[-1]
    assert said in error


def test_folders_of_imagenet_count_and_what_is_left_out_is_named(tmp_path, capsys):
    for number, name in enumerate(["n01440764", "n03028079-church", "chainsaw", "n01443537"]):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.png").write_bytes(picture(number))
    out = tmp_path / "sweep.csv"
    for more in ([], ["--sweep", "--out", str(out)]):
        assert cli.main(["intervene", str(tmp_path), *more]) == 0
        said = capsys.readouterr().out
        assert "Accuracy is over 2 of 4 pictures." in said
        assert "“chainsaw” (1): no class of this network, nearest is chain saw" in said
        assert "“n01443537” (1): goldfish, no class" in said
    assert pd.read_csv(out)[["pictures", "left_out"]].drop_duplicates().values.tolist() == [[2, 2]]


def test_numbers_of_folders_count_where_a_person_says_so(tmp_path, capsys):
    for number in (0, 9):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / f"{number}.png").write_bytes(picture(number))
    assert cli.main(["intervene", str(tmp_path), "--folders", "numbers"]) == 0
    said = capsys.readouterr().out
    assert "taken for the numbers of classes; --folders names undoes it (0 is tench)" in said
    assert "parachute" in said.split("accuracy_before")[1]
    for more in ([], ["--folders", "names"]):
        assert cli.main(["intervene", str(tmp_path), *more]) == 0
        assert "No accuracy, as none of 2 pictures counts" in capsys.readouterr().out
    (tmp_path / "9").rename(tmp_path / "10")
    assert cli.main(["intervene", str(tmp_path), "--folders", "numbers"]) == 2
    assert "“10” is not the index of a class" in capsys.readouterr().err
