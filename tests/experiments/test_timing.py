"""Networks with the parts of SE added in turn: each computes what it says, and nothing more."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from scipy.stats import binom

from se_viz.experiments import timing
from se_viz.nets.made import build
from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.layout import SEResNet

SMALL = SEResNet(depth=18, width=1 / 16, classes=2, ratio=2, size=32)
CONFIGS = [
    SMALL,
    SEResNet(depth=26, width=1 / 16, classes=2, ratio=2, size=32, place="pre", se_bias=True),
    SEInception("v3", width=1 / 16, classes=2, ratio=2, size=75),
]


def layers(model: keras.Model, end: str) -> int:
    return sum(layer.name.startswith("SE_") and layer.name.endswith(end) for layer in model.layers)


@pytest.mark.parametrize("config", CONFIGS, ids=lambda config: config.name)
def test_each_network_has_one_part_of_every_block_more_than_the_one_before(config):
    models = dict(timing.in_turn(config))
    blocks = layers(models[timing.SCALING], "_scale")
    ends = ("_squeeze", "_expand", "_scale")
    counts = {step: [layers(model, end) for end in ends] for step, model in models.items()}
    assert counts == {
        timing.PLAIN: [0, 0, 0],
        timing.SQUEEZE: [blocks, 0, 0],
        timing.EXCITATION: [blocks, blocks, 0],
        timing.SCALING: [blocks, blocks, blocks],
    }


def test_without_scaling_the_network_says_what_it_says_without_se():
    models = dict(timing.in_turn(SMALL))
    picture = np.random.default_rng(0).normal(size=(1, 32, 32, 3)).astype("f")
    wanted = models[timing.PLAIN]
    for step in (timing.SQUEEZE, timing.EXCITATION):
        given = models[step]
        for layer in wanted.layers:
            layer.set_weights(given.get_layer(layer.name).get_weights())
        logits, *parts = given(picture)
        np.testing.assert_allclose(logits, wanted(picture), rtol=1e-5)
        assert len(parts) == 8


def test_rounds_are_as_many_as_time_allows_and_the_first_network_is_the_measure(monkeypatch):
    monkeypatch.setattr(timing, "ROUNDS", 7)
    said: list[float] = []
    models = {"a": build(SMALL), "b": build(SMALL)}
    table = timing.time_of(models, 32, lambda share, now: said.append(share))
    assert table["step"].tolist() == ["a", "b"]
    assert table["rounds"].tolist() == [7, 7]
    assert table.loc[0, ["ratio", "low", "high"]].tolist() == [1, 1, 1]
    assert (table["low"] <= table["ratio"]).all()
    assert (table["ratio"] <= table["high"]).all()
    assert (table["seconds"] > 0).all()
    assert said == sorted(said)
    monkeypatch.setattr(timing, "SECONDS", 0.0)
    assert timing.time_of(models, 32)["rounds"].tolist() == [6, 6]


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf")])
def test_seconds_that_are_no_length_of_time_are_refused_before_anything_is_built(seconds):
    with pytest.raises(ValueError, match="Networks are timed for some seconds, not for"):
        timing.time_of({}, 32, seconds=seconds)


@pytest.mark.parametrize("rounds", [timing.FEWEST, 7, 20, 41, 500])
def test_the_interval_holds_the_median_with_95(rounds):
    low, high = timing._around_the_median(rounds)
    assert low + high == rounds - 1
    assert 2 * binom.cdf(low, rounds, 0.5) <= 0.05 < 2 * binom.cdf(low + 1, rounds, 0.5)
