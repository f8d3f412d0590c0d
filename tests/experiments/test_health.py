"""Whether gates are all right can be asked of every network that the probe opens."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest
from keras import layers

from se_viz.analysis.health.bottleneck_units import FEWEST
from se_viz.analysis.health.catalogue import CHECKS
from se_viz.analysis.health.table import COLUMNS, UNTOLD, YARDSTICKS
from se_viz.analysis.health.units import NO_BOTTLENECK, NO_RELU
from se_viz.experiments.health import health_of
from se_viz.nets import builtin
from se_viz.nets.output import Output
from se_viz.probe.probe import Probe
from tests.probe import networks, spellings


def by_tanh(u):
    """A gate of a tanh, and no bottleneck units that open or shut."""
    z = layers.GlobalAveragePooling2D(keepdims=True)(u)
    return networks.multiply(u, layers.Dense(8, "sigmoid")(layers.Dense(2, "tanh")(z)))


def table_of(block, pictures: int = FEWEST, network=networks.network_of):
    keras.utils.set_random_seed(1)
    probe = Probe(network(networks.model_of(block)))
    return probe, health_of(probe, [probe.read(networks.model_inputs(pictures))])


BLOCKS = (
    *(networks.conv_fused, networks.conv_separate_hard, networks.nested_block),
    *(spellings.no_bottleneck, spellings.three_layers, spellings.clipped_hard_sigmoid),
    *(spellings.sigmoid_by_tanh, spellings.product_of_two_gates, by_tanh),
)


@pytest.mark.parametrize("block", BLOCKS)
def test_every_check_answers_for_every_block(block):
    probe, table = table_of(block)
    assert list(table.columns) == [*COLUMNS, *YARDSTICKS]
    assert table["check"].tolist() == [one.slug for one in CHECKS] * len(probe.sites)
    told = table[table["verdict"] != UNTOLD]
    assert np.isfinite(told["number"]).all()
    assert {"constant", "one-value", "noise"} <= set(told["check"])
    assert table.loc[table["verdict"] == UNTOLD, "detail"].str.endswith(".").all()


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (spellings.no_bottleneck, NO_BOTTLENECK),
        (networks.conv_fused, NO_RELU),
        (by_tanh, NO_RELU),
        (spellings.product_of_two_gates, "Several branches make the gates"),
    ],
)
def test_why_bottleneck_units_cannot_be_told_is_said(block, why):
    _, table = table_of(block)
    units = table[table["check"].str.startswith("units-")]
    assert (units["verdict"] == UNTOLD).all()
    assert units["detail"].str.startswith(why).all()


@pytest.mark.parametrize("block", [networks.dense_fused, networks.conv_separate_hard])
def test_units_of_every_kind_of_relu_are_told(block):
    _, table = table_of(block)
    assert (table.loc[table["check"].str.startswith("units-"), "verdict"] != UNTOLD).all()


def test_a_network_without_classes_is_asked_like_any_other():
    def unlabelled(model):
        return replace(networks.network_of(model), classes=(), told=Output("none"))

    _, table = table_of(networks.dense_fused, network=unlabelled)
    assert (table["verdict"] != UNTOLD).sum() > 5


def test_yardsticks_of_the_built_in_network_stand_beside_each_number(monkeypatch):
    same = {"weights_sha256": builtin.health()["weights_sha256"]}
    monkeypatch.setattr(builtin, "provenance", lambda: same)
    _, table = table_of(networks.dense_fused, pictures=2)
    assert table[YARDSTICKS].notna().all(axis=None)
