"""The command line: what it writes, says and returns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from se_viz import cli
from se_viz.cli.pictures import names
from se_viz.manifest import of_npz
from se_viz.nets import builtin, zoo
from se_viz.probe.check import Check, Identity
from se_viz.profiles import load as load_profile
from tests.pictures.picture_files import picture, zip_of

pytestmark = pytest.mark.usefixtures("loaded_once")

ROOT = Path(__file__).resolve().parents[1]
BLOCKS = builtin.CONFIG.counts


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two classes and a broken file."""
    for place, data in {
        "set/cats/1.png": picture(1),
        "set/cats/2.png": picture(2),
        "set/dogs/3.png": picture(3),
        "set/dogs/broken.png": picture(4)[:60],
    }.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(data)
    return tmp_path / "set"


def gates(*arguments: object) -> int:
    return cli.main(["gates", *map(str, arguments)])


def test_gates_writes_what_it_read_and_names_what_it_could_not(folder, tmp_path, capsys):
    out = tmp_path / "gates.npz"
    assert gates(folder, "--out", out) == 0
    said = capsys.readouterr()
    assert said.out == f"3 pictures, {sum(BLOCKS)} SE blocks: {out}\n"
    assert "broken.png is a broken or cut-off PNG picture.\n" in said.err
    with np.load(out, allow_pickle=False) as file:
        check_arrays(dict(file), ["1.png", "2.png", "3.png"], ["cats", "cats", "dogs"])


def manifest_in(path: Path) -> dict:
    with np.load(path, allow_pickle=False) as file:
        return of_npz(file)


@pytest.mark.parametrize("command", ["gates", "profile"])
def test_a_file_says_what_it_was_made_with(command, folder, tmp_path):
    out = tmp_path / "out.npz"
    assert cli.main([command, str(folder), "--out", str(out)]) == 0
    made = manifest_in(out)
    assert made["what"] == command
    assert made["network"]["fingerprint"] == load_profile(builtin.PROFILE).origin.fingerprint
    assert made["preprocessing"] == builtin.PREPROCESSING.as_dict()
    assert made["pictures"]["listed"] == [
        {
            "name": name,
            "sha256": sha256(data).hexdigest(),
            "class": label,
            "class_from": "folder",
        }
        for name, data, label in [
            ("1.png", picture(1), "cats"),
            ("2.png", picture(2), "cats"),
            ("3.png", picture(3), "dogs"),
        ]
    ]
    assert made["settings"] == {"model": "builtin", "paths": ["set"]}
    assert made["versions"]["numpy"] == np.__version__
    assert str(tmp_path) not in json.dumps(made)
    assert command == "gates" or load_profile(out).counts == {"cats": 2, "dogs": 1}


def check_arrays(arrays: dict, names: list[str], labels: list[str]) -> None:
    names_of_blocks = [
        f"SE_{stage}_{index}"
        for stage, count in enumerate(BLOCKS, 2)
        for index in range(1, count + 1)
    ]
    kinds = [f"{kind}/{name}" for kind in ("gate", "squeeze") for name in names_of_blocks]
    assert list(arrays) == ["names", "labels", "guessed", "outputs", "logits", *kinds, "manifest"]
    assert arrays["names"].tolist() == names
    assert arrays["labels"].tolist() == labels
    assert not arrays["guessed"].any()
    assert arrays["logits"].shape == (len(names), len(builtin.CLASSES))
    np.testing.assert_array_equal(arrays["outputs"], arrays["logits"])
    for kind in ("logits", *kinds):
        assert arrays[kind].dtype == np.float32
        assert len(arrays[kind]) == len(names)
        assert np.isfinite(arrays[kind]).all()
    for name in names_of_blocks:
        gate = arrays[f"gate/{name}"]
        assert gate.shape == arrays[f"squeeze/{name}"].shape
        assert ((gate >= 0) & (gate <= 1)).all()


def test_gates_takes_pictures_folders_and_zips_together(folder, tmp_path):
    packed = tmp_path / "more.zip"
    packed.write_bytes(zip_of({"birds/5.png": picture(5)}))
    out = tmp_path / "gates.npz"
    assert gates(packed, folder / "dogs" / "3.png", "--out", out) == 0
    with np.load(out) as file:
        assert file["names"].tolist() == ["5.png", "3.png"]
        assert file["labels"][0] == "birds"
        assert file["labels"][1] in builtin.CLASSES
        assert file["guessed"].tolist() == [False, True]


def test_without_a_readable_picture_nothing_is_written(folder, tmp_path, capsys):
    out = tmp_path / "gates.npz"
    (tmp_path / "none.png").symlink_to(tmp_path / "nowhere")
    assert gates(folder / "dogs" / "broken.png", tmp_path / "none.png", "--out", out) == cli.FAILED
    said = capsys.readouterr().err
    assert "broken.png is a broken" in said
    assert "none.png is a link whose target does not exist." in said
    assert "nothing was written" in said
    assert not out.exists()


