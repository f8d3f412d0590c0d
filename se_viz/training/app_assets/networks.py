"""Some networks of the replication, from its weights to the files that ship."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from safetensors.numpy import load_file

from se_viz import files
from se_viz.experiments.replication.record import load
from se_viz.nets import builtin, byte_planes, replication_family, weights
from se_viz.nets.described import text_of
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.probe.check import self_check
from se_viz.probe.probe import Probe
from se_viz.training.data import Split
from se_viz.training.evaluate import evaluate
from se_viz.training.provenance import device, versions
from se_viz.training.replicate.rows import ROWS

LARGEST = 20_000_000
"""Bytes of all together."""
CHECKED = 64


def ship_networks(source: Path, val: Split, out: Path = replication_family.FOLDER) -> dict:
    """Pack the weights of seed 0 of each row, measure them as packed, and record it all.

    Args:
        source: folder with ROW.safetensors, float16.
        val: at the size of the rows' pictures.
        out: folder of what ships.

    Raises:
        ValueError: where weights do not fit their row, or all take more than 20 MB.
    """
    out.mkdir(parents=True, exist_ok=True)
    made = {row: _ship(row, source, val, out) for row in replication_family.TITLES}
    total = sum(path.stat().st_size for path in out.glob("*.npz"))
    if total > LARGEST:
        raise ValueError(f"The networks take {total:,} bytes, over 20 MB.")
    files.write_json(out / replication_family.PROVENANCE, made)
    return made


def _ship(row: str, source: Path, val: Split, out: Path) -> dict[str, Any]:
    path, layout = out / f"{row}.npz", ROWS[row]
    files.write(path, byte_planes.packed(load_file(source / f"{row}.safetensors")))
    network = replication_family.network_of(row, layout, path)
    result = evaluate(network.model, val, builtin.CLASSES)
    check = self_check(Probe(network), val.pictures[:: max(1, len(val.pictures) // CHECKED)])
    facts = load(builtin.REPLICATION / f"{row}-0.npz").facts
    return {
        **{key: facts[key] for key in ("row", "seed", "command", "parameters")},
        "layout": text_of(SEResNet(**layout_facts(facts["layout"]))),
        "weights_sha256": weights.fingerprint(path),
        "weights_precision": "float16, cast to float32 when loaded",
        "top1": round(result.top1, 3),
        "pictures": result.count,
        "self_check": {"pictures": check.pictures, "largest_difference": check.largest},
        "trained_on": facts["device"],
        "measured_on": {"device": device(), "versions": versions()},
    }


def layout_facts(record: dict[str, Any]) -> dict[str, Any]:
    """A record's layout as `SEResNet` takes it: lists become tuples."""
    return {key: tuple(v) if isinstance(v, list) else v for key, v in record.items()}
