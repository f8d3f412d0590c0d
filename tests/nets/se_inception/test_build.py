"""SE-Inceptions: counts to the digit, every block found, and that they learn.

Counts: Keras Applications' networks have 23,817,352 and 55,813,192 weights with 1000 classes that
are trained; SE adds (2 / r) times the sum of C^2 of the modules (arXiv 1709.01507, equation 5).
"""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest

from se_viz.complexity import GRIDS, inception_blocks, inception_cost
from se_viz.experiments.check import check
from se_viz.nets.network import Network
from se_viz.nets.se_inception.build import build
from se_viz.nets.se_inception.layout import SIZES, SEInception
from se_viz.pictures import Preprocessing
from se_viz.probe.probe import Probe

SIDE = 75
V3 = SEInception("v3", width=1 / 16, classes=3, ratio=2, size=SIDE)
RESNET = pytest.param(
    SEInception("resnet_v2", width=1 / 16, classes=3, ratio=2, size=SIDE), marks=pytest.mark.long
)
PAPERS = {"v3": (23_817_352, 13_207_552), "resnet_v2": (55_813_192, 67_962_880)}
"""Weights that are trained, and the sum of C^2 of what is recalibrated."""


@pytest.fixture(scope="module", params=[V3, RESNET], ids=lambda config: config.kind)
def config(request) -> SEInception:
    return request.param


@pytest.fixture(scope="module")
def model(config) -> keras.Model:
    return build(config)


@pytest.fixture(scope="module")
def probe(config, model) -> Probe:
    names = ("a", "b", "c")
    return Probe(Network("x", config.title, model, Preprocessing(size=SIDE), names, "0" * 64))


@pytest.mark.parametrize("kind", SIZES)
def test_closed_form_gives_the_known_counts(kind):
    weights, squares = PAPERS[kind]
    for ratio in (8, 16):
        found = inception_cost(SEInception(kind, ratio=ratio))
        assert found.weights == weights
        assert sum(found.added) == 2 * squares // ratio
    assert inception_cost(SEInception(kind, se=False)).added == (0, 0, 0)


def test_blocks_stand_where_they_are_said_to():
    blocks = inception_blocks(SEInception("v3"))
    assert [channels for _, channels, _ in blocks] == [
        *(256, 288, 288),
        *(768,) * 5,
        *(1280, 2048, 2048),
    ]
    assert all(grid == side for grid, _, side in blocks)
    residual = inception_blocks(SEInception("resnet_v2"))
    wanted = zip(GRIDS, (320, 1088, 2080), (10, 20, 10), strict=True)
    for grid, channels, count in wanted:
        assert residual.count((grid, channels, grid)) == count


def test_the_built_network_has_the_weights_of_its_closed_form(config, model):
    found = inception_cost(config, SIDE)
    se = [layer.count_params() for layer in model.layers if layer.name.startswith("SE_")]
    assert sum(se) == sum(found.added)
    trained = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    assert trained == found.weights + sum(found.added)


def test_every_block_is_found_and_its_gates_are_right(config, probe):
    blocks = [channels for _, channels, _ in inception_blocks(config, SIDE)]
    assert [block.channels for block in probe.blocks] == blocks
    assert {block.ratio for block in probe.blocks} == {2}
    pictures = np.random.default_rng(0).integers(0, 256, (2, SIDE, SIDE, 3), np.uint8)
    assert check(probe, pictures).passed


def test_it_trains_a_step(config, model):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("sgd", loss, run_eagerly=True)  # compiling takes longer than the step
    before = [weight.numpy() for weight in model.trainable_weights]
    pictures = np.random.default_rng(0).normal(size=(4, SIDE, SIDE, 3)).astype("f")
    assert np.isfinite(model.train_on_batch(pictures, np.array([0, 1, 2, 0])))
    moved = [np.any(a != b.numpy()) for a, b in zip(before, model.trainable_weights, strict=True)]
    assert np.mean(moved) > 0.9


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "v4"}, "There is no Inception 'v4': v3, resnet_v2."),
        ({"gate": "step"}, "There is no gate 'step'"),
        ({"classes": 0}, "needs a class"),
        ({"width": 0}, "a width above 0"),
    ],
)
def test_what_there_is_not_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        SEInception(**wrong)


def test_a_ratio_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="Ratio 5 does not divide 16 channels"):
        build(replace(V3, ratio=5))


@pytest.mark.long
@pytest.mark.parametrize("kind", SIZES)
def test_without_se_it_has_the_shapes_of_keras_applications(kind):
    makers = {
        "v3": keras.applications.InceptionV3,
        "resnet_v2": keras.applications.InceptionResNetV2,
    }
    theirs = makers[kind](weights=None, classifier_activation=None)
    ours = build(SEInception(kind, se=False))
    shapes = [sorted(tuple(w.shape) for w in net.weights) for net in (theirs, ours)]
    assert shapes[0] == shapes[1]
