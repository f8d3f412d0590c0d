"""The replication: which rows there are, what a run leaves behind, and that it goes on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from se_viz.nets.se_resnet.layout import SEResNet  # noqa: E402
from se_viz.training.recipe import Phase, Recipe  # noqa: E402
from se_viz.training.replicate import rows, train  # noqa: E402
from se_viz.training.replicate.record import CLEAN, LIGHTS, load, shifted  # noqa: E402
from tests.training.test_fit import draw, shallow  # noqa: E402, F401

TINY = SEResNet(depth=18, width=0.25, classes=2, ratio=4, size=48, zero_last_gamma=True)


def test_every_row_differs_from_the_base_in_one_thing():
    plain = vars(rows.BASE)
    for name, config in rows.ROWS.items():
        other = {key for key, value in vars(config).items() if value != plain[key]}
        assert len(other) == (0 if name == "r16" else 2 if name == "wide" else 1), name


def test_the_pilot_comes_first_and_nothing_comes_twice():
    order = list(rows.runs())
    assert order[:6] == [(row, seed) for row in ("plain", "r16") for seed in range(3)]
    assert len(order) == len(set(order))
    seeds = {row: sum(run[0] == row for run in order) for row in rows.ROWS}
    assert {row for row, count in seeds.items() if count == 8} == set(rows.TOLD_APART)
    assert set(seeds.values()) == {3, 8}


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(
        train, "RECIPE", Recipe(phases=(Phase(1, 32, 0.1, 0.0),), batch=8, precision="float32")
    )
    monkeypatch.setitem(train.ROWS, "r16", TINY)
    monkeypatch.setitem(train.ROWS, "static", replace(TINY, excitation="constant"))


def test_a_run_leaves_its_guesses_and_is_not_made_twice(short, tmp_path, capsys):
    wanted = [("r16", 0), ("static", 1)]
    given = (draw(16, 0), draw(12, 1), tmp_path / "runs", tmp_path / "out")
    train.replicate(wanted, *given)
    found = load(tmp_path / "out" / "static-1.npz")
    assert found.guesses.shape == (len(LIGHTS), 12)
    assert found.guesses.max() < 2
    assert np.isfinite(found.losses).all()
    assert (found.facts["row"], found.facts["seed"]) == ("static", 1)
    assert found.facts["layout"]["excitation"] == "constant"
    assert found.facts["command"].endswith("--rows static --seeds 1")
    assert capsys.readouterr().out.count("%") == 2
    train.replicate(wanted, *given)
    assert capsys.readouterr().out == ""


def test_the_first_row_of_the_guesses_is_of_pictures_as_they_are():
    views = draw(2, 0).pictures
    assert LIGHTS[0] == CLEAN
    np.testing.assert_array_equal(shifted(views, CLEAN), views)
    assert all((shifted(views, light) != views).any() for light in LIGHTS[1:])
