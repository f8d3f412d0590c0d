"""Sweeps whose edits differ from picture to picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.probe import edit
from se_viz.probe.edit import Edit
from se_viz.probe.intervene import intervene, sweep
from se_viz.probe.probe import Probe
from tests.probe import networks
from tests.probe.networks import model_inputs, model_of
from tests.probe.test_intervene import SIZE, SMALL, bypass, off, probe_of, whole


@pytest.fixture(scope="module")
def probe() -> Probe:
    return probe_of(build(SEResNet(**SMALL)))


@pytest.fixture(scope="module")
def tiny() -> Probe:
    """One block of 8 channels."""
    return probe_of(model_of(networks.dense_fused), 16)


def own_gates(probe: Probe, count: int, seed: int, *names: str) -> Edit:
    """Gates at random in some blocks, of each picture its own."""
    rng, places = np.random.default_rng(seed), whole(probe, *names)
    values = {name: rng.uniform(size=(count, len(c))) for name, c in places.items()}
    return edit.fixed(probe.blocks, places, {n: v.astype(np.float32) for n, v in values.items()})


@pytest.mark.parametrize("count", [1, 5])
def test_edits_of_a_sweep_may_differ_from_picture_to_picture(probe, count):
    """Two pictures at a time, and one is left over."""
    blocks, names, pictures = (
        probe.blocks,
        [b.name for b in probe.blocks],
        model_inputs(count, SIZE),
    )
    edits = [
        own_gates(probe, count, 1, names[-1]),
        edit.scaled(blocks, {names[2]: [0]}, 2.0),
        own_gates(probe, count, 2, names[0], names[3]),
        edit.untouched(blocks),
        own_gates(probe, count, 3, *names),
        edit.stack([edit.shuffled(blocks, whole(probe, names[-2]), seed) for seed in range(count)]),
    ]
    found = sweep(probe, pictures, edits)
    assert found.shape == (len(edits) + 1, count, 3)
    assert off(found[0], probe.read(pictures).outputs) < 1e-5
    for one, outputs in zip(edits, found[1:], strict=True):
        assert off(outputs, intervene(probe, pictures, one).outputs) < 1e-5


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_any_edits_in_any_order_give_what_interventions_give(tiny, data):
    count = data.draw(st.integers(1, 11))
    lengths = data.draw(st.lists(st.sampled_from([1, count]), max_size=4))
    edits = [own_gates(tiny, length, seed) for seed, length in enumerate(lengths)]
    found = sweep(tiny, model_inputs(count), edits)
    expected = [tiny.read(model_inputs(count)).outputs]
    expected += [intervene(tiny, model_inputs(count), one).outputs for one in edits]
    assert off(found, np.stack(expected)) < 1e-5


def test_edits_of_one_row_travel_as_one_row_for_all_pictures(probe, monkeypatch):
    """Thousands of gates for each of many pictures are not copied when nothing differs."""
    handed, swept = [], probe.runtime.swept

    def noted(pictures, edits, rows, joins):
        handed.append((len(edits), rows.tolist()))
        return swept(pictures, edits, rows, joins)

    monkeypatch.setattr(probe.runtime, "swept", noted)
    sweep(probe, model_inputs(2, SIZE), edit.stack([bypass(probe), edit.untouched(probe.blocks)]))
    sweep(probe, model_inputs(2, SIZE), [bypass(probe), own_gates(probe, 2, 0)])
    assert handed == [(3, [[0, 0], [1, 1], [2, 2]]), (4, [[0, 0], [1, 1], [2, 3]])]
