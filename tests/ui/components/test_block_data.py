"""What the living block is handed, from what ships."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

import numpy as np
import pytest

from se_viz.analysis.networks.ratios import ratio_table
from se_viz.experiments.block_view.record import load
from se_viz.nets import builtin
from se_viz.probe.gates.blocks import Block
from se_viz.ui.components.block import Chosen
from se_viz.ui.components.block.block_data import network_data, picture_data, tables
from tests.shift_record import make_record

BLOCK = "SE_3_3"


@pytest.fixture(scope="module")
def shipped():
    return load(builtin.BLOCK)


@pytest.fixture(scope="module")
def made(shipped):
    view = shipped.pictures[0]
    return picture_data(view, "it", "said", None, shipped.mean_moves, shipped.blocks)


def test_it_is_plain_json_under_a_megabyte(made):
    assert len(json.dumps(made, allow_nan=False)) < 1_000_000


def test_every_row_has_its_numbers_in_every_light(made):
    inside = made["insides"][BLOCK]
    assert len(inside["channels"]) == 8
    assert np.shape(inside["z"]) == np.shape(inside["s"]) == (len(made["lights"]), 8)
    cells = np.prod(inside["shape"]) * 8
    assert {len(base64.b64decode(maps)) for maps in inside["maps"]} == {cells}
    assert inside["adds"]


def test_the_scale_of_gates_is_theirs(shipped, made):
    assert made["span"] == [0, 1]
    view = shipped.pictures[0]
    wide = replace(view, strips=4 * view.strips)
    assert picture_data(wide, "it", "")["span"] == [0, pytest.approx(4 * view.strips.max(), 1e-3)]


def test_a_share_of_many_pictures_stands_beside_only_where_it_was_measured(shipped, made):
    answers = made["lights"][0]["answers"]
    assert [one["gates"] for one in answers] == ["adaptive", "held", "frozen", "other-class"]
    assert {one["accuracy"] for one in answers} == {None}
    view = shipped.pictures[0]
    found = picture_data(view, "it", "", make_record())["lights"][0]["answers"]
    assert found[0]["pictures"] > 0
    assert 0 <= found[0]["accuracy"] <= 1


def test_moves_shared_with_many_pictures_are_known_but_for_the_clean_one(made):
    clean, *moved = made["lights"]
    assert clean["common"] is clean["many"] is None
    assert all(len(light["common"]) == len(light["many"]) == 16 for light in moved)


def test_the_tables_numbers_are_those_of_the_figure(shipped, made):
    table = tables(shipped.pictures[0], BLOCK)
    assert len(table) == 8 * len(made["lights"])
    inside = made["insides"][BLOCK]
    np.testing.assert_allclose(table["gate"], np.ravel(inside["s"]), atol=1e-4)
    np.testing.assert_allclose(table["scaled_mean"], table["squeeze"] * table["gate"])


def test_a_network_of_ours_has_every_r_and_its_cost():
    blocks = (Block("SE_3_3", 3, 3, 256, 16.0),)
    data = network_data("it", blocks, ratio_table(builtin.CONFIG, 160))
    (block,) = data["blocks"]
    assert block["ratios"]["16"] == {"count": 16, "weights": 8192}
    assert data["costs"]["2"]["error"] == 22.29
    assert data["start"] == "SE_3_3"
    assert data["squeeze"] == "mean"
    assert network_data("it", blocks, ratio_table(), largest=True)["squeeze"] == "maximum"


def test_an_r_between_and_blocks_without_stages():
    blocks = tuple(Block(f"SE_{n}", 0, n, 72, 72 / 20) for n in (1, 2))
    data = network_data("it", blocks, ratio_table())
    first = data["blocks"][0]
    assert first["ratio"] == 3.6
    assert first["ratios"]["3.6"] == {"count": 20, "weights": 2880}
    assert first["ratios"]["32"] == {"count": None, "weights": None}
    assert data["costs"]["16"]["share"] is None


def test_a_choice_is_read_from_whatever_comes():
    found = Chosen.of({"block": "SE_1", "channel": "7", "ratio": 8, "light": None})
    assert found == Chosen(block="SE_1", channel=7, ratio=8.0)
    assert Chosen.of({"channel": "<script>", "ratio": -1, "step": "nan"}) == Chosen(step="nan")
