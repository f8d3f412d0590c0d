"""What the checks of gates give on the built-in network after and before training, to ship."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz import files
from se_viz.analysis.health import noise
from se_viz.analysis.health.table import TRAINED, UNTRAINED, health_table
from se_viz.experiments.health import SEED, evidence_of
from se_viz.experiments.predict import STEP
from se_viz.manifest import versions
from se_viz.nets import builtin, zoo
from se_viz.probe.probe import Probe
from se_viz.training.app_assets.ship import read
from se_viz.training.data import Split
from se_viz.training.provenance import device

COMMAND = "python -m se_viz.training health --data DIR"
COLUMNS = ["block", "check", "verdict", "number"]
DIGITS = 6


def measure(val: Split, target: Path = builtin.HEALTH) -> pd.DataFrame:
    """Pass every picture, and noise, through the built-in network and the same before training.

    Returns:
        The `health_table` of the trained network; those of both were written.
    """
    found, prints = {}, {}
    for name, network in ((TRAINED, builtin.NAME), (UNTRAINED, builtin.UNTRAINED)):
        probe = Probe(zoo.load(network))
        chunks = -(-len(val.pictures) // STEP)
        bar = tqdm(read(probe, val), total=chunks, desc=name, unit="chunk")
        found[name] = health_table(evidence_of(probe, bar))
        prints[name] = probe.network.fingerprint
    files.write_json(target, record_of(found, prints, val))
    return found[TRAINED]


def record_of(found: dict[str, pd.DataFrame], prints: dict[str, str], split: Split) -> dict:
    """Both tables with what made them."""
    record = {
        "command": COMMAND,
        "split": "val",
        "pictures": len(split.names),
        "files": split.files,
        "view": f"one centre crop each, {builtin.PREPROCESSING.size} px",
        "noise": {"model_inputs": noise.COUNT, "seed": SEED},
        "weights_sha256": prints[TRAINED],
        "untrained_sha256": prints[UNTRAINED],
        "device": device(),
        "versions": versions(),
        "columns": COLUMNS,
    }
    rows = {name: table[COLUMNS].round(DIGITS).values.tolist() for name, table in found.items()}
    return record | rows
