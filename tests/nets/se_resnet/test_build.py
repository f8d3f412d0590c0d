"""SE-ResNets: parameter counts to the digit, shapes, names and variants.

Counts: ResNet-50 has 25,557,032 weights with 1000 classes; SE adds (2 / r) sum N_s C_s^2
(arXiv 1709.01507, equation 5).
"""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf

from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import LAYOUTS, SEResNet

SMALL = SEResNet(depth=18, width=0.25, classes=3, ratio=4, size=64)
SMALL_50 = replace(SMALL, depth=50)


def trainable(model: keras.Model) -> int:
    """Weights without the moving statistics of batch norms."""
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)


def added_by_se(model: keras.Model) -> int:
    se = [layer for layer in model.layers if layer.name.startswith("SE_")]
    return sum(layer.count_params() for layer in se)


def shape_of(model: keras.Model, layer: str) -> tuple:
    return tuple(model.get_layer(layer).output.shape[1:])


@pytest.fixture(scope="module")
def se_resnet_50() -> keras.Model:
    return build(SEResNet(depth=50))


@pytest.fixture(scope="module")
def small() -> keras.Model:
    return build(SMALL)


@pytest.fixture(scope="module")
def small_50() -> keras.Model:
    return build(SMALL_50)


def test_se_resnet_50_has_28_071_976_weights_of_which_se_adds_2_514_944(se_resnet_50):
    assert trainable(se_resnet_50) == 28_071_976
    assert added_by_se(se_resnet_50) == 2_514_944


def test_each_stage_of_se_resnet_50_adds_what_the_formula_says(se_resnet_50):
    added = [
        sum(
            layer.count_params()
            for layer in se_resnet_50.layers
            if layer.name.startswith(f"SE_{stage}_")
        )
        for stage in (2, 3, 4, 5)
    ]
    assert added == [24_576, 131_072, 786_432, 1_572_864]


def test_se_resnet_50_has_16_blocks_and_15_104_gates(se_resnet_50):
    gates = [layer for layer in se_resnet_50.layers if layer.name.endswith("_gate")]
    assert len(gates) == 16
    assert sum(layer.output.shape[-1] for layer in gates) == 15_104


def test_the_plain_resnet_50_has_25_557_032_weights():
    plain = build(SEResNet(depth=50, se_stages=()))
    assert trainable(plain) == 25_557_032
    assert plain.name == "resnet_50"
    assert added_by_se(plain) == 0


def test_biases_add_16_048_weights():
    assert trainable(build(SEResNet(depth=50, se_bias=True))) == 28_088_024


@pytest.mark.parametrize(("depth", "added"), [(101, 4_743_168), (152, 6_578_176)])
def test_deeper_networks_gain_what_the_formula_says(depth, added):
    # An eighth of the width has 1/64 of the SE weights: C^2 counts.
    network = build(SEResNet(depth=depth, width=1 / 8, size=32, classes=2))
    assert added_by_se(network) * 64 == added
    assert network.name == f"se_resnet_{depth}"


def test_feature_maps_of_se_resnet_50_are_the_papers(se_resnet_50):
    sides, channels = (56, 28, 14, 7), (256, 512, 1024, 2048)
    for stage, (side, width) in enumerate(zip(sides, channels, strict=True), 2):
        assert shape_of(se_resnet_50, f"SE_{stage}_1_scale") == (side, side, width)
    assert se_resnet_50.input_shape == (None, 224, 224, 3)
    assert se_resnet_50.output_shape == (None, 1000)


@pytest.mark.parametrize("depth", [18, 34])
def test_basic_networks_have_two_convolutions_a_block(depth):
    network = build(replace(SMALL, depth=depth))
    counts = LAYOUTS[depth][1]
    for stage, count in zip((2, 3, 4, 5), counts, strict=True):
        names = [x.name for x in network.layers if x.name.startswith(f"block_{stage}_")]
        assert sum(name.endswith("_add") for name in names) == count
        assert sum("conv" in name and "_" not in name[10:] for name in names) == 2 * count


