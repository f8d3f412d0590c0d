"""`.keras` files of networks that our own builders made, with layers of our own."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from se_viz.nets.own import open_file, open_upload
from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.probe.check import self_check
from se_viz.probe.probe import Probe
from tests.nets.own import files
from tests.probe.networks import model_inputs

SIZE = 32
NAMED = {
    "constant": "a learned constant for each channel, tanh",
    "diagonal": "one weight for each channel, tanh",
}


def made(**settings) -> keras.Model:
    """A small network whose weights are drawn."""
    keras.utils.set_random_seed(1)
    model = build(SEResNet(depth=26, width=1 / 16, classes=3, ratio=4, size=SIZE, **settings))
    for variable in model.trainable_variables:
        if "SE_" in variable.path:
            variable.assign(keras.random.normal(variable.shape))
    return model


@pytest.mark.parametrize("excitation", NAMED)
def test_gates_of_constants_and_of_one_weight_a_channel_come_back(excitation):
    model = made(excitation=excitation, gate="tanh")
    network = open_file(files.saved(model), "mine.keras")
    pictures = np.random.default_rng(0).normal(size=(2, SIZE, SIZE, 3)).astype("f")
    np.testing.assert_array_equal(network.model(pictures), model(pictures))
    probe = Probe(network, batch=2)
    assert {site.title for site in probe.sites} == {NAMED[excitation]}
    assert self_check(probe, model_inputs(2, SIZE)).passed


def test_convolutions_in_groups_come_back():
    model = made(groups=2, base_width=32)
    network = open_file(files.saved(model), "mine.keras")
    pictures = np.random.default_rng(0).normal(size=(2, SIZE, SIZE, 3)).astype("f")
    np.testing.assert_array_equal(network.model(pictures), model(pictures))


@pytest.mark.long
def test_an_upload_with_them_is_opened_in_a_process_of_its_own():
    tried = files.saved(made(excitation="constant"))
    assert open_upload(tried, "mine.keras").name == "mine.keras"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("module", "other.nets.se_block"),
        ("module", "se_viz.nets.se_resnet.build"),
        ("class_name", "Blocks"),
        ("registered_name", "theirs>ChannelWeight"),
    ],
)
def test_no_other_class_is_taken_for_ours(key, value):
    def change(config: dict) -> None:
        for layer in config["config"]["layers"]:
            if layer["class_name"] == "ChannelWeight":
                layer[key] = value

    changed = files.with_config(change, files.saved(made(excitation="diagonal")))
    with pytest.raises(ValueError, match=r"^mine\.keras has a part .* that is not opened"):
        open_file(changed, "mine.keras")


def test_a_layer_of_the_same_name_in_an_older_file_is_not_taken_for_ours():
    """It does not say whose it is."""
    with pytest.raises(ValueError, match="“ChannelWeight”, code of its own"):
        open_file(files.saved(made(excitation="diagonal"), ".h5"), "mine.h5")
