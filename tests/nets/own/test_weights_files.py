"""Weights for our own builders: what their names and shapes tell, and what a person adds."""

from __future__ import annotations

from dataclasses import replace

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save

from se_viz.nets import builtin, weights
from se_viz.nets.described import layout_of, text_of
from se_viz.nets.own import FileLimits, Options, open_file
from se_viz.nets.pixel_options import PixelOptions
from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.inferred import infer
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures import Preprocessing
from tests.nets.own import files

SMALL = SEResNet(depth=18, width=0.25, classes=3, ratio=4, size=32)
TEXT = "depth=18,width=0.25,classes=3,ratio=4"
OPTIONS = Options(wanted=PixelOptions(size=32))
PICTURES = np.random.default_rng(0).normal(size=(2, 32, 32, 3)).astype("float32")


@pytest.fixture(scope="module")
def model():
    return build(SMALL)


@pytest.fixture(scope="module")
def tensors(model):
    return {name: v.numpy() for name, v in weights.variables(model).items()}


def shapes_of(layout: SEResNet) -> dict[str, tuple[int, ...]]:
    return {name: tuple(v.shape) for name, v in weights.variables(build(layout)).items()}


def test_safetensors_tell_their_layout_themselves(model, tensors):
    network = open_file(save(tensors), "mine.safetensors", OPTIONS)
    np.testing.assert_array_equal(network.model(PICTURES), model(PICTURES))
    assert network.preprocessing == Preprocessing(32)
    assert network.classes == ("class 1", "class 2", "class 3")


def test_h5_takes_its_layout_from_the_person(model):
    options = replace(OPTIONS, layout=TEXT)
    network = open_file(files.saved(model, ".weights.h5"), "mine.weights.h5", options)
    np.testing.assert_array_equal(network.model(PICTURES), model(PICTURES))


def test_the_built_in_weights_can_be_opened_as_a_file():
    network = open_file(builtin.WEIGHTS, options=Options(builtin.CLASSES, PixelOptions(size=160)))
    assert network.model.count_params() == builtin.load().count_params()
    assert network.fingerprint == weights.fingerprint(builtin.WEIGHTS)
    assert network.preprocessing == builtin.PREPROCESSING


def test_what_leaves_no_trace_is_an_option(tensors):
    options = Options(layout="stem_pool=ceil,size=48")
    network = open_file(save(tensors), "mine.safetensors", options)
    assert network.preprocessing.size == 48
    assert network.model.get_layer("stem_pool_pad").padding == ((0, 1), (0, 1))


def test_a_size_that_is_said_twice_has_to_be_the_same(tensors):
    same = replace(OPTIONS, layout="size=32")
    assert open_file(save(tensors), "mine.safetensors", same).preprocessing.size == 32
    with pytest.raises(ValueError, match=r"^mine\.safetensors takes pictures of 48 x 48 pixels"):
        open_file(save(tensors), "mine.safetensors", replace(OPTIONS, layout="size=48"))


def test_half_precision_becomes_float32(tensors):
    halved = {name: tensor.astype("float16") for name, tensor in tensors.items()}
    assert open_file(save(halved), "mine.safetensors", OPTIONS).model.dtype == "float32"


@pytest.mark.parametrize(
    "layout",
    [
        SMALL,
        SEResNet(depth=34, width=0.5, classes=7, ratio=8, se_bias=True),
        SEResNet(depth=50, width=0.125, classes=2, ratio=2, se_stages=(3, 5)),
        SEResNet(depth=101, width=0.125, classes=2, se_stages=()),
        SEResNet(depth=26, width=0.5, classes=2, groups=8, base_width=8, stem=(8, 8, 16)),
        SEResNet(depth=26, width=0.5, classes=2, groups=4, half_entry=True, shortcut="3x3"),
        SEResNet(depth=18, width=0.25, classes=2, ratio=(2, 4, 8, 16)),
        SEResNet(depth=18, width=0.25, classes=2, excitation="full", se_bias=True),
        SEResNet(depth=18, width=0.25, classes=2, excitation="diagonal", se_stages=(2, 5)),
        SEResNet(depth=18, width=0.25, classes=2, excitation="constant"),
    ],
    ids=lambda layout: f"{layout.depth}, {layout.groups} groups",
)
def test_layouts_are_read_from_names_and_shapes(layout):
    assert infer(shapes_of(layout)) == replace(layout, size=224)


def test_a_text_changes_what_it_names_and_nothing_else():
    text = "depth=34, width=0.5 ,classes=10,ratio=8,se_stages=3-5,se_bias=yes,stride_in=1x1"
    assert layout_of(text, SEResNet()) == SEResNet(34, 0.5, 10, 8, (3, 5), True, "1x1")
    assert layout_of("", SMALL) == SMALL
    assert layout_of("se_stages=none", SMALL).se_stages == ()
    assert layout_of("ratio=4-8-16-2", SMALL).ratio == (4, 8, 16, 2)
    assert layout_of("size=none,stem=8-8-16", SMALL).stem == (8, 8, 16)
    assert layout_of("classes=5", SMALL) == replace(SMALL, classes=5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("deepness=50", "no 'deepness'; it has depth, width"),
        ("depth", "depth cannot be ''"),
        ("depth=fifty", "depth cannot be 'fifty'"),
        ("depth=51", "No SE-ResNet-51"),
        ("width=0", "width cannot be 0"),
        ("width=nan", "width cannot be nan"),
        ("classes=1e9", "cannot be '1e9'"),
        ("classes=99999999999", "cannot be 99999999999"),
        ("se_bias=perhaps", "se_bias cannot be 'perhaps'"),
        ("se_stages=6", "Stages are 2 to 5"),
        ("se_stages=-2", "se_stages cannot be '-2'"),
        ("ratio=4-8", "r is one number, or four for stages 2 to 5, not 2"),
        ("ratio=4-nan-1-1", "ratio cannot be '4-nan-1-1'"),
        ("ratio=none", "four for stages 2 to 5, not 0"),
        ("ratio=4-4-4-4,excitation=full", "no bottleneck to have an r with 'full'"),
        ("excitation=direct,se_bias=yes", "no dense layer to have biases with 'direct'"),
        ("excitation=constant,squeeze=none", "made by dense layers .*, not by 'constant'"),
        ("gate=swish", "no gate 'swish': sigmoid, tanh, relu, softmax"),
        ("place=3x3,depth=18", "no bottlenecks with one 3x3"),
        ("stride_in=5x5", "Unknown variant"),
    ],
)
def test_a_text_that_is_no_layout_is_refused(text, reason):
    with pytest.raises(ValueError, match=reason):
        layout_of(text, SEResNet())
    with pytest.raises(ValueError, match=rf"^mine\.weights\.h5 cannot be opened so: .*{reason}"):
        open_file(b"", "mine.weights.h5", Options(layout=text))