def test_the_folder_to_write_to_is_looked_for_first(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("se_viz.cli.network.probe_of", pytest.fail)
    out = tmp_path / "none" / "gates.npz"
    assert gates(folder, "--out", out) == cli.MISUSED
    assert capsys.readouterr().err == f"There is no folder {out.parent} to write to.\n"


@pytest.mark.parametrize("command", [["gates", "x.png", "--out", "x.npz"], ["check"]], ids=str)
def test_an_unknown_model_is_refused_and_the_known_ones_are_named(
    command, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    Path("x.png").write_bytes(picture(1))
    assert cli.main([*command, "--model", "resnet"]) == cli.MISUSED
    known = ", ".join(zoo.entries())
    assert capsys.readouterr().err == f"There is no network 'resnet'; there is {known}.\n"
    assert os.listdir() == ["x.png"]


@pytest.mark.parametrize("arguments", [[], ["gates"], ["gates", "x.png"], ["draw"]], ids=str)
def test_a_mistake_in_the_arguments_ends_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == cli.MISUSED
    assert "usage: python -m se_viz" in capsys.readouterr().err


def test_check_passes_on_the_shipped_network(folder, capsys):
    assert cli.main(["check", str(folder)]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert len(lines) == sum(BLOCKS) + 2
    assert lines[0].startswith("SE_2_1 ")
    assert lines[-2].startswith("The self-check passed: on 3 pictures")
    assert lines[-1] == (
        "Checked here: feeding back the recorded gates of 3 pictures gives the same outputs, "
        "to the last bit."
    )
    assert said.err == "broken.png is a broken or cut-off PNG picture.\n"


GOOD, SAME = Check({"SE_2_1": 0.0}, True, 3), Identity(True, 0.0, 3)


@pytest.mark.parametrize(
    ("check", "fed_back", "said"),
    [
        (Check({"SE_2_1": 1.0}, True, 3), SAME, "The self-check failed"),
        (Check({}, True, 3), SAME, "The self-check failed"),
        (GOOD, Identity(False, 0.5, 3), "changes an output by up to 5.0e-01"),
    ],
    ids=["gates", "no blocks", "fed back"],
)
def test_check_returns_one_where_it_fails(check, fed_back, said, folder, monkeypatch, capsys):
    monkeypatch.setattr("se_viz.probe.check.self_check", lambda probe, model_inputs: check)
    monkeypatch.setattr("se_viz.probe.check.identity", lambda probe, model_inputs: fed_back)
    assert cli.main(["check", str(folder)]) == cli.FAILED
    assert said in capsys.readouterr().out


def test_without_a_readable_picture_nothing_is_checked_or_changed(folder, capsys):
    for command, done in (("check", "checked"), ("intervene", "changed")):
        assert cli.main([command, str(folder / "dogs" / "broken.png")]) == cli.FAILED
        assert f"nothing was {done}" in capsys.readouterr().err


def test_check_takes_stimuli_where_none_are_given(monkeypatch, capsys):
    seen = []

    def passed(probe, model_inputs):
        seen.append(len(model_inputs))
        return GOOD

    monkeypatch.setattr("se_viz.probe.check.self_check", passed)
    monkeypatch.setattr("se_viz.probe.check.identity", lambda probe, model_inputs: SAME)
    assert cli.main(["check"]) == 0
    assert seen[0] > 10
    assert not capsys.readouterr().err


def test_stopping_is_no_crash(folder, tmp_path, monkeypatch, capsys):
    def stop(name):
        raise KeyboardInterrupt

    monkeypatch.setattr("se_viz.cli.network.probe_of", stop)
    assert gates(folder, "--out", tmp_path / "x.npz") == cli.STOPPED
    assert "Stopped." in capsys.readouterr().err


def test_the_table_of_models_has_a_line_for_each(capsys):
    assert cli.main(["models"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["name", "top-1"]
    assert [line.split()[0] for line in lines] == list(zoo.entries())
    assert lines[0].endswith(builtin.TITLE)


def test_models_as_json_say_what_the_table_says(capsys):
    assert cli.main(["models", "--json"]) == 0
    entry, *others = json.loads(capsys.readouterr().out)
    assert [entry["name"], *(other["name"] for other in others)] == list(zoo.entries())
    assert entry["se_blocks"] == sum(BLOCKS)
    assert entry["classes"] == 10
    assert entry["local"] is True
    assert entry["size"] == builtin.WEIGHTS.stat().st_size
    assert entry["preprocessing"]["size"] == builtin.PREPROCESSING.size
    assert 0 < entry["top1"] <= 100


@pytest.mark.parametrize("arguments", [["models"], ["models", "--json"], ["--help"]], ids=str)
def test_listing_loads_no_tensorflow(arguments):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "se_viz", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    loaded = {line.rsplit("|")[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "se_viz" in loaded
    assert not {"tensorflow", "keras", "streamlit"} & loaded
    assert done.stdout


def test_paths_are_named_whatever_they_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    here, strange = names([Path("."), Path("bad\udcff.png")])
    assert here == tmp_path.name
    assert strange.encode().endswith(b".png")


def test_files_named_by_path_have_the_classes_of_their_folders(folder, tmp_path, capsys):
    out = tmp_path / "profile.npz"
    paths = sorted(map(str, folder.glob("*/[0-9].png")))
    assert cli.main(["profile", *paths, "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert "1.png and 2 more: Files given one by one have their folder's name as class" in said.err
    assert said.out == f"3 pictures in 2 classes: {out}\n"
    made = load_profile(out)
    assert (made.counts, made.guessed) == ({"cats": 2, "dogs": 1}, {})
    assert any("folder's name as class (cats, dogs)" in text for text in manifest_in(out)["read"])


def test_classes_that_are_guesses_are_marked_in_every_file(folder, tmp_path, capsys):
    paths = [str(folder / "cats" / "1.png"), str(folder / "cats" / "2.png")]
    for command in ("gates", "profile"):
        out = tmp_path / f"{command}.npz"
        assert cli.main([command, *paths, "--out", str(out)]) == 0
        said = capsys.readouterr()
        assert "1.png and 1 more: Nothing names its class, so the network's own guess" in said.err
        assert (", classes guessed: " in said.out) == (command == "profile")
        found = manifest_in(out)
        assert [row["class_from"] for row in found["pictures"]["listed"]] == ["prediction"] * 2
        assert any("own guess stands in" in text for text in found["read"])
    with np.load(tmp_path / "gates.npz") as file:
        assert file["guessed"].tolist() == [True, True]
    made = load_profile(tmp_path / "profile.npz")
    assert made.guessed == made.counts
    again = ["profile", *paths, "--class-level", "0", "--out", str(tmp_path / "told.npz")]
    assert cli.main(again) == 0
    assert "guess" not in capsys.readouterr().err
    assert load_profile(tmp_path / "told.npz").counts == {"cats": 2}


def test_a_picture_under_two_classes_counts_as_a_person_says(folder, tmp_path, capsys):
    (folder / "dogs" / "copy.png").write_bytes(picture(1))
    out = tmp_path / "profile.npz"

    def counts(*arguments: object) -> dict[str, int]:
        command = ["profile", *map(str, arguments), "--out", str(out), "--force"]
        assert cli.main(command) == 0
        return load_profile(out).counts

    assert counts(folder) == {"cats": 2, "dogs": 1}
    said = capsys.readouterr().err
    assert "copy.png is the same picture as 1.png and counts only once, under “cats”, not" in said
    assert "--repeats each" in said
    assert counts(folder / "dogs", folder / "cats") == {"dogs": 2, "cats": 1}
    capsys.readouterr()
    assert counts(folder, "--repeats", "each") == {"cats": 2, "dogs": 2}
    assert "same picture" not in capsys.readouterr().err
    assert manifest_in(out)["pictures"]["count"] == 4


def test_a_network_without_se_blocks_says_what_was_looked_at(folder, tmp_path, capsys):
    import keras

    from tests.nets.own.files import saved

    pictures = keras.Input((32, 32, 3))
    x = keras.layers.Multiply(name="product")([pictures, keras.layers.Conv2D(3, 1)(pictures)])
    x = keras.layers.Dense(2)(keras.layers.GlobalAveragePooling2D()(x))
    (tmp_path / "bare.keras").write_bytes(saved(keras.Model(pictures, x)))
    out = ("--out", tmp_path / "gates.npz")
    assert gates(folder, "--model", tmp_path / "bare.keras", *out) == cli.MISUSED
    assert capsys.readouterr().err.splitlines() == [
        "bare.keras has no SE block, so there is no gate to look at.",
        "  product, 32 x 32 x 3: neither factor is one number per channel",
    ]


def test_a_broken_network_is_one_line_without_a_traceback(folder, tmp_path):
    (tmp_path / "bad.keras").write_bytes(b"junk")
    command = (sys.executable, "-m", "se_viz", "gates", folder, "--out", tmp_path / "gates.npz")
    command = (*command, "--model", tmp_path / "bad.keras")
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == cli.MISUSED
    assert done.stderr == "bad.keras is no .keras file: it is a broken ZIP, or none at all.\n"
