"""Networks by their layouts, with random weights."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

import se_viz
from se_viz.cli.network import options
from se_viz.complexity import cost
from se_viz.nets import made, weights, zoo
from se_viz.nets.classes import imagenet
from se_viz.nets.described import layout_of
from se_viz.nets.own import open_file
from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.probe.probe import Probe
from se_viz.training.replicate.rows import ROWS

TEXT = "depth=18,width=0.25,classes=3,size=32"


def test_a_name_tells_a_layout():
    network = se_viz.load(f"se_resnet: {TEXT}, ratio=2-4-4-8, gate=tanh, se_stages=2-3-4-5")
    assert network.name == "se_resnet:depth=18,width=0.25,classes=3,ratio=2-4-4-8,size=32,gate=tanh"
    assert network.note == made.RANDOM
    assert network.classes == ("class 1", "class 2", "class 3")
    probe = Probe(network)
    assert [block.ratio for block in probe.blocks] == [2, 2, 4, 4, 4, 4, 8, 8]
    assert {site.title for site in probe.sites} == {"SE block, tanh"}
    assert zoo.load(network.name).fingerprint == network.fingerprint


def test_layouts_that_readme_and_help_name_can_be_had():
    parser = argparse.ArgumentParser()
    options(parser)
    text = Path("README.md").read_text() + re.sub(r"\s+", " ", parser.format_help())
    named = re.findall(r"(se_resnet|se_inception):([a-z]\S*?=[\w.,=-]*\w)", text)
    assert {kind for kind, _ in named} == set(made.BUILDERS)
    for kind, layout in named:
        assert cost(layout_of(layout, made.BUILDERS[kind])).added


def test_names_without_a_layout_are_the_usual_networks():
    assert made.is_made("se_resnet")
    assert not made.is_made("se_resnet50")
    assert made._classes(1000) == imagenet.CLASSES


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("se_resnet:deep=3", "no 'deep'; it has depth"),
        (f"se_resnet:{TEXT},ratio=3", "Ratio 3 does not divide 16 channels"),
        ("se_resnet:size=none", "needs a size"),
        ("se_inception:kind=v9", "no Inception 'v9'"),
    ],
)
def test_a_wrong_layout_is_one_sentence(name, reason):
    with pytest.raises(ValueError, match=reason) as caught:
        se_viz.load(name)
    assert "\n" not in str(caught.value)


def test_weights_per_stage_are_those_of_the_closed_form():
    config = SEResNet(depth=18, width=0.25, classes=3, ratio=(2, 4, 8, 16), size=32, se_bias=True)
    found = cost(config, 32)
    assert found.weights + sum(found.added) == _learned(build(config))
    assert found.added == (2 * (2 * 128 + 24), 2 * (512 + 40), 2 * (1024 + 72), 2 * (2048 + 136))


def test_without_a_squeeze_arithmetic_is_done_at_every_position():
    pooled = cost(SEResNet(depth=18, ratio=4, se_stages=(5,)), 32)
    alone = cost(SEResNet(depth=18, ratio=4, se_stages=(5,), squeeze="none"), 64)
    assert alone.added == pooled.added
    assert alone.added_operations == 4 * sum(alone.added) + 2 * 4 * 512


def _learned(model) -> int:
    return sum(variable.numpy().size for variable in model.trainable_variables)


@pytest.mark.parametrize("row", ["max", "tanh", "static", "diagonal"])
def test_weights_that_say_their_layout_open_by_name(row, tmp_path):
    """As the training's do, whose names and shapes do not tell all."""
    layout = SEResNet(**{**vars(ROWS[row]), "depth": 26, "width": 0.125, "size": 32, "ratio": 4})
    said = {weights.LAYOUT: made.text_of(layout)}
    weights.write(build(layout), tmp_path / "weights.safetensors", metadata=said)
    network = open_file(tmp_path / "weights.safetensors")
    assert network.preprocessing.size == 32
    site = Probe(network).sites[0]
    assert site.largest == (row == "max")
    assert ("tanh" in site.title) == (row == "tanh")
