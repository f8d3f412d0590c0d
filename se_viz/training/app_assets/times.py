"""How long small networks take, by turns, for what is gained beside it."""

from __future__ import annotations

from typing import Any

from se_viz.experiments.replication.worth import TITLES
from se_viz.experiments.timing import time_of
from se_viz.nets.se_resnet.build import build
from se_viz.training.provenance import device, versions
from se_viz.training.replicate.rows import BASE, ROWS

BATCH = 16
COMMAND = "python -m se_viz.training times"


def measured(seconds: float) -> dict[str, Any]:
    """Ratio to the network without SE, and its 95% interval, of each row that is weighed; with how
    they were measured."""
    size = BASE.size or 80
    table = time_of({row: build(ROWS[row]) for row in TITLES}, size, None, BATCH, seconds)
    rows = {
        step: [round(number, 4) for number in numbers]
        for step, *numbers in table[["step", "ratio", "low", "high"]].itertuples(index=False)
    }
    return {
        "command": COMMAND,
        "pictures": BATCH,
        "size": size,
        "rounds": int(table["rounds"].iloc[0]),
        "milliseconds_without_se": round(1000 * float(table["seconds"].iloc[0]), 3),
        "device": device(),
        "versions": versions(),
        "rows": rows,
    }