def test_every_block_has_its_se_block_before_the_addition(small_50):
    for stage, count in zip((2, 3, 4, 5), LAYOUTS[50][1], strict=True):
        for index in range(1, count + 1):
            scale = small_50.get_layer(f"SE_{stage}_{index}_scale").output
            u = small_50.get_layer(f"block_{stage}_{index}_conv3_bn").output
            addition = small_50.get_layer(f"block_{stage}_{index}_add")
            assert any(tensor is scale for tensor in addition.input)
            assert any(u is x for x in small_50.get_layer(f"SE_{stage}_{index}_scale").input)


def test_the_first_block_of_a_stage_changes_the_shortcut_and_no_other_does(small, small_50):
    def shortcuts(network):
        return [x.name for x in network.layers if x.name.endswith("_shortcut")]

    assert shortcuts(small) == [f"block_{stage}_1_shortcut" for stage in (3, 4, 5)]
    assert shortcuts(small_50) == [f"block_{stage}_1_shortcut" for stage in (2, 3, 4, 5)]


def test_se_stages_say_where_se_stands():
    network = build(replace(SMALL, se_stages=(3, 5)))
    found = [x.name for x in network.layers if x.name.endswith("_scale")]
    assert found == ["SE_3_1_scale", "SE_3_2_scale", "SE_5_1_scale", "SE_5_2_scale"]


def test_a_bottleneck_halves_the_resolution_where_it_is_told_to(small_50):
    early = build(replace(SMALL_50, stride_in="1x1"))
    strides = [
        [network.get_layer(f"block_3_1_conv{i}").strides for i in (1, 2, 3)]
        for network in (small_50, early)
    ]
    assert strides == [[(1, 1), (2, 2), (1, 1)], [(2, 2), (1, 1), (1, 1)]]
    assert shape_of(small_50, "block_3_1_conv1") == (16, 16, 32)
    assert shape_of(early, "block_3_1_conv1") == (8, 8, 32)
    assert trainable(early) == trainable(small_50)


@pytest.fixture(scope="module", params=["padded", "ceil"])
def stem(request) -> tuple[str, keras.Model]:
    """(variant, the layers from the picture to the first block)."""
    network = build(replace(SMALL.flexible(), stem_pool=request.param))
    return request.param, keras.Model(network.input, network.get_layer("stem_pool").output)


