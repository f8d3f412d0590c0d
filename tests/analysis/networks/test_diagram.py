"""A module as boxes and arrows, read from the graph of a built network."""

from __future__ import annotations

from dataclasses import replace

import pytest

from se_viz.analysis.networks.diagram import (
    plain_of,
    read_module,
    step_table,
    steps_of,
)
from se_viz.nets.made import build
from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.layout import SEResNet

SMALL = SEResNet(depth=50, width=0.25, size=64)
INCEPTION = SEInception("v3", width=1 / 16, ratio=2, size=75)


def told(steps) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(step.title, step.shape, step.parents) for step in steps]


def test_the_block_stands_before_the_sum_and_every_shape_is_told():
    assert told(steps_of(SMALL)) == [
        ("X in", "8 x 8 x 128", ()),
        ("1 x 1 convolution, BN, ReLU", "8 x 8 x 32", (0,)),
        ("3 x 3 convolution, BN, ReLU", "8 x 8 x 32", (1,)),
        ("1 x 1 convolution, BN", "8 x 8 x 128", (2,)),
        ("global average", "128", (3,)),
        ("dense, ReLU", "8", (4,)),
        ("dense, sigmoid", "128", (5,)),
        ("scale", "8 x 8 x 128", (3, 6)),
        ("sum, ReLU", "8 x 8 x 128", (0, 7)),
    ]
    plain = told(steps_of(plain_of(SMALL)))
    assert [title for title, _, _ in plain][-2:] == ["1 x 1 convolution, BN", "sum, ReLU"]
    assert not [title for title, _, _ in plain if "dense" in title]


@pytest.mark.parametrize(
    ("place", "scaled", "summed"),
    [
        ("pre", (0, 3), (0, 7)),
        ("post", (4, 7), (0, 3)),
        ("identity", (0, 5), (7, 6)),
        ("3x3", (2, 5), (0, 7)),
    ],
)
def test_each_place_scales_what_it_says(place, scaled, summed):
    steps = steps_of(replace(SMALL, place=place))
    (scale,) = (step for step in steps if step.title == "scale")
    (added,) = (step for step in steps if step.title.startswith("sum"))
    assert scale.parents == scaled
    assert added.parents == summed


def test_gates_of_other_kinds_are_told_as_such():
    titles = [step.title for step in steps_of(replace(SMALL, excitation="constant", squeeze="max"))]
    assert "global maximum" in titles
    assert "one constant a channel, sigmoid" in titles


def test_a_module_of_inception_is_concatenated_and_then_recalibrated():
    model = build(INCEPTION)
    steps = read_module(model, "mixed0")
    (joined,) = (step for step in steps if step.title == "concatenate")
    assert [steps[parent].shape for parent in joined.parents] == [
        *("7 x 7 x 4", "7 x 7 x 4", "7 x 7 x 6", "7 x 7 x 2")
    ]
    assert [step.title for step in steps][-1] == "scale"
    assert [step.kind for step in steps].count("gate") == 3
    forked = [step for step in read_module(model, "mixed9") if step.title == "concatenate"]
    assert [len(step.parents) for step in forked] == [2, 2, 4]
    with pytest.raises(ValueError, match="se_inception_v3 has no module mixed11"):
        read_module(model, "mixed11")


def test_the_table_names_what_goes_in():
    table = step_table(steps_of(SMALL))
    assert table["after"].tolist()[-1] == "0, 7"
    assert list(table["step"]) == list(range(len(table)))
