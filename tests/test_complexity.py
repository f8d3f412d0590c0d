"""Costs in closed form equal the paper's numbers, and what built networks really hold."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from se_viz.complexity import Cost, Load, added_weights, cost, se_load, se_weights, side_of
from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import BY_LAYERS, EXCITATIONS, GATES, PLACES, SEResNet

SMALL = SEResNet(depth=18, width=0.25, classes=3, ratio=4, size=32)
PAPER = SEResNet(depth=50, stride_in="1x1")
"""The paper's networks halve the resolution in the first 1x1 convolution."""


def trainable(model: keras.Model) -> int:
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)


def multiply_adds(model: keras.Model) -> int:
    """Of convolutions and dense layers outside SE blocks, from the shapes of the built layers."""
    found = 0
    for layer in model.layers:
        if isinstance(layer, (keras.layers.Conv2D, keras.layers.Dense)):
            pixels = int(np.prod(layer.output.shape[1:-1]))
            found += (
                0 if layer.name.startswith("SE_") else layer.kernel.shape.num_elements() * pixels
            )
    return found


def added_multiply_adds(model: keras.Model) -> int:
    """Both matrices of every SE block, and each pixel of U once to squeeze and once to scale."""
    weights = sum(layer.count_params() for layer in model.layers if layer.name.startswith("SE_"))
    scaled = [layer for layer in model.layers if layer.name.endswith("_scale")]
    return weights + sum(2 * int(np.prod(layer.output.shape[1:])) for layer in scaled)


def put_out(model: keras.Model, prefix: str = "") -> int:
    """Numbers that the layers of SE blocks give, or else convolutions and dense layers."""
    kinds = (keras.layers.Conv2D, keras.layers.Dense)
    counted = [
        layer
        for layer in model.layers
        if (
            layer.name.startswith("SE_") and not layer.name.endswith(_BY_THE_WAY)
            if prefix
            else isinstance(layer, kinds) and not layer.name.startswith("SE_")
        )
    ]
    return sum(int(np.prod(layer.output.shape[1:])) for layer in counted)


_BY_THE_WAY = ("_gate", "_weight", "_constant")
"""They give s as it is in another shape, or before its activation."""


def test_one_block_by_hand():
    # 8 channels, r = 4: matrices of 8 x 2 and 2 x 8; biases of 2 and 8.
    assert se_weights(8, 4) == 32
    assert se_weights(8, 4, biases=True) == 42
    # On maps of 3 x 3: 72 additions and 72 products; z, 2 of the bottleneck, s, and X.
    config = SEResNet(ratio=4)
    assert se_load(8, 3, config, 2) == Load(32, 32 + 2 * 72, 8 + 2 + 8 + 72)


def test_a_ratio_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="does not divide"):
        se_weights(64, 3)


def test_each_stage_of_se_resnet_50_adds_what_equation_5_says():
    added = cost(SEResNet(depth=50)).added
    assert added == (24_576, 131_072, 786_432, 1_572_864)
    assert added_weights((3, 4, 6, 3), (256, 512, 1024, 2048), 16) == added


@pytest.mark.parametrize(("depth", "total"), [(50, 2_514_944), (101, 4_743_168), (152, 6_578_176)])
def test_se_adds_to_the_digit(depth, total):
    assert sum(cost(SEResNet(depth=depth)).added) == total


@pytest.mark.parametrize(
    ("place", "total"),
    [("pre", 1_991_168), ("post", 2_514_944), ("identity", 2_514_944), ("3x3", 157_184)],
)
def test_each_place_has_its_own_sum(place, total):
    assert sum(cost(SEResNet(depth=50, place=place)).added) == total


def test_a_constant_looks_at_nothing_and_only_scales():
    config = SEResNet(depth=18, excitation="constant")
    found, channels = cost(config), 2 * (64 + 128 + 256 + 512)
    pixels = sum(
        2 * side * side * c for side, c in zip((56, 28, 14, 7), (64, 128, 256, 512), strict=True)
    )
    assert sum(found.added) == channels
    assert found.added_operations == channels + pixels


