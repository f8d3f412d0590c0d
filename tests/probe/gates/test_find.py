"""SE blocks are found by structure in whatever way they are written; near misses are told apart."""

from __future__ import annotations

import re

import keras
import numpy as np
import pytest
from keras import layers, ops

from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import LAYOUTS, SEResNet
from se_viz.probe.frontends.keras.unroll import unroll
from se_viz.probe.gates.find import find
from tests.probe import near_misses, networks, spellings
from tests.probe.networks import CHANNELS, feature_map, found_in, gate, model_of, multiply, picture


@pytest.mark.parametrize("block", networks.SE_BLOCKS, ids=lambda block: block.__name__)
def test_an_se_block_is_found_however_it_is_written(block):
    found = found_in(model_of(block))
    assert found.rejected == ()
    (site,) = found.sites
    assert (site.block.channels, site.block.ratio) == (CHANNELS, 4)
    assert site.block.name == "SE_1"


def test_a_site_says_where_its_tensors_are():
    model = model_of(networks.dense_fused)
    (site,) = found_in(model).sites
    names = [layer.name for layer in model.layers]
    assert [step.name for step in site.path] == names[3:5]
    assert site.layer == names[6]
    assert site.z == (0, id(model.layers[2].output))
    assert site.s == (0, id(model.layers[4].output))
    assert site.u == (0, id(model.layers[1].output))
    assert site.x == (0, id(model.layers[6].output))


@pytest.mark.parametrize("flatten", [True, False])
def test_channels_first_blocks_are_found(flatten):
    x = picture((CHANNELS, 6, 4))
    z = layers.GlobalAveragePooling2D("channels_first")(x)
    s = layers.Dense(CHANNELS, "sigmoid")(layers.Dense(2, "relu")(z))
    s = layers.Reshape((CHANNELS, 1, 1))(layers.Flatten()(s) if flatten else s)
    (site,) = found_in(keras.Model(x, multiply(x, s))).sites
    assert (site.block.channels, site.block.ratio) == (CHANNELS, 4)


def test_a_gate_without_bottleneck_has_ratio_1():
    def single(u):
        z = layers.GlobalAveragePooling2D(keepdims=True)(u)
        return multiply(u, layers.Dense(CHANNELS, "sigmoid")(z))

    (site,) = found_in(model_of(single)).sites
    assert site.block.ratio == 1


def test_blocks_come_in_order_of_depth_and_a_shared_one_counts_twice():
    x = picture((8, 8, CHANNELS))
    inside = picture((8, 8, CHANNELS))
    shared = keras.Model(inside, networks.dense_fused(inside))
    model = keras.Model(x, shared(networks.conv_fused(shared(x))))
    sites = found_in(model).sites
    assert [site.block.name for site in sites] == ["SE_1", "SE_2", "SE_3"]
    assert sites[0].layer == sites[2].layer != sites[1].layer
    assert len({site.s for site in sites}) == 3


@pytest.mark.parametrize("depth", [18, 50])
def test_the_blocks_of_an_se_resnet_carry_the_papers_names(depth):
    found = found_in(build(SEResNet(depth=depth, width=0.25, classes=3, ratio=4, size=32)))
    expected = [
        f"SE_{stage}_{index}"
        for stage, count in zip((2, 3, 4, 5), LAYOUTS[depth][1], strict=True)
        for index in range(1, count + 1)
    ]
    assert [site.block.name for site in found.sites] == expected
    assert [site.layer for site in found.sites] == [f"{name}_scale" for name in expected]
    assert {site.block.ratio for site in found.sites} == {4}
    assert found.rejected == ()


@pytest.mark.parametrize("size", [None, 16, 33, 65, 97])
def test_names_do_not_depend_on_the_size_of_pictures(size):
    config = SEResNet(depth=18, width=0.25, classes=3, ratio=4, size=size)
    names = [site.block.name for site in found_in(build(config)).sites]
    assert names == [f"SE_{stage}_{index}" for stage in (2, 3, 4, 5) for index in (1, 2)]


def test_a_network_without_products_has_neither_sites_nor_rejections():
    found = found_in(build(SEResNet(depth=18, width=0.25, classes=3, size=32, se_stages=())))
    assert (found.sites, found.rejected) == ((), ())


