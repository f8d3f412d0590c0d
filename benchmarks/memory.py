"""What stays in memory of each picture, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.table import Row

ROOT = Path(__file__).resolve().parents[1]
FEW, MANY = 400, 2_000
SCRIPT = f"""
import gc, json
from benchmarks import samples
from benchmarks.memory import resident
from se_viz.engines.local import read_pictures
from se_viz.nets import zoo
from se_viz.probe.probe import Probe
probe, kept, marks = Probe(zoo.load()), [], {{}}
for number, chunk in enumerate(read_pictures(probe, samples.jpegs({MANY}), thumbnails=False), 1):
    kept.append(chunk.reading)
    if number * probe.batch in ({FEW}, {MANY}):
        gc.collect()
        marks[number * probe.batch] = resident()
gates = sum(b.channels for b in probe.blocks) * 8 + 4 * len(probe.network.classes)
print(json.dumps({{"grown": marks[{MANY}] - marks[{FEW}], "each": gates}}))
"""

USED, AGAIN = 6, 12
SCRIPT_OF_NETWORKS = f"""
import json
import numpy as np
from benchmarks.memory import resident
from se_viz.nets import zoo
from se_viz.probe.probe import Probe
from se_viz.ui.state.networks import Held
held, marks, model_inputs = Held(), [], np.zeros((16, 160, 160, 3), np.uint8)
for number in range({USED + AGAIN}):
    probe = held.get(str(number), lambda: Probe(zoo.load("untrained")))
    probe.read(model_inputs)
    marks.append(resident())
weights = 4 * probe.network.model.count_params()
print(json.dumps({{"grown": marks[-1] - marks[{USED} - 1], "weights": weights}}))
"""


def resident() -> int:
    """Bytes of this process in memory (Linux)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return 1024 * int(line.split()[1])
    raise OSError("This system does not tell how much memory a process takes.")


def growth() -> list[Row]:
    """Memory that 1,600 more pictures take, against that of their gates and squeezes."""
    seen = _run(SCRIPT)
    each, gates = seen["grown"] / (MANY - FEW), seen["each"]
    return [
        Row(
            f"memory kept per picture, {FEW} to {MANY:,} pictures",
            f"{each / 1024:.0f} kB",
            f"its gates and squeezes: {gates / 1024:.0f} kB",
            f"{each / gates:.2f}",
            "at most 1.25",
            each / gates <= 1.25,
        )
    ]


def networks() -> list[Row]:
    """Memory that stays of a network when another takes its place, against its weights."""
    seen = _run(SCRIPT_OF_NETWORKS)
    each = seen["grown"] / AGAIN
    return [
        Row(
            f"memory kept of a dropped network, {AGAIN} times",
            f"{each / 1e6:.1f} MB",
            f"its weights: {seen['weights'] / 1e6:.0f} MB",
            f"{each / seen['weights']:.2f}",
            "at most 0.10",
            each <= 0.1 * seen["weights"],
        )
    ]


def _run(script: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])
