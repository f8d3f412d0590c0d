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
from se_viz.nets.described import BUILDERS, is_made, layout_of, text_of
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
    assert {kind for kind, _ in named} == set(BUILDERS)
    for kind, layout in named:
        assert cost(layout_of(layout, BUILDERS[kind])).added


def test_names_without_a_layout_are_the_usual_networks():
    assert is_made("se_resnet")
    assert not is_made("se_resnet50")
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
    said = {weights.LAYOUT: text_of(layout)}
    weights.write(build(layout), tmp_path / "weights.safetensors", metadata=said)
    network = open_file(tmp_path / "weights.safetensors")
    assert network.preprocessing.size == 32
    site = Probe(network).sites[0]
    assert site.largest == (row == "max")
    assert ("tanh" in site.title) == (row == "tanh")


SPELLINGS = {
    "ratio=16-16-16-16": "ratio=16",
    "ratio=4-8-4-4,se_stages=3": "ratio=8,se_stages=3",
    "se_stages=5-3-3": "se_stages=3-5",
    "gate= TanH": "gate=tanh",
    "ratio=4.0": "ratio=4",
    "se_bias=YES": "se_bias=1",
}


@pytest.mark.parametrize(("one", "other"), SPELLINGS.items())
def test_two_spellings_are_one_network(one, other):
    first, second = (layout_of(text, SEResNet()) for text in (one, other))
    assert first == second
    assert text_of(first) == text_of(second)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("se_resnet:depth=18,depth=50", "has one depth, and this one says it twice"),
        ("se_resnet:classes=10.5", "classes cannot be '10.5'"),
        ("se_resnet:size=64.5", "size cannot be '64.5'"),
        ("se_resnet:depth=18.0", "depth cannot be '18.0'"),
        (f"se_resnet:classes={'9' * 4000}", "classes cannot be 999"),
        (f"se_resnet:gate={'x' * 100_000}", "There is no gate 'xxx"),
        ("se_resnet:stem=32", "3 convolutions, not 1"),
        ("se_resnet:stem=8-8-8-8", "3 convolutions, not 4"),
        ("se_resnet:width=0.001", "leaves stage 2 without channels"),
        ("se_resnet:base_width=1,width=0.25", "leaves stage 2 without channels"),
        ("se_resnet:groups=7,base_width=1,half_entry=yes", "7 groups do not divide the 3 channels"),
        ("se_resnet:stem_pool=ceil,size=2", "at least 3 px"),
        ("se_inception:ratio=4-8", "r of an SE-Inception is one number"),
        ("se_inception:ratio=none", "r of an SE-Inception is one number"),
        ("se_inception:size=74", "at least 75 px"),
        ("se_resnet:se_stages=none,gate=tanh", "gate has no use without SE blocks"),
        ("se_inception:se=no,ratio=8", "ratio has no use without SE blocks"),
        ("se_resnet:excitation=full,ratio=8", "ratio has no use with 'full'"),
        ("se_resnet:depth=18,stride_in=1x1", "stride_in has no use in a network without"),
        ("se_resnet:width=1/4", "width cannot be '1/4'"),
        ("x" * 3000, r"^There is no network 'x{1,80}"),
    ],
)
def test_what_cannot_be_or_has_no_use_is_one_short_sentence(name, reason):
    """Before Keras is asked."""
    with pytest.raises(ValueError, match=reason) as caught:
        se_viz.load(name)
    said = str(caught.value)
    assert "\n" not in said
    assert len(said) < 1500


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("classes=1000000", r"^The layout describes a network of 2,0\d\d,\d{3},\d{3} weights; 250"),
        ("depth=18,size=100000", "^The layout describes .* a feature map of"),
        ("depth=18,ratio=0.0001", "^The layout describes a network of"),
    ],
)
def test_what_is_too_large_is_refused_before_a_weight_is_made(monkeypatch, text, reason):
    monkeypatch.setattr("se_viz.nets.se_resnet.random_weights.draw", None)
    with pytest.raises(ValueError, match=reason):
        zoo.load(f"SE_ResNet :{text}")
