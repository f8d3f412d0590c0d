"""From a file in timm's names to a network that is ready, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from se_viz.nets import weights
from se_viz.nets.classes import imagenet
from se_viz.nets.timm import PUBLISHED, network_of
from se_viz.nets.timm.names import converted
from se_viz.probe.frontends.keras.unroll import unroll
from se_viz.probe.gates.find import find
from tests.nets.timm import rule

NAME = "legacy_seresnet18"
SHAPES = json.loads(str(np.load(Path(__file__).with_name("goldens") / f"{NAME}.npz")["shapes"]))


@pytest.fixture(scope="module")
def tensors() -> dict[str, np.ndarray]:
    made = rule.tensors(SHAPES)
    return {**made, "layer0.bn1.num_batches_tracked": np.array(7)}


@pytest.fixture
def file(tmp_path):
    def written(tensors: dict[str, np.ndarray]) -> Path:
        save_file(tensors, tmp_path / "model.safetensors")
        return tmp_path / "model.safetensors"

    return written


def test_a_file_becomes_a_network(tensors, file):
    path = file(tensors)
    network = network_of(NAME, path)
    assert (network.name, network.title) == (NAME, "SE-ResNet-18, ImageNet")
    assert network.preprocessing == PUBLISHED[NAME].preprocessing
    assert network.classes == imagenet.CLASSES
    assert network.fingerprint == weights.fingerprint(path)
    assert network.model.input_shape == (None, 224, 224, 3)
    stem = network.model.get_layer("stem").kernel.numpy()
    np.testing.assert_array_equal(stem[2, 3, 1], tensors["layer0.conv1.weight"][:, 1, 2, 3])
    names = [site.block.name for site in find(unroll(network.model).graph).sites]
    assert names == [f"SE_{stage}_{index}" for stage in (2, 3, 4, 5) for index in (1, 2)]


def without(tensors, name):
    return {key: value for key, value in tensors.items() if key != name}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda t: without(t, "last_linear.bias"), "lack logits/bias"),
        (lambda t: without(t, "layer2.0.bn1.running_var"), "lack block_3_1_conv1_bn/moving_var"),
        (lambda t: {**t, "layer9.0.conv1.weight": np.zeros(3)}, "layer9.0.conv1.weight"),
        (lambda t: {**t, "layer1.0.conv1.scale": np.zeros(3)}, "layer1.0.conv1.scale"),
        (
            lambda t: {**t, "last_linear.weight": np.zeros((10, 512), "f4")},
            r"logits/kernel \(512, 10\) instead of \(512, 1000\)",
        ),
        (
            lambda t: {**t, "layer1.0.se_module.fc1.weight": np.zeros((4, 64, 3, 3), "f4")},
            "SE_2_1_reduce/kernel",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_name(tensors, file, change, complaint):
    with pytest.raises(ValueError, match=complaint) as caught:
        network_of(NAME, file(change(tensors)))
    assert NAME in str(caught.value)
    assert "model.safetensors" in str(caught.value)


def test_another_networks_file_is_refused(tensors, file):
    with pytest.raises(ValueError, match="does not fit legacy_seresnet34"):
        network_of("legacy_seresnet34", file(tensors))


def test_axes_by_hand():
    layout = PUBLISHED["seresnext50_32x4d.racm"].layout
    grouped = np.arange(2 * 3 * 3 * 3).reshape(2, 3, 3, 3)  # O, I of a group, H, W
    squeeze = np.arange(6).reshape(2, 3, 1, 1)
    found = converted(
        {
            "layer1.0.conv2.weight": grouped,
            "layer1.0.se.fc1.weight": squeeze,
            "fc.weight": squeeze[:, :, 0, 0],
            "layer1.0.downsample.1.running_mean": np.arange(2),
        },
        layout,
        legacy=False,
    )
    assert found["block_2_1_conv2/kernel"][1, 2, 0, 1] == grouped[1, 0, 1, 2]
    assert found["block_2_1_conv2/kernel"].shape == (3, 3, 3, 2)
    assert found["SE_2_1_reduce/kernel"].tolist() == [[0, 3], [1, 4], [2, 5]]
    assert found["logits/kernel"].tolist() == [[0, 3], [1, 4], [2, 5]]
    assert found["block_2_1_shortcut_bn/moving_mean"].tolist() == [0, 1]


def test_an_average_pool_moves_the_numbers_of_what_follows():
    layout = PUBLISHED["seresnext26d_32x4d.bt"].layout
    kernel, gamma = np.zeros((2, 3, 1, 1)), np.zeros(2)
    theirs = {"layer2.0.downsample.1.weight": kernel, "layer2.0.downsample.2.weight": gamma}
    ours = converted(theirs, layout, legacy=False)
    assert {name: value.shape for name, value in ours.items()} == {
        "block_3_1_shortcut/kernel": (1, 1, 3, 2),
        "block_3_1_shortcut_bn/gamma": (2,),
    }