@pytest.mark.parametrize("size", [32, 50, 64, 75])
def test_the_stem_quarters_the_resolution(stem, size):
    variant, layers = stem
    half = -(-size // 2)
    # PyTorch's rule, padded by 1 or in ceil mode; they differ where the half is odd.
    side = (half - 1) // 2 + 1 if variant == "padded" else -((3 - half) // 2) + 1
    assert layers(np.zeros((1, size, size, 3), "float32")).shape == (1, side, side, 16)


def test_the_stems_pool_other_windows(stem):
    # A rising ramp: the padded pool ends its first window at pixel 1, the other at pixel 2.
    ramp = np.arange(8, dtype="float32")[None, None, :, None] * np.ones((1, 8, 1, 16), "float32")
    variant, layers = stem
    tail = keras.Model(layers.get_layer("stem_relu").output, layers.output)
    expected = {"padded": [1, 3, 5, 7], "ceil": [2, 4, 6, 7]}
    assert tail(ramp).numpy()[0, 0, :, 0].tolist() == expected[variant]


def test_strided_kernels_see_the_same_margin_on_both_sides(small):
    """A picture and its mirror image give mirrored features where kernels are symmetric."""
    stem = small.get_layer("stem")
    rng = np.random.default_rng(0)
    kernel = rng.normal(size=stem.kernel.shape).astype("float32")
    stem.kernel.assign((kernel + kernel[:, ::-1]) / 2)
    head = keras.Model(small.input, stem.output)
    picture = rng.normal(size=(1, 63, 63, 3)).astype("float32")
    padded = np.pad(picture, [(0, 0), (0, 1), (0, 1), (0, 0)])
    mirrored = np.pad(picture[:, :, ::-1], [(0, 0), (0, 1), (0, 1), (0, 0)])
    a, b = head(padded).numpy(), head(mirrored).numpy()
    np.testing.assert_allclose(a, b[:, :, ::-1], atol=1e-4)


@pytest.mark.parametrize(("width", "channels"), [(1, 64), (0.5, 32), (0.25, 16), (1.5, 96)])
def test_width_scales_every_stage(width, channels):
    config = SEResNet(width=width)
    assert [config.channels(stage) for stage in (2, 3, 4, 5)] == [
        channels * factor for factor in (1, 2, 4, 8)
    ]


def test_a_flexible_network_takes_any_size_and_computes_the_same(small):
    flexible = build(SMALL.flexible())
    flexible.set_weights(small.get_weights())
    picture = np.random.default_rng(0).normal(size=(1, 64, 64, 3)).astype("float32")
    np.testing.assert_allclose(flexible(picture), small(picture), atol=1e-5)
    assert flexible(picture[:, :40, :50]).shape == (1, 3)


def test_a_deep_stem_is_three_small_convolutions():
    network = build(replace(SMALL, stem=(6, 8, 12)))
    shapes = [shape_of(network, f"stem_conv{number}") for number in (1, 2, 3)]
    assert shapes == [(32, 32, 6), (32, 32, 8), (32, 32, 12)]
    assert shape_of(network, "stem_pool") == (16, 16, 12)
    # 12 channels are not the 16 of stage 2, so that its first block changes the shortcut.
    assert network.get_layer("block_2_1_shortcut").kernel.shape == (1, 1, 12, 16)


def test_a_shortcut_halves_the_resolution_as_it_is_told_to():
    for shortcut, kernel, stride in [("1x1", 1, 2), ("3x3", 3, 2), ("average", 1, 1)]:
        network = build(replace(SMALL_50, shortcut=shortcut))
        first, second = (network.get_layer(f"block_{stage}_1_shortcut") for stage in (2, 3))
        assert (first.kernel_size, first.strides) == ((1, 1), (1, 1))
        assert (second.kernel_size, second.strides) == ((kernel, kernel), (stride, stride))
        assert second.output.shape[1:3] == (8, 8)
        pools = [x.name for x in network.layers if isinstance(x, keras.layers.AveragePooling2D)]
        halved = [f"block_{stage}_1_shortcut_pool" for stage in (3, 4, 5)]
        assert pools == (halved if shortcut == "average" else [])


def test_an_average_pool_at_the_margin_counts_what_is_there():
    network = build(replace(SMALL_50.flexible(), shortcut="average"))
    pool = network.get_layer("block_3_1_shortcut_pool")
    rows = np.array([[1, 3, 5]], "float32")[..., None, None] * np.ones((1, 1, 1, 64), "float32")
    assert pool(rows).numpy()[0, :, 0, 0].tolist() == [2, 5]


def test_groups_see_their_own_channels_alone():
    network = build(replace(SMALL_50, groups=4, base_width=16))
    layer = network.get_layer("block_2_1_conv2")
    assert layer.kernel.shape == (3, 3, 4, 16)
    u = np.random.default_rng(0).normal(size=(1, 5, 5, 16)).astype("float32")
    changed = u.copy()
    changed[..., 4:8] += 1
    differs = (layer(u).numpy() != layer(changed).numpy()).any((0, 1, 2))
    assert differs.tolist() == [False] * 4 + [True] * 4 + [False] * 8


def test_group_convolution_is_keras_own_in_and_out_of_a_function():
    network = build(replace(SMALL_50, groups=4, base_width=16))
    layer = network.get_layer("block_3_1_conv2")
    plain = keras.layers.Conv2D(32, 3, 2, groups=4, use_bias=False)
    u = np.random.default_rng(0).normal(size=(2, 7, 7, 32)).astype("float32")
    plain.build(u.shape)
    plain.kernel.assign(layer.kernel)
    expected = plain(u).numpy()
    np.testing.assert_allclose(layer(u), expected, atol=1e-5)
    np.testing.assert_allclose(tf.function(layer)(u), expected, atol=1e-5)


def test_half_the_entry_halves_the_first_convolution_alone():
    network = build(replace(SMALL_50, half_entry=True))
    widths = [shape_of(network, f"block_2_1_conv{number}")[-1] for number in (1, 2, 3)]
    assert widths == [8, 16, 64]


def test_a_relu_may_stand_before_se():
    for cut, before in [(False, "block_2_1_conv2_bn"), (True, "block_2_1_relu2")]:
        network = build(replace(SMALL, relu_before_se=cut))
        u = network.get_layer(before).output
        assert any(u is x for x in network.get_layer("SE_2_1_scale").input)


def test_zero_last_gamma_starts_residual_branches_at_zero():
    network = build(replace(SMALL_50, zero_last_gamma=True))
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            last = layer.name.endswith("conv3_bn")
            assert last != layer.gamma.numpy().any()


def test_logits_are_not_squashed(small):
    assert small.get_layer("logits").activation is keras.activations.linear


@pytest.mark.parametrize(
    ("choice", "complaint"),
    [
        ({"depth": 20}, "No SE-ResNet-20"),
        ({"se_stages": (1, 2)}, "Stages are 2 to 5"),
        ({"stride_in": "7x7"}, "7x7"),
        ({"stem_pool": "none"}, "none"),
        ({"shortcut": "2x2"}, "2x2"),
        ({"depth": 18, "groups": 32}, "no bottlenecks"),
        ({"depth": 34, "half_entry": True}, "no bottlenecks"),
        ({"groups": 0}, "a group"),
        ({"classes": 0}, "a class"),
        ({"width": 0}, "width above 0"),
    ],
)
def test_what_does_not_exist_is_refused(choice, complaint):
    with pytest.raises(ValueError, match=complaint):
        SEResNet(**choice)


def test_a_ratio_that_does_not_fit_is_refused_when_building():
    with pytest.raises(ValueError, match="does not divide 16 channels"):
        build(replace(SMALL, ratio=5))


@pytest.mark.parametrize(
    ("changes", "added", "power"),
    [
        ({"place": "pre"}, 1_991_168, 2),
        ({"place": "post"}, 2_514_944, 2),
        ({"place": "identity"}, 2_514_944, 2),
        ({"place": "3x3"}, 157_184, 2),
        ({"excitation": "constant"}, 15_104, 1),
        ({"excitation": "diagonal"}, 15_104, 1),
        ({"excitation": "direct"}, 0, 1),
        ({"gate": "relu", "squeeze": "max"}, 2_514_944, 2),
    ],
    ids=str,
)
def test_places_and_rungs_add_the_weights_of_their_closed_form(changes, added, power):
    # A quarter of the width has a quarter of the weights, or a sixteenth where C^2 counts.
    model = build(SEResNet(depth=50, width=1 / 4, size=None, classes=2, **changes))
    own = [w for w in model.trainable_weights if w.path.startswith("SE_")]
    assert sum(int(np.prod(w.shape)) for w in own) * 4**power == added
    assert len([layer for layer in model.layers if layer.name.endswith("_scale")]) == 16


def test_nonsense_is_refused_where_options_are_read():
    with pytest.raises(ValueError, match="There is no gate 'step'"):
        SEResNet(gate="step")
    with pytest.raises(ValueError, match="no bottlenecks with one 3x3"):
        SEResNet(depth=18, place="3x3")
