"""The intervals that ship: of the shipped weights, of the shipped profile, made by a command."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from se_viz import profiles
from se_viz.analysis.profiles.depth import omega_table
from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.resampling import _COLUMNS
from se_viz.nets import builtin, weights
from se_viz.training.__main__ import main
from tests.training.test_commands import draw_folder


@pytest.fixture(scope="module")
def record() -> dict:
    return builtin.intervals()


@pytest.fixture(scope="module")
def table(record) -> pd.DataFrame:
    return pd.DataFrame(record["rows"], columns=record["columns"])


def test_they_belong_to_the_shipped_weights_and_say_how_they_were_made(record):
    assert record["weights_sha256"] == weights.fingerprint(builtin.WEIGHTS)
    assert record["weights_sha256"] == profiles.load(builtin.PROFILE).origin.fingerprint
    assert record["command"].startswith("python -m se_viz.training intervals --data DIR")
    assert (record["pictures"], record["resamples"]) == (3925, 200)
    assert record["device"]
    assert record["versions"]["keras"]
    assert record["view"].endswith("160 px")


def test_medians_are_those_of_the_shipped_profile(table):
    expected = omega_table([Group("shipped", profiles.load(builtin.PROFILE))])
    assert table["block"].tolist() == expected["block"].tolist()
    assert table["channels"].tolist() == expected["channels"].tolist()
    np.testing.assert_allclose(table["median"], expected["median"], atol=2e-4)


def test_intervals_hold_their_medians_and_chance_stays_near_nothing(table):
    assert list(table.columns) == _COLUMNS
    assert (table["low"] <= table["median"]).all()
    assert (table["median"] <= table["high"]).all()
    assert table["null_high"].between(0, 0.01).all()
    assert (table["p"] == round(1 / 201, 6)).all()


def test_the_command_passes_resamples_and_records(tmp_path, capsys):
    pytest.importorskip("keras")
    draw_folder(tmp_path, "val", 2)
    out = tmp_path / "intervals.json"
    options = ["--resamples", "20", "--seed", "3", "--out", str(out)]
    assert main(["intervals", "--data", str(tmp_path), *options]) == 0
    made = json.loads(out.read_text())
    assert made["command"].endswith("--data DIR --resamples 20 --seed 3")
    assert (made["pictures"], len(made["rows"])) == (20, 16)
    assert made["weights_sha256"] == weights.fingerprint(builtin.WEIGHTS)
    assert "SE_5_3" in capsys.readouterr().out


@pytest.mark.parametrize(("count", "options"), [(1, []), (2, ["--resamples", "3"])])
def test_too_little_to_resample_gets_one_sentence(count, options, tmp_path, capsys):
    pytest.importorskip("keras")
    draw_folder(tmp_path, "val", count)
    out = tmp_path / "intervals.json"
    assert main(["intervals", "--data", str(tmp_path), "--out", str(out), *options]) == 2
    assert "It takes two pictures" in (error := capsys.readouterr().err) or "20 to 2000" in error
    assert not out.exists()