@pytest.mark.parametrize(
    "layout",
    [
        SEResNet(),
        SMALL,
        SEResNet(26, 0.263, 10, (2, 4, 8, 16), (3, 5), True, "1x1", "ceil", None, True, (8, 8, 16)),
        SEResNet(place="pre", squeeze="max", excitation="full", gate="softmax", se_stages=()),
        SEInception(width=1 / 3, gate="relu", se=False),
    ],
)
def test_a_layout_is_told_in_words_and_read_again(layout):
    assert layout_of(text_of(layout), type(layout)()) == layout


@given(st.text(max_size=30))
def test_any_text_is_a_layout_or_a_sentence(text):
    try:
        assert isinstance(layout_of(text, SEResNet()), SEResNet)
    except ValueError as error:
        assert str(error).endswith(".")  # noqa: PT017


def test_other_weights_are_refused(tensors):
    missing = {name: tensor for name, tensor in tensors.items() if name != "stem/kernel"}
    extra = tensors | {"extra": np.zeros(3, "float32")}
    for wrong, reason in (
        ({"x": np.zeros(3, "float32")}, "no weights of an SE-ResNet of SE-Viz"),
        (missing, "an SE-ResNet of its layout has .*, so some lack"),
        (extra, "do not belong in this network: extra"),
        (tensors | {"stem/kernel": np.zeros((7, 7, 3, 16, 1), "float32")}, "have other shapes"),
    ):
        with pytest.raises(ValueError, match=rf"^mine\.safetensors .*({reason})"):
            open_file(save(wrong), "mine.safetensors", OPTIONS)


def test_shapes_that_ask_for_more_than_the_file_holds(tensors):
    """A first layer of a thousand times the width would ask for a million times the weights."""
    tensors = tensors | {"block_2_1_conv1/kernel": np.zeros((1, 1, 1, 16_000), "float32")}
    with pytest.raises(ValueError, match="weights; 250,000,000 are allowed"):
        open_file(save(tensors), "mine.safetensors", OPTIONS)


def test_h5_of_another_layout_is_refused(model):
    data = files.saved(model, ".weights.h5")
    for text, reason in (
        ("depth=18,width=0.125,classes=3,ratio=4", "do not fit the layout depth=18"),
        (
            "depth=50,width=0.25,classes=3,ratio=4",
            "does not say of which network; our se_resnet_50",
        ),
        ("", r"layout has 28,\d+,\d+\. Say with a layout .* or save another network whole"),
    ):
        with pytest.raises(ValueError, match=rf"^mine\.weights\.h5 .*{reason}"):
            open_file(data, "mine.weights.h5", replace(OPTIONS, layout=text))


def test_a_whole_network_under_the_name_of_weights_is_told_so():
    data = files.saved(files.functional(), ".h5")
    with pytest.raises(ValueError, match=r"a whole network, not weights alone: call it \.h5"):
        open_file(data, "mine.weights.h5", OPTIONS)


def test_h5_is_looked_through_like_that_of_a_whole_network(model, tmp_path):
    def change(file):
        file["x"] = h5py.ExternalLink(str(tmp_path / "secret.h5"), "/")

    data = files.changed_h5(files.saved(model, ".weights.h5"), change)
    with pytest.raises(ValueError, match="point elsewhere"):
        open_file(data, "mine.weights.h5", replace(OPTIONS, layout=TEXT))


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_weights_that_are_no_numbers_are_refused(tensors, number):
    spoilt = tensors | {"logits/bias": np.full(3, number, "float32")}
    with pytest.raises(ValueError, match=r"not finite numbers, in logits/bias\.$"):
        open_file(save(spoilt), "mine.safetensors", OPTIONS)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (FileLimits(file_bytes=1000), "1000 bytes are allowed"),
        (FileLimits(parameters=1000), "; 1,000 are allowed"),
    ],
)
def test_limits_hold(tensors, limits, reason):
    with pytest.raises(ValueError, match=reason):
        open_file(save(tensors), "mine.safetensors", replace(OPTIONS, limits=limits))


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_damage_anywhere_gives_a_network_or_one_sentence(tensors, data):
    content = bytearray(save(tensors))
    header = 8 + int.from_bytes(content[:8], "little")
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, header - 1))] = data.draw(st.integers(0, 255))
    try:
        open_file(bytes(content), "mine.safetensors", OPTIONS)
    except ValueError as error:
        assert str(error).startswith("mine.safetensors ")  # noqa: PT017
