"""The replication: which rows there are, what a run leaves behind, and that it goes on."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import numpy as np
import pytest
from filelock import FileLock

keras = pytest.importorskip("keras")

from se_viz.experiments.replication.record import CLEAN, LIGHTS, load, under_lights  # noqa: E402
from se_viz.nets import builtin  # noqa: E402
from se_viz.nets.builtin import PREPROCESSING  # noqa: E402
from se_viz.nets.se_resnet.build import build  # noqa: E402
from se_viz.nets.se_resnet.layout import SEResNet  # noqa: E402
from se_viz.pictures import normalise  # noqa: E402
from se_viz.training.recipe import Phase, Recipe  # noqa: E402
from se_viz.training.replicate import measure, rows, train  # noqa: E402
from tests.training.test_fit import draw, shallow  # noqa: E402, F401

TINY = SEResNet(depth=18, width=0.25, classes=2, ratio=4, size=48, zero_last_gamma=True)


def test_every_row_differs_from_the_base_in_one_thing():
    plain, more = vars(rows.BASE), {"r16": 0, "wide": 2, "relu-ones": 2, "tanh-ones": 2}
    for name, config in rows.ROWS.items():
        other = {key for key, value in vars(config).items() if value != plain[key]}
        assert len(other) == more.get(name, 1), name


def test_gates_held_against_ones_differ_from_it_in_the_gate_alone():
    for name, gate in (("relu-ones", "relu"), ("tanh-ones", "tanh")):
        assert rows.ROWS[name] == replace(rows.ROWS["ones"], gate=gate)


def test_the_shipped_records_are_of_the_rows_and_the_recipe_and_of_one_device():
    for row, seed in rows.runs():
        facts = load(builtin.REPLICATION / f"{row}-{seed}.npz").facts
        assert facts["layout"] == json.loads(json.dumps(asdict(rows.ROWS[row]))), row
        recipe = replace(train.RECIPE, seed=seed).as_dict()
        assert facts["recipe"] == json.loads(json.dumps(recipe)), row
        assert facts["device"] == "one NVIDIA H200"
        assert facts["names_sha256"].startswith("29973352")


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


@pytest.mark.long
def test_a_run_leaves_its_guesses_and_is_not_made_twice(short, tmp_path, capsys):
    wanted = [("r16", 0), ("static", 1)]
    work = train.Replication(draw(16, 0), draw(12, 1), tmp_path / "runs", tmp_path / "out")
    work.go_on(wanted)
    found = load(tmp_path / "out" / "static-1.npz")
    assert found.guesses.shape == (len(LIGHTS), 12)
    assert found.guesses.max() < 2
    assert np.isfinite(found.losses).all()
    assert (found.facts["row"], found.facts["seed"]) == ("static", 1)
    assert found.facts["layout"]["excitation"] == "constant"
    assert found.facts["command"].endswith("--rows static --seeds 1")
    assert capsys.readouterr().out.count("%") == 2
    work.go_on(wanted)
    assert capsys.readouterr().out == ""


def test_a_row_in_which_another_process_is_at_work_is_left_to_it(short, tmp_path):
    work = train.Replication(draw(16, 0), draw(12, 1), tmp_path / "runs", tmp_path / "out")
    work.runs.mkdir()
    with FileLock(work.runs / "r16.lock"):
        work.go_on([("r16", 0)])
    assert list(work.out.iterdir()) == []


def test_on_jax_the_seeds_of_a_row_are_trained_together():
    wanted = [("plain", 0), ("r16", 0), ("plain", 1)]
    assert train.groups(wanted, "tensorflow") == [("plain", [0]), ("r16", [0]), ("plain", [1])]
    assert train.groups(wanted, "jax") == [("plain", [0, 1]), ("r16", [0])]


def test_a_network_measures_bytes_as_it_does_model_inputs():
    network, model_inputs = build(TINY), draw(3, 0).pictures
    wanted = network.predict_on_batch(normalise(model_inputs, PREPROCESSING))
    found = measure.of_bytes(network).predict_on_batch(model_inputs)
    np.testing.assert_allclose(found, wanted, atol=1e-5)


def test_the_first_row_of_the_guesses_is_of_pictures_as_they_are():
    model_inputs = draw(2, 0).pictures
    assert LIGHTS[0] == CLEAN
    lit = under_lights(model_inputs)
    np.testing.assert_array_equal(lit[0], model_inputs)
    assert all((pictures != model_inputs).any() for pictures in lit[1:])
