"""Every number of a block fits every other, on a network of plain NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.experiments.block_view.inside import telling_channels
from se_viz.experiments.block_view.measure import along, looked_into, mean_moves, picture_view
from se_viz.experiments.block_view.record import BlockRecord, load
from se_viz.experiments.block_view.scenes import chosen_scenes
from se_viz.experiments.block_view.views import MOST
from se_viz.experiments.shifts.one_picture import Given
from se_viz.pictures.shifts import CLEAN, Light
from se_viz.probe.frontends import catalogue as frontends
from se_viz.probe.runtimes import catalogue as runtimes
from tests.probe import toy
from tests.probe.networks import model_inputs

PICTURES = model_inputs(3, toy.SIZE)
LIGHTS = (CLEAN, Light("contrast", 0.4), Light("noise", 0.12))
OTHER = {"SE_1": np.array([0.9, 0.1, 0.3], np.float32)}


@pytest.fixture
def probe(monkeypatch):
    monkeypatch.setattr(frontends, "FRONTENDS", [*frontends.FRONTENDS, toy.FRONTEND])
    monkeypatch.setattr(runtimes, "RUNTIMES", [*runtimes.RUNTIMES, toy.RUNTIME])
    return toy.probe()


@pytest.fixture
def moves(probe):
    return mean_moves(probe, PICTURES, LIGHTS)


@pytest.fixture
def view(probe, moves):
    clean = probe.read(PICTURES[:1]).gates
    given = Given({name: gates[0] for name, gates in clean.items()}, other=OTHER)
    made = picture_view(probe, PICTURES[0], given, ("it", "a", "b"), moves, LIGHTS)
    return looked_into(probe, made, PICTURES[0], ["SE_1"])


def test_gates_follow_from_the_bottleneck(view):
    inside = view.insides["SE_1"]
    sums = np.einsum("lh,nh->ln", inside.hidden, inside.back) + inside.bias
    np.testing.assert_allclose(1 / (1 + np.exp(-sums)), inside.s, atol=1e-6)
    assert inside.functions == ("relu", "sigmoid")


def test_the_bottleneck_follows_from_all_channels(view, probe):
    inside = view.insides["SE_1"]
    z = np.stack([probe.read(light.apply(PICTURES[:1])).squeezes["SE_1"][0] for light in LIGHTS])
    to = np.empty((3, 1))
    to[inside.channels] = inside.to
    np.testing.assert_allclose(np.maximum(z @ to, 0), inside.hidden, atol=1e-5)


def test_maps_have_the_squeeze_as_their_mean(view):
    inside = view.insides["SE_1"]
    means = inside.maps.mean((2, 3)) * inside.limit / MOST
    np.testing.assert_allclose(means, inside.z, atol=0.02 * inside.limit)
    assert inside.size == (toy.SIZE, toy.SIZE)


def test_channels_go_from_the_highest_gate_to_the_lowest(view):
    assert (np.diff(view.insides["SE_1"].s[0]) <= 0).all()


def test_four_of_the_highest_and_four_of_the_lowest_of_those_that_vary():
    rng, s = np.random.default_rng(0), np.linspace(0, 1, 40)
    u = rng.normal(size=(6, 6, 40)) * np.where(np.arange(40) < 20, 1.0, 0.01)
    assert telling_channels(u, s).tolist() == [19, 18, 17, 16, 3, 2, 1, 0]


def test_moves_are_against_the_clean_picture(view, probe):
    gates = [probe.read(light.apply(PICTURES[:1])).gates["SE_1"][0] for light in LIGHTS]
    expected = [np.sqrt(((each - gates[0]) ** 2).mean()) for each in gates]
    np.testing.assert_allclose(view.moves[:, 0], expected, atol=1e-6)
    assert np.isnan(view.common[0]).all()
    assert ((view.common[1:] >= 0) & (view.common[1:] <= 1 + 1e-6)).all()


def test_a_part_of_a_move_goes_the_mean_ones_way():
    move = np.array([1.0, 0.0])
    assert along(move, np.array([2.0, 0.0])) == pytest.approx(1)
    assert along(move, np.array([-1.0, 0.0])) == 0
    assert along(move, np.array([1.0, 1.0])) == pytest.approx(0.5)
    assert np.isnan(along(0 * move, move))


def test_what_one_picture_does_is_all_common(probe):
    alone = mean_moves(probe, PICTURES[:1], LIGHTS)
    assert [alone.shares[light]["SE_1"] for light in LIGHTS[1:]] == pytest.approx([1, 1])
    assert set(alone.moves) == set(LIGHTS[1:])


def test_answers_are_there_for_every_light_and_source_of_gates(view):
    found = view.answers.groupby(["kind", "strength"])["gates"].apply(list)
    assert len(found) == len(LIGHTS)
    assert all(gates == ["adaptive", "held", "other-class"] for gates in found)
    clean = view.answers[view.answers["kind"] == ""].set_index("gates")["of_clean"]
    assert clean["held"] == pytest.approx(clean["adaptive"])


def test_a_record_comes_back_as_it_was(view, moves, probe, tmp_path):
    made = BlockRecord(probe.blocks, (view, view), moves, {"weights_sha256": "f" * 64})
    made.save(tmp_path / "block.npz")
    again = load(tmp_path / "block.npz")
    first, inside, then = again.pictures[0], view.insides["SE_1"], again.pictures[1].insides["SE_1"]
    assert (first.name, first.label, first.other) == ("it", "a", "b")
    assert first.images == view.images
    assert (first.lights, again.blocks, again.record) == (LIGHTS, probe.blocks, made.record)
    np.testing.assert_array_equal(then.maps, inside.maps)
    np.testing.assert_allclose(then.z, inside.z, rtol=1e-3)
    np.testing.assert_allclose(first.strips, view.strips, atol=1e-3)
    assert first.answers.equals(view.answers)
    assert again.mean_moves.shares == moves.shares


def test_scenes_are_chosen_by_name_alone():
    chosen = chosen_scenes()
    assert len(chosen) == len({scene.label for scene in chosen}) == 3
    assert chosen[0].path("noon").exists()