@pytest.mark.parametrize("block", near_misses.REASONS, ids=lambda block: block.__name__)
def test_a_near_miss_is_rejected_with_the_reason(block):
    found = found_in(model_of(block))
    assert found.sites == ()
    *inner, rejected = found.rejected
    assert len(inner) == (block in near_misses.WITH_INNER)
    unnumbered = re.sub(r"_[0-9]+\b", "", rejected.reason)  # Keras counts what has no name
    assert near_misses.REASONS[block] in unnumbered
    width = CHANNELS // 2 if block is near_misses.gated_linear_unit else CHANNELS
    assert rejected.describe() == f"{rejected.layer}, 8 x 8 x {width}: {rejected.reason}"


def test_a_constant_for_each_channel_is_no_product_of_tensors():
    found = found_in(model_of(lambda u: u * np.arange(CHANNELS, dtype="float32")))
    assert (found.sites, found.rejected) == ((), ())


def test_a_gate_that_enters_as_an_input_comes_from_no_pool():
    x = picture((1, 1, CHANNELS))
    model = keras.Model(x, multiply(layers.UpSampling2D(4)(x), layers.Activation("sigmoid")(x)))
    (rejected,) = found_in(model).rejected
    assert rejected.reason == "the factor does not come from a global average pool"


def test_near_misses_do_not_hide_an_se_block():
    def cbam(u):
        return near_misses.cbam_spatial_gate(networks.dense_fused(u))

    found = found_in(model_of(cbam))
    assert (len(found.sites), len(found.rejected)) == (1, 1)


@pytest.mark.parametrize("block", spellings.EVERY_ONE, ids=lambda block: block.__name__)
def test_an_se_block_is_found_as_other_people_write_it(block):
    found = found_in(model_of(block))
    assert (len(found.sites), found.rejected) == (1, ())
    assert found.sites[0].block.channels == CHANNELS


def test_adaptive_pooling_to_one_pixel_is_a_global_pool():
    """Found, though Keras 3.15 cannot run this layer on TensorFlow."""
    found = found_in(
        model_of(lambda u: multiply(u, near_misses.excited(layers.AdaptiveAveragePooling2D(1)(u))))
    )
    assert (len(found.sites), found.rejected) == (1, ())


def test_results_say_where_they_are_in_nested_networks():
    (site,) = found_in(model_of(spellings.in_a_sequence)).sites
    assert site.layer.startswith("wrapped/block/multiply")
    assert site.describe().startswith(f"SE_1 at {site.layer}, U 8 x 8 x 8: wrapped/block/global")
    assert "(8 to 2, relu) > " in site.describe()
    assert "(* 0.166667)" in site.describe()

    inside = picture((8, 8, CHANNELS))
    miss = keras.Model(inside, layers.Multiply(name="miss")([inside, inside]), name="inner")
    (rejected,) = found_in(model_of(miss)).rejected
    assert rejected.layer == "inner/miss"


def test_without_a_fixed_size_shapes_are_those_of_the_size_asked_for():
    model = build(SEResNet(depth=18, width=0.25, classes=3, ratio=4, size=None))
    graph = unroll(model).graph
    first = find(graph).sites[0]
    assert (first.shape, first.size) == ((None, None, 16), (None, None))
    assert "U ? x ? x 16" in first.describe()
    assert find(graph, 64).sites[0].shape == (16, 16, 16)


def test_pooling_the_whole_map_is_global_at_its_own_size_alone():
    x = picture((None, None, 3))
    u = feature_map(x)
    model = keras.Model(x, multiply(u, near_misses.excited(layers.AveragePooling2D(8)(u))))
    assert find(unroll(model).graph).sites == ()
    assert len(find(unroll(model).graph, 16).sites) == 1


def test_gates_after_one_another_are_one_block_only_if_nothing_else_sees_between():
    def seen_between(u):
        once = multiply(u, gate(u))
        return layers.Add()([multiply(once, gate(u)), once])

    found = found_in(model_of(seen_between))
    assert len(found.sites) == len(found.rejected) == 1
    assert "of another tensor than the one that is scaled" in found.rejected[0].reason


def test_gates_of_what_was_gated_are_blocks_of_their_own():
    def gated_twice(u):
        once = multiply(u, gate(u))
        return multiply(once, gate(once))

    first, second = found_in(model_of(gated_twice)).sites
    assert second.u == first.x


@pytest.mark.parametrize("pool", [layers.GlobalAveragePooling2D(keepdims=True), layers.Identity()])
def test_what_is_no_map_is_not_squeezed(pool):
    model = model_of(lambda u: multiply(pool(u), near_misses.excited(pool(u))))
    assert found_in(model).sites == ()


