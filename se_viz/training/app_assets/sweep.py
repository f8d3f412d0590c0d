"""The sweep that ships: every block in turn bypassed and frozen, on the whole validation set."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz import profiles
from se_viz.analysis.profiles.groups import Group
from se_viz.experiments.plans import sweep_plan
from se_viz.experiments.resume import SweptSoFar, go_on
from se_viz.experiments.sweep_record import Sweep, of_outputs
from se_viz.interventions.base import Replacements
from se_viz.interventions.intervention import edits_of
from se_viz.nets import builtin
from se_viz.probe.probe import Probe
from se_viz.training.data import Split
from se_viz.training.provenance import device, versions

ALIKE = 0.999
"""Share of guesses that must agree: on another processor, sums are rounded in another order."""


def sweep_split(probe: Probe, split: Split, kept: Path | None = None) -> Sweep:
    """Pass a split through the network under `sweep_plan`, frozen at the shipped class profile.

    Args:
        probe: of the built-in network.
        split: its pictures.
        kept: a file to keep outputs in, so that a run that was stopped goes on.
    """
    means = Group(builtin.SPLIT, profiles.load(builtin.PROFILE))
    plan = sweep_plan(probe.blocks)
    edits, so_far = edits_of(plan, Replacements(means)), SweptSoFar.read(kept)
    with tqdm(total=len(split.labels), initial=so_far.done, unit="pic") as bar:
        go_on(probe, split.pictures, edits, so_far, lambda done, _: bar.update(done - bar.n))
    record = {
        "command": "python -m se_viz.training sweep --data DIR",
        "split": builtin.SPLIT,
        "pictures": len(split.labels),
        "names_sha256": names_digest(split),
        "files": split.files,
        "weights_sha256": probe.network.fingerprint,
        "preprocessing": probe.network.preprocessing.as_dict(),
        "frozen_at": f"the mean over classes of the shipped profile ({means.title})",
        "seconds": round(so_far.seconds),
        "device": device(),
        "versions": versions(),
    }
    outputs = so_far.outputs
    return of_outputs(plan, probe.blocks, builtin.OUTPUT, split.labels, outputs, record)


def names_digest(split: Split) -> str:
    """SHA-256 of the pictures' names in order, in hex."""
    return hashlib.sha256("\n".join(split.names).encode()).hexdigest()


def compare(probe: Probe, split: Split, shipped: Sweep, count: int) -> str:
    """Sweep over some pictures of the set once more and say how it agrees with the shipped one.

    Args:
        probe: of the built-in network.
        split: the whole set.
        count: pictures, evenly spaced.

    Raises:
        ValueError: where the pictures or the weights are others, or guesses differ.
    """
    if names_digest(split) != shipped.record["names_sha256"]:
        raise ValueError("These are other pictures than those of the shipped sweep.")
    if probe.network.fingerprint != shipped.record["weights_sha256"]:
        raise ValueError("The shipped sweep is of other weights.")
    rows = np.unique(np.linspace(0, len(split.labels) - 1, count).round().astype(int))
    names = tuple(split.names[row] for row in rows)
    new = sweep_split(probe, Split(split.pictures[rows], split.labels[rows], names))
    same = new.guesses == shipped.guesses[:, rows]
    off = float(np.abs(new.losses - shipped.losses[:, rows]).max())
    said = (
        f"{len(rows):,} pictures under {len(new.plan)} interventions and none: {same.sum():,} "
        f"of {same.size:,} guesses are the shipped ones; losses differ by at most {off:.1e} nats "
        f"(they ship in half precision)."
    )
    if same.mean() < ALIKE:
        raise ValueError(said)
    return said
