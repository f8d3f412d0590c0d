"""The replication's networks that ship: there by name, what they say they are, and checked."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.experiments import sweep_record
from se_viz.experiments.replication.compare import accuracy_of, read
from se_viz.nets import builtin, replication_family, weights, zoo
from se_viz.probe.check import self_check
from se_viz.probe.probe import Probe
from se_viz.training.replicate.rows import ROWS
from se_viz.ui.sentences.networks.network import in_list

PROVENANCE = replication_family.provenance()
OTHER = {
    "tanh-ones": ("SE block, tanh", (-1, 1)),
    "relu-ones": ("SE block, relu", (0, np.inf)),
    "max": ("SE block, of the maximum", (0, 1)),
}
SOON = ("tanh-ones",)
"""Loaded in every run of the tests; the others take as long, and are asked for."""


def test_they_are_a_group_of_their_own_and_never_the_default():
    names = list(zoo.entries())
    ours = [name for name, entry in zoo.entries().items() if entry.family == "Trained here, small"]
    assert ours == [f"replication-{row}" for row in PROVENANCE]
    assert names[0] == builtin.NAME
    line = in_list(zoo.entries()["replication-tanh-ones"], "", True)
    assert line.startswith(
        "Trained here, small: Small SE-ResNet-50, tanh in place of the sigmoid (10"
    )


def test_all_together_take_less_than_20_mb_and_are_what_was_recorded():
    paths = {row: replication_family.FOLDER / f"{row}.npz" for row in PROVENANCE}
    assert sum(path.stat().st_size for path in paths.values()) <= 20_000_000
    for row, path in paths.items():
        assert weights.fingerprint(path) == PROVENANCE[row]["weights_sha256"]
        assert PROVENANCE[row]["self_check"]["largest_difference"] < 1e-5


def test_half_precision_changes_next_to_nothing():
    """Beside the guesses that were recorded before the weights were rounded."""
    records, truth = read(builtin.REPLICATION), sweep_record.load(builtin.SWEEP).truth
    for row, facts in PROVENANCE.items():
        first = {row: {0: records[row][0]}}
        assert facts["top1"] == pytest.approx(100 * accuracy_of(first, truth, row), abs=0.3)


@pytest.mark.parametrize(
    "row", [row if row in SOON else pytest.param(row, marks=pytest.mark.long) for row in PROVENANCE]
)
def test_each_is_loaded_found_and_checked(row):
    network = zoo.load(f"replication-{row}")
    assert network.preprocessing.size == ROWS[row].size == 80
    assert network.classes == builtin.CLASSES
    assert network.model.count_params() == PROVENANCE[row]["parameters"]
    probe = Probe(network)
    title, ends = OTHER.get(row, ("SE block", (0, 1)))
    assert {(site.title, site.gate_range) for site in probe.sites} == {(title, ends)}
    assert probe.blocks[0].name == "SE_2_1"
    assert {block.ratio for block in probe.blocks} == {ROWS[row].ratio}
    pictures = np.random.default_rng(0).integers(0, 256, (4, 80, 80, 3), np.uint8)
    assert self_check(probe, pictures).passed
