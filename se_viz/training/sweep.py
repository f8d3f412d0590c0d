"""The sweep that ships: every block in turn bypassed and frozen, on the whole validation set."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from zipfile import BadZipFile
from zlib import error

import numpy as np
from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz import files, profiles
from se_viz.analysis.interventions import edit_of, sweep_plan
from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.sweeps import Sweep, of_outputs
from se_viz.nets import builtin
from se_viz.probe import edit
from se_viz.probe.intervene import sweep
from se_viz.probe.probe import Probe
from se_viz.training.data import Split
from se_viz.training.provenance import device, versions

CHUNK, SAVED = 8, 25
"""Pictures in a pass, and passes between checkpoints."""
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
    edits = edit.stack(edit_of(wanted, probe.blocks, means) for wanted in plan)
    outputs, seconds = _outputs(probe, split, edits, kept)
    record = {
        "command": "python -m se_viz.training sweep --data DIR",
        "split": builtin.SPLIT,
        "pictures": len(split.labels),
        "names_sha256": names_digest(split),
        "files": split.files,
        "weights_sha256": probe.network.fingerprint,
        "preprocessing": probe.network.preprocessing.as_dict(),
        "frozen_at": f"the mean over classes of the shipped profile ({means.title})",
        "seconds": round(seconds),
        "device": device(),
        "versions": versions(),
    }
    return of_outputs(plan, probe.blocks, builtin.OUTPUT, split.labels, outputs, record)


def names_digest(split: Split) -> str:
    """SHA-256 of the pictures' names in order, in hex."""
    return hashlib.sha256("\n".join(split.names).encode()).hexdigest()


def _outputs(
    probe: Probe, split: Split, edits: edit.Edit, kept: Path | None
) -> tuple[np.ndarray, float]:
    """float32 (V + 1, N, K), and the seconds it took."""
    done, seconds = _kept(kept)
    count = len(split.labels)
    with tqdm(total=count, initial=done.shape[1] if done is not None else 0, unit="pic") as bar:
        while done is None or done.shape[1] < count:
            first, start = 0 if done is None else done.shape[1], time.monotonic()
            parts = [] if done is None else [done]
            for at in range(first, min(first + CHUNK * SAVED, count), CHUNK):
                part = split.pictures[at : min(at + CHUNK, count)]
                parts.append(sweep(probe, part, edits))
                bar.update(len(part))
            done, seconds = np.concatenate(parts, 1), seconds + time.monotonic() - start
            if kept is not None:
                _keep(kept, done, seconds)
    return done, seconds


def _kept(path: Path | None) -> tuple[np.ndarray | None, float]:
    if path is None or not path.exists():
        return None, 0.0
    try:
        with np.load(path, allow_pickle=False) as file:
            return file["logits"], float(file["seconds"])
    except (OSError, ValueError, LookupError, TypeError, EOFError, BadZipFile, error) as fault:
        raise ValueError(f"{path} holds no sweep to go on from.") from fault


def _keep(path: Path, logits: np.ndarray, seconds: float) -> None:
    with files.replaced(path) as file:
        np.savez(file, logits=logits, seconds=np.array(seconds))


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
