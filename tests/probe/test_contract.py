"""The contract of finder, probe, self-check and interventions, over very different networks.

Every network is built once, with weights drawn so that gates differ, and every property is asked
of every network. Networks of other libraries come last.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pytest
import tensorflow as tf

from se_viz.probe import edit
from se_viz.probe.check import TOLERANCE, identity, self_check
from se_viz.probe.gates.sites import Site
from se_viz.probe.intervene import intervene, sweep
from se_viz.probe.probe import Probe
from se_viz.probe.runtimes.tensorflow.tensors import excited, squeezed
from tests.probe.cases import CASES, SIZE, Case, draw
from tests.probe.networks import network_of
from tests.scale import ALL

PICTURES = 3


@dataclass(frozen=True, eq=False)
class Asked:
    """A case, its probe, and pictures."""

    case: Case
    probe: Probe
    model_inputs: np.ndarray

    @cached_property
    def seen(self):
        return self.probe.read(self.model_inputs)

    @cached_property
    def probes(self) -> tuple[Probe, ...]:
        """The probe, and of every third case, or of all with `SE_VIZ_ALL`, one of the same network
        that TensorFlow runs."""
        if CASES.index(self.case) % 3 and not ALL:
            return (self.probe,)
        other = Probe(self.probe.network, batch=PICTURES)
        other.runtime = self.probe.runtime.home
        return self.probe, other

    @cached_property
    def tensors(self) -> dict:
        """All tensors of the network, computed without a compiler."""
        return self.probe.runtime.home.program.run(
            self.probe.runtime.home.normalise(tf.constant(self.model_inputs))
        )

    def map(self, slot, site: Site) -> np.ndarray:
        """A feature map as (N, H, W, C)."""
        return np.moveaxis(self.tensors[slot].numpy(), site.axis, 3)

    def gates(self, site: Site) -> np.ndarray:
        return excited(self.tensors, site).numpy()

    def squeezes(self, site: Site) -> np.ndarray:
        return squeezed(self.tensors, site).numpy()


def pictures() -> np.ndarray:
    """Coloured noise, each picture with a colour and a contrast of its own."""
    rng = np.random.default_rng(0)
    colours = rng.uniform(0, 255, (PICTURES, 1, 1, 3))
    noise = rng.normal(size=(PICTURES, SIZE, SIZE, 3)) * rng.uniform(5, 90, (PICTURES, 1, 1, 1))
    return np.clip(colours + noise, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.title)
def asked(request) -> Asked:
    probe = Probe(network_of(request.param.build(), SIZE, classes=4), batch=PICTURES)
    model_inputs = pictures()
    draw(probe.network.model, probe.runtime.home.normalise(tf.constant(model_inputs)))
    return Asked(request.param, probe, model_inputs)


def ancestors(asked: Asked, slot) -> set:
    """All tensors that a tensor depends on."""
    found, waiting = set(), [slot]
    while waiting:
        step = asked.probe.graph.producers.get(waiting.pop())
        new = set(step.inputs) - found if step else set()
        found |= new
        waiting += new
    return found


def test_all_its_blocks_are_found_with_their_channels_and_ratios(asked):
    blocks = {block.name: block for block in asked.probe.blocks}
    assert len(asked.probe.blocks) == asked.case.blocks
    assert len(asked.probe.found.rejected) == asked.case.rejected
    for name, (channels, ratio) in asked.case.known.items():
        assert (blocks[name].channels, blocks[name].ratio) == (channels, ratio)


def test_names_are_unique_and_ordered_by_depth(asked):
    sites = asked.probe.sites
    places = [(site.block.stage, site.block.index) for site in sites]
    assert places == sorted(set(places))
    for number, site in enumerate(sites):
        later = {other.x for other in sites[number:]}
        assert not later & ancestors(asked, site.u)


def test_every_gate_lies_in_its_range_and_differs_between_channels_and_pictures(asked):
    for site in asked.probe.sites:
        block, (low, high) = site.block, site.gate_range
        assert (low < 0) == ("tanh of" in asked.case.title)
        gates = asked.seen.gates[block.name]
        assert gates.shape == asked.seen.squeezes[block.name].shape == (PICTURES, block.channels)
        assert gates.dtype == np.float32
        assert gates.min() >= low
        assert gates.max() <= high
        assert gates.std() > 0.01
        assert gates.std(0).max() > 0.005


def test_x_is_s_times_u(asked):
    for site in asked.probe.sites:
        s = asked.gates(site)[:, None, None]
        expected = s * asked.map(site.u, site)
        np.testing.assert_allclose(asked.map(site.x, site), expected, rtol=1e-6, atol=1e-30)


def test_z_is_the_mean_of_u_or_its_maximum(asked):
    for site in asked.probe.sites:
        u = asked.map(site.u, site)
        z = u.max((1, 2)) if site.largest else u.mean((1, 2), np.float64)
        np.testing.assert_allclose(asked.squeezes(site), z, rtol=1e-4, atol=1e-5)


def test_the_compiled_pass_reads_these_very_tensors(asked):
    """Fused arithmetic rounds otherwise, and weights at random make much of little."""
    every = [
        (probe.read(asked.model_inputs), site) for probe in asked.probes for site in probe.sites
    ]
    for seen, site in every:
        name = site.block.name
        gates, squeezes = seen.gates[name], seen.squeezes[name]
        np.testing.assert_allclose(gates, asked.gates(site), atol=1e-2)
        np.testing.assert_allclose(squeezes, asked.squeezes(site), rtol=1e-2, atol=1e-2)


def test_gates_recomputed_in_numpy_agree(asked):
    for probe in asked.probes:
        check = self_check(probe, asked.model_inputs)
        assert check.passed == bool(asked.case.blocks)
        assert check.unchecked == {}
        assert list(check.differences) == [block.name for block in asked.probe.blocks]
        assert check.largest < TOLERANCE


def test_outputs_with_and_without_the_probe_are_identical_and_the_networks_own(asked):
    bare = asked.probe.bare(asked.model_inputs)
    np.testing.assert_array_equal(asked.seen.outputs, bare)
    given = asked.probe.runtime.home.normalise(tf.constant(asked.model_inputs))
    own = asked.probe.network.model(given, training=False).numpy()
    np.testing.assert_allclose(bare, own, rtol=1e-3, atol=1e-3)


def test_gates_fed_back_give_the_same_to_the_last_bit(asked):
    for probe in asked.probes:
        found = identity(probe, asked.model_inputs)
        assert (found.same, found.largest, found.pictures) == (True, 0, PICTURES)


def test_each_block_can_be_bypassed_and_a_sweep_does_the_same_and_nothing_stays(asked):
    blocks = asked.probe.blocks[:: max(1, len(asked.probe.blocks) // 4)][::-1]
    if not blocks:
        return
    rows = [
        edit.fixed(asked.probe.blocks, {block.name: np.arange(block.channels)}, 1.0)
        for block in blocks
    ]
    outputs: dict[str, np.ndarray] = {}
    for probe in asked.probes:
        before = probe.read(asked.model_inputs)
        swept = sweep(probe, asked.model_inputs, edit.stack(rows))
        for block, row, found in zip(blocks, rows, swept[1:], strict=True):
            seen = intervene(probe, asked.model_inputs, row)
            assert (seen.gates[block.name] == 1).all()
            assert off(seen.outputs, outputs.setdefault(block.name, seen.outputs)) < 1e-2
            assert off(found, seen.outputs) < 1e-2
            assert np.abs(seen.outputs - before.outputs).max() > 1e-6
        assert off(swept[0], before.outputs) < 1e-2
        again = probe.read(asked.model_inputs)
        np.testing.assert_array_equal(again.outputs, before.outputs)
        for name, gates in before.gates.items():
            np.testing.assert_array_equal(again.gates[name], gates)


def off(found: np.ndarray, expected: np.ndarray) -> float:
    """Largest difference, relative to the largest number; weights at random make much of little."""
    return float(np.abs(found - expected).max() / np.abs(expected).max())


def test_each_result_says_where_it_is(asked):
    for site in asked.probe.sites:
        said = site.describe()
        assert said.startswith(f"{site.block.name} at {site.layer}, U ")
        steps = [*site.path, *(step for squeeze in site.squeezes for step in squeeze.steps)]
        assert all(step.path in said for step in steps)
        assert None not in site.size
        assert site.shape[site.axis - 1] == site.block.channels