def test_resnet_50_has_25_557_032_weights_and_biases_add_16_048():
    plain, biased = cost(SEResNet(depth=50)), cost(SEResNet(depth=50, se_bias=True))
    assert plain.weights == biased.weights == 25_557_032
    assert plain.weights + sum(plain.added) == 28_071_976
    assert sum(biased.added) - sum(plain.added) == 16_048


def test_without_the_last_stage_se_adds_under_4_percent():
    shortened = cost(SEResNet(depth=50, se_stages=(2, 3, 4)))
    assert sum(shortened.added) == 942_080
    assert shortened.added[3] == 0
    assert shortened.added_share == pytest.approx(0.0369, abs=5e-5)
    assert cost(SEResNet(depth=50)).added[3] / 2_514_944 == pytest.approx(0.625, abs=5e-4)


@pytest.mark.parametrize(
    ("ratio", "millions"), [(2, 45.7), (4, 35.7), (8, 30.7), (16, 28.1), (32, 26.9)]
)
def test_weights_over_the_ratio_are_the_papers_table(ratio, millions):
    found = cost(SEResNet(depth=50, ratio=ratio))
    assert (found.weights + sum(found.added)) / 1e6 == pytest.approx(millions, rel=0.004)


@pytest.mark.parametrize(("depth", "billions"), [(50, 3.86), (101, 7.58), (152, 11.30)])
def test_operations_are_those_that_the_paper_prints(depth, billions):
    assert cost(replace(PAPER, depth=depth)).operations / 1e9 == pytest.approx(billions, abs=0.02)


def test_se_adds_about_a_third_of_a_percent_of_operations():
    found = cost(PAPER)
    # The paper prints 0.26 %; with both passes over U, to squeeze and to scale, it is 0.35 %.
    assert found.added_operations_share == pytest.approx(0.0035, abs=5e-5)
    assert found.added_operations_share == found.added_operations / found.operations


def test_halving_the_resolution_later_costs_more_operations_and_no_weight():
    early, late = cost(PAPER), cost(replace(PAPER, stride_in="3x3"))
    assert late.operations > early.operations
    assert (late.weights, late.added) == (early.weights, early.added)
    assert late.added_operations == early.added_operations


