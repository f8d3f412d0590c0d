"""The shipped pictures of the block: of the network that ships, small, and true."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.experiments.block_view.inside import block_inside
from se_viz.experiments.block_view.record import load
from se_viz.experiments.block_view.scenes import RULE, chosen_scenes
from se_viz.experiments.block_view.views import LIGHTS
from se_viz.nets import builtin
from se_viz.pictures import load_one
from se_viz.pictures.rendered import NOON
from se_viz.training import __main__ as commands
from se_viz.training.app_assets import block
from se_viz.training.app_assets import commands as assets
from tests.nets.shipped import builtin_probe

BLOCK, MOST = "SE_3_3", 1_500_000


@pytest.fixture(scope="module")
def record():
    return load(builtin.BLOCK)


def test_it_is_of_the_shipped_weights_and_small(record):
    assert record.record["weights_sha256"] == builtin.provenance()["weights_sha256"]
    assert builtin.BLOCK.stat().st_size <= MOST


def test_it_holds_the_scenes_of_the_rule_in_every_light_and_block(record):
    assert record.record["rule"] == RULE
    assert [view.name for view in record.pictures] == [scene.title for scene in chosen_scenes()]
    for view in record.pictures:
        assert view.lights == LIGHTS
        assert list(view.insides) == [block.name for block in record.blocks]
        assert (view.other, len(view.answers)) != ("", 0)


def test_gates_follow_from_its_own_bottleneck_in_every_block(record):
    for view in record.pictures:
        for inside in view.insides.values():
            sums = inside.hidden @ inside.back.T + inside.bias
            np.testing.assert_allclose(1 / (1 + np.exp(-sums)), inside.s, atol=5e-3)


def test_looked_into_again_it_is_the_same(record):
    probe, view = builtin_probe(), record.pictures[0]
    source = chosen_scenes()[0].source(NOON)
    picture = load_one(source, probe.network.preprocessing, thumbnails=False).model_input
    again, before = block_inside(probe, [picture], BLOCK), view.insides[BLOCK]
    np.testing.assert_array_equal(again.channels, before.channels)
    np.testing.assert_allclose(again.s[0], before.s[0], atol=2e-3)
    assert np.abs(again.maps[0].astype(int) - before.maps[0]).max() <= 1


def test_the_command_saves_what_was_looked_into(record, monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "read", lambda data, split: (data, split))
    seen = []
    monkeypatch.setattr(block, "look", lambda val: seen.append(val) or record)
    out = tmp_path / "made.npz"
    assert commands.main(["block", "--data", str(tmp_path), "--out", str(out)]) == 0
    assert seen == [(tmp_path, "val")]
    assert load(out).record == record.record
