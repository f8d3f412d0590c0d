"""What interventions cost: on one picture, and on every block in turn."""

from __future__ import annotations

import numpy as np

from benchmarks import samples
from benchmarks.passes import pair
from benchmarks.table import Row
from se_viz.nets import zoo
from se_viz.probe import edit
from se_viz.probe.intervene import intervene, sweep
from se_viz.probe.probe import Probe

MOST = 1.1


def one_picture() -> list[Row]:
    """A block bypassed on one picture against the network's own forward pass of it."""
    probe = Probe(zoo.load())
    model_input, bypassed = _model_input(probe), _bypassed(probe, [probe.blocks[-1].name])
    return [
        _times(
            "a block bypassed, one picture",
            "bare forward pass of one",
            *pair(lambda: intervene(probe, model_input, bypassed), lambda: probe.bare(model_input)),
        )
    ]


def sweep_of_all_blocks() -> list[Row]:
    """Each block in turn bypassed on one picture, against a forward pass of as many and one."""
    network = zoo.load()
    count = len(Probe(network).blocks)
    probe = Probe(network, batch=count + 1)
    model_input = _model_input(probe)
    edits = edit.stack(_bypassed(probe, [block.name]) for block in probe.blocks)
    several = np.repeat(model_input, count + 1, axis=0)
    return [
        _times(
            f"sweep of {count} blocks, one picture",
            f"bare forward pass of {count + 1}",
            *pair(lambda: sweep(probe, model_input, edits), lambda: probe.bare(several)),
        )
    ]


def _model_input(probe: Probe) -> np.ndarray:
    return samples.model_inputs(1, probe.network.preprocessing.size)


def _bypassed(probe: Probe, names: list[str]) -> edit.Edit:
    blocks = probe.blocks
    places = {b.name: np.arange(b.channels) for b in blocks if b.name in names}
    return edit.fixed(blocks, places, 1.0)


def _times(what: str, against: str, taken: float, other: float) -> Row:
    ratio = taken / other
    return Row(
        what,
        f"{1000 * taken:.0f} ms",
        f"{against}: {1000 * other:.0f} ms",
        f"{ratio:.2f}",
        f"at most {MOST}",
        ratio <= MOST,
    )