CONFIGS = {
    "18": SMALL,
    "18, odd sizes": replace(SMALL, size=75),
    "18, rounding up": replace(SMALL, size=50, stem_pool="ceil"),
    "34": replace(SMALL, depth=34),
    "50, strided early": replace(SMALL, depth=50, stride_in="1x1", size=72),
    "50, biases, some stages": replace(SMALL, depth=50, se_bias=True, ratio=2, se_stages=(3, 5)),
    "26, groups, deep stem": replace(
        SMALL, depth=26, groups=8, base_width=16, stem=(6, 8, 12), shortcut="average", size=75
    ),
    "50, half entry, 3x3 shortcuts": replace(
        SMALL, depth=50, groups=4, base_width=16, half_entry=True, shortcut="3x3", size=50
    ),
    "18, deep stem, 3x3 shortcuts": replace(SMALL, stem=(6, 8, 12), shortcut="3x3"),
    "26, before the branch": replace(SMALL, depth=26, place="pre", stride_in="1x1", size=75),
    "18, after the sum": replace(SMALL, place="post"),
    "26, on the shortcut": replace(SMALL, depth=26, place="identity", se_stages=(2, 4)),
    "26, after the 3x3": replace(SMALL, depth=26, place="3x3", se_bias=True),
    "18, one weight a channel": replace(SMALL, excitation="diagonal"),
    "18, one full matrix": replace(SMALL, excitation="full", se_bias=True),
    "18, no weights": replace(SMALL, excitation="direct"),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_the_closed_form_is_what_a_built_network_holds(name):
    config = CONFIGS[name]
    model, found = build(config), cost(config, config.size)
    assert trainable(model) == found.weights + sum(found.added)
    assert multiply_adds(model) == found.operations
    assert added_multiply_adds(model) == found.added_operations
    assert put_out(model, "SE_") == found.se.activations
    assert put_out(model) == found.plain.activations


def test_se_resnet_50_as_built_has_the_weights_and_operations_of_the_closed_form():
    config = SEResNet(depth=50)
    model, found = build(config), cost(config)
    assert trainable(model) == found.weights + sum(found.added) == 28_071_976
    assert multiply_adds(model) == found.operations


@pytest.mark.parametrize(
    ("size", "pool", "sides"),
    [
        (224, "padded", [112, 56, 28, 14, 7]),
        (224, "ceil", [112, 56, 28, 14, 7]),
        (75, "padded", [38, 19, 10, 5, 3]),
        (50, "padded", [25, 13, 7, 4, 2]),
        (50, "ceil", [25, 12, 6, 3, 2]),
    ],
)
def test_feature_maps_are_halved_from_stage_to_stage(size, pool, sides):
    config = SEResNet(stem_pool=pool)
    assert [side_of(stage, config, size) for stage in (1, 2, 3, 4, 5)] == sides


def test_resnet_50_puts_out_as_many_numbers_as_is_published():
    # Radosavovic et al., arXiv 2003.13678: 11.1 M.
    assert cost(SEResNet(depth=50)).plain.activations / 1e6 == pytest.approx(11.1, abs=0.05)


def test_a_plain_resnet_adds_nothing():
    found = cost(SEResNet(depth=50, se_stages=()))
    assert (found.added, found.added_operations, found.added_share) == ((0, 0, 0, 0), 0, 0)


def test_shares_are_of_what_there_was_without_se():
    found = Cost(Load(200, 1000, 50), (Load(1, 2, 5), Load(9, 3, 5)))
    assert (found.added_share, found.added_operations_share) == (0.05, 0.005)
    assert found.se == Load(10, 5, 10)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_the_closed_form_is_what_any_built_network_holds(data):
    def pick(*values):
        return data.draw(st.sampled_from(values))

    depth = pick(18, 26, 34, 50)
    excitation = pick(*EXCITATIONS)
    layers = excitation in BY_LAYERS
    config = SEResNet(
        depth=depth,
        width=pick(1 / 16, 1 / 8),
        classes=pick(1, 3),
        ratio=pick(1, 2, 4, (4, 2, 1, 4)) if excitation == "bottleneck" else 2,
        se_stages=tuple(sorted(data.draw(st.sets(st.sampled_from((2, 3, 4, 5)))))),
        se_bias=layers and pick(False, True),
        stride_in=pick("1x1", "3x3"),
        stem_pool=pick("padded", "ceil"),
        size=pick(32, 45),
        place=pick(*(PLACES if depth in (26, 50) else PLACES[:-1])),
        squeeze=pick("average", "max", "none") if layers else pick("average", "max"),
        excitation=excitation,
        gate=pick(*GATES),
    )
    model, found = build(config), cost(config, config.size)
    assert trainable(model) == found.weights + sum(found.added)
    assert multiply_adds(model) == found.operations
    assert put_out(model) == found.plain.activations


def test_tensorflows_profiler_counts_the_same_but_for_what_it_counts_otherwise():
    """It counts a product and its addition as two, the last pool among the squeezes, and the
    products and sums of batch norms, which the closed form takes as folded, beside."""
    config = replace(SMALL, size=64)
    model, found = build(config), cost(config, 64)
    kinds = profiled(model)
    pixels = (found.added_operations - sum(found.added)) // 2
    twice = kinds["Conv2D"] + kinds["MatMul"]
    assert twice == 2 * (found.operations + sum(found.added))
    assert kinds["Mean"] == pixels + int(np.prod(model.get_layer("pool").input.shape[1:]))
    assert kinds["Mul"] > pixels


def profiled(model: keras.Model) -> dict[str, int]:
    """Floating-point operations of one picture by TensorFlow's own count, by kind of operation."""
    picture = tf.TensorSpec((1, *model.input_shape[1:]), tf.float32)
    run = tf.function(lambda given: model(given, training=False))
    graph = convert_variables_to_constants_v2(run.get_concrete_function(picture)).graph
    with graph.as_default():
        options = tf.compat.v1.profiler.ProfileOptionBuilder.float_operation()
        options["output"] = "none"
        told = tf.compat.v1.profiler.profile(graph, cmd="op", options=options)
    return {child.name: child.float_ops for child in _flattened(told)}


def _flattened(node):
    for child in node.children:
        yield child
        yield from _flattened(child)
