"""Intervals of class specificity on the validation pictures, for the file that ships."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz import files
from se_viz.analysis.profiles.resampling import RESAMPLES, omega_intervals
from se_viz.experiments.predict import STEP
from se_viz.manifest import versions
from se_viz.nets import builtin, builtin_family
from se_viz.probe.probe import Probe
from se_viz.probe.reading import Reading, join
from se_viz.training.app_assets.ship import read
from se_viz.training.data import Split
from se_viz.training.provenance import device

COMMAND = "python -m se_viz.training intervals --data DIR --resamples {} --seed {}"
DIGITS = 6


def measure(
    val: Split, resamples: int = RESAMPLES, seed: int = 0, target: Path = builtin.INTERVALS
) -> pd.DataFrame:
    """Pass every picture through the built-in network once, resample its gates, record it all.

    Returns:
        The `omega_intervals` that were written.

    Raises:
        ValueError: for a number of resamples that is out of range, or one picture of each class.
    """
    if len(val.labels) == len(set(val.labels.tolist())):
        raise ValueError("It takes two pictures or more of a class.")
    probe = Probe(builtin_family.network_of_builtin(builtin.WEIGHTS))
    reading = gates_of(probe, val)
    with tqdm(total=len(probe.blocks), desc="resample", unit="block") as bar:
        found = omega_intervals(reading, resamples, seed, lambda done, whole: bar.update())
    files.write_json(target, record_of(found, probe, val, seed))
    return found


def gates_of(probe: Probe, split: Split) -> Reading:
    """The gates of a whole split under its true classes; squeezes are not kept.

    Of N pictures and G gates in the network, 4 N G bytes: 119 MB for the built-in one on 3,925.
    """
    bar = tqdm(read(probe, split), total=-(-len(split.pictures) // STEP), desc="pass", unit="chunk")
    return join(replace(reading, squeezes={}) for reading in bar)


def record_of(found: pd.DataFrame, probe: Probe, split: Split, seed: int) -> dict:
    """The intervals with what made them."""
    resamples = int(found["resamples"].iloc[0])
    return {
        "command": COMMAND.format(resamples, seed),
        "seed": seed,
        "resamples": resamples,
        "split": "val",
        "pictures": len(split.names),
        "files": split.files,
        "view": f"one centre crop each, {builtin.PREPROCESSING.size} px",
        "weights_sha256": probe.network.fingerprint,
        "device": device(),
        "versions": versions(),
        "columns": list(found.columns),
        "rows": found.round(DIGITS).values.tolist(),
    }


def describe(found: pd.DataFrame) -> str:
    """The intervals as text, a line for each block."""
    return "\n".join(
        f"{row.block:<8} {row.median:6.3f}  {row.low:6.3f} to {row.high:6.3f}  shuffled: up to "
        f"{row.null_high:6.3f}  p = {row.p:.3f}"
        for row in found.itertuples()
    )
