"""`python -m se_viz shift`, and the same in Python."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import se_viz
from se_viz import cli
from se_viz.cli import network
from se_viz.nets import builtin
from tests.pictures.picture_files import picture


@pytest.fixture(scope="module")
def probe(builtin_probe):
    return builtin_probe


@pytest.fixture(autouse=True)
def loaded_once(probe, monkeypatch):
    """Each command loads the network anew; here they share it."""
    monkeypatch.setattr(network, "probe_of", lambda choice: probe)


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    for number, name in enumerate(("tench", "church") * 2):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / f"{number}.png").write_bytes(picture(500 + number))
    return folder


def test_it_writes_and_prints_every_condition(photos, tmp_path, capsys):
    out = tmp_path / "shift.csv"
    asked = [
        "--kind",
        "contrast,blur",
        "--strength",
        "2-3",
        "--gates",
        "adaptive,frozen,other-class",
    ]
    assert cli.main(["shift", str(photos), *asked, "--out", str(out)]) == 0
    table = pd.read_csv(out)
    assert len(table) == 5 * 3
    assert table["pictures"].eq(4).all()
    assert [*table["strength"].unique()] == [0, 0.3, 0.2, 2, 3]
    assert not table["agreement"].any()
    printed = capsys.readouterr().out
    assert "as they are" in printed
    made = json.loads((tmp_path / "shift.json").read_text())
    assert made["settings"]["shifts"][0] == ["contrast", 0.3, 0]
    assert made["settings"]["gates"] == ["adaptive", "frozen", "other-class"]
    assert sum(made["reference"]["classes"].values()) == 3925


def test_python_gives_the_same_numbers(probe, photos, tmp_path):
    out = tmp_path / "shift.csv"
    asked = ["--value", "0.35", "--gates", "held,open,held", "--seed", "4"]
    asked += ["--at", "stage_2", "stage_2"]  # twice is as good as once
    assert cli.main(["shift", str(photos), *asked, "--out", str(out)]) == 0
    written = pd.read_csv(out, keep_default_na=False, na_values=["nan", ""])
    options = {"strengths": [0.35], "gates": ("held", "open"), "at": "stage 2", "seed": 4}
    table = se_viz.shift(probe, photos, **options)
    for column in ("accuracy", "change", "beyond"):
        assert written[column].tolist() == pytest.approx(table[column].tolist(), nan_ok=True)
    assert table["where"].tolist() == ["all", "stage 2", "stage 2"] * 2


def test_without_known_classes_it_counts_agreement_and_says_so(photos, tmp_path, capsys):
    (tmp_path / "a.png").write_bytes(picture(7))
    assert cli.main(["shift", str(tmp_path), "--strength", "5"]) == 0
    assert "No class is known" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--kind", "fog"], "there is no shift 'fog'; there is contrast"),
        (["--strength", "6"], "strengths are 1 to 5"),
        (["--strength", "3-2"], "strengths are 1 to 5"),
        (["--strength", "²"], "strengths are 1 to 5"),
        (["--value", "x"], "no list of numbers"),
        (["--gates", "mine"], "There are no gates 'mine'"),
        (["--strength", "1", "--value", "0.3"], "not allowed with"),
    ],
)
def test_nonsense_is_refused_at_once(photos, capsys, asked, said):
    with pytest.raises(SystemExit):
        cli.main(["shift", str(photos), *asked])
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--seed", "-1"], "A seed is a whole number from 0 on, not -1."),
        (["--value", "2"], "Contrast takes a strength from 1 (no change) to 0, not 2"),
        (["--gates", "open", "--profile", "{profile}"], "--profile has no use here"),
        (["--at", "stage_9"], "There is no place 'stage_9'"),
    ],
)
def test_what_does_not_fit_is_one_sentence(photos, capsys, asked, said):
    given = [each.format(profile=builtin.PROFILE) for each in asked]
    assert cli.main(["shift", str(photos), *given]) == cli.MISUSED
    assert said in capsys.readouterr().err


def test_too_many_pictures_are_refused(photos, monkeypatch, capsys):
    monkeypatch.setattr("se_viz.cli.shift.MOST", 3)
    assert cli.main(["shift", str(photos)]) == cli.MISUSED
    assert "shift takes 3 pictures at most" in capsys.readouterr().err