@pytest.mark.parametrize(
    "squeeze",
    [
        lambda u: ops.mean(ops.mean(u, 3), 2),
        lambda u: ops.sum(u, (2, 3)) / 24,
        lambda u: layers.AveragePooling2D((6, 4), data_format="channels_first")(u)[:, :, 0, 0],
        lambda u: ops.mean(layers.Reshape((CHANNELS, 24))(u), 2),
        lambda u: layers.GlobalAveragePooling1D()(layers.Reshape((24, CHANNELS))(last(u))),
    ],
)
def test_squeezes_of_maps_with_channels_first(squeeze):
    u = picture((CHANNELS, 6, 4))
    s = layers.Reshape((CHANNELS, 1, 1))(near_misses.excited(squeeze(u)))
    for spread in (layers.Identity(), layers.UpSampling2D((6, 4), "channels_first")):
        (site,) = found_in(keras.Model(u, multiply(u, spread(s)))).sites
        assert (site.axis, site.scale) == (1, pytest.approx(1))


def last(u):
    return layers.Permute((2, 3, 1))(u)


def test_a_gate_spread_along_other_axes_is_none():
    u = picture((CHANNELS, CHANNELS, CHANNELS))
    wrong = layers.UpSampling2D(CHANNELS)(layers.Reshape((1, 1, CHANNELS))(turned_gate(u)))
    found = found_in(keras.Model(u, multiply(u, wrong)))
    assert found.sites == ()


def turned_gate(u):
    return near_misses.excited(layers.GlobalAveragePooling2D("channels_first")(u))


def test_a_sum_is_known_at_a_size_that_is_known():
    x = picture((None, None, 3))
    u = feature_map(x)
    model = keras.Model(x, multiply(u, near_misses.excited(ops.sum(u, (1, 2), keepdims=True))))
    (rejected,) = find(unroll(model).graph).rejected
    assert "sums over positions whose number is not known" in rejected.reason
    assert find(unroll(model).graph, 16).sites[0].scale == 64
    mean = keras.Model(x, multiply(u, near_misses.excited(ops.mean(ops.mean(u, 1), 1))))
    assert find(unroll(mean).graph).sites[0].scale == 1


@pytest.mark.parametrize("merge", [lambda s: s, lambda s: s * s])
def test_very_long_ways_are_given_up(merge):
    def long(u):
        s = gate(u)
        for _ in range(120):
            s = merge(ops.sigmoid(s))
        return u * s

    found = found_in(model_of(long))
    assert found.sites == ()
    assert "does not come from a global average pool" in found.rejected[-1].reason


def test_products_of_very_many_are_not_looked_through():
    found = found_in(model_of(lambda u: layers.Multiply()([u, *[gate(u)] * 40])))
    assert [rejected.reason for rejected in found.rejected] == ["a product of 41 factors"]


def test_u_may_lose_channels_to_dropout_in_training():
    def dropped(u):
        return multiply(layers.Dropout(0.5)(u), gate(layers.Identity()(u)))

    assert len(found_in(model_of(dropped)).sites) == 1


@pytest.mark.parametrize(
    ("between", "name"),
    [
        (lambda x: x, "SE_3_1"),
        (layers.Activation("relu"), "SE_3_1"),
        (lambda x: layers.Dropout(0.2)(0.5 * x), "SE_3_1"),
        (lambda x: layers.Conv2D(CHANNELS, 1)(x), "SE_1"),
    ],
)
def test_stages_are_told_by_x_going_into_an_addition(between, name):
    x = picture((32, 32, 3))
    u = layers.Conv2D(CHANNELS, 3, 4, "same")(feature_map(x))
    y = layers.Add()([u, between(networks.dense_fused(u))])
    (site,) = found_in(keras.Model(x, y)).sites
    assert site.block.name == name


def test_a_gate_of_a_single_pixel_is_found_as_well():
    x = picture((1, 1, CHANNELS))
    (site,) = found_in(keras.Model(x, networks.dense_fused(x))).sites
    assert site.block.channels == CHANNELS


def test_looking_for_blocks_does_not_touch_the_network():
    model = model_of(networks.nested_block)
    before = model.get_config(), [np.array(w) for w in model.get_weights()]
    found_in(model)
    assert model.get_config() == before[0]
    for old, new in zip(before[1], model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_efficientnets_blocks_are_found():
    model = keras.applications.EfficientNetV2B0(
        weights=None, input_shape=(32, 32, 3), include_top=False
    )
    found = found_in(model)
    assert (len(found.sites), found.rejected) == (16, ())


def test_the_features_feed_the_block():
    x = picture()
    u = feature_map(x, "features")
    model = keras.Model(x, multiply(u, gate(u)))
    (site,) = found_in(model).sites
    assert site.u == (0, id(model.get_layer("features").output))
