"""Writes the goldens of `test_parity`: timm's logits and gates for weights made by rule.

python -m tests.nets.timm.make_goldens, where PyTorch and timm are installed.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from se_viz.nets.timm import ARCHITECTURES
from tests.nets.timm import reference, rule

GOLDENS = Path(__file__).with_name("goldens")
SIZES = (65, 97)  # odd, so that every place that rounds shows which way
TOLERANCE = 1e-4


def main() -> None:
    GOLDENS.mkdir(exist_ok=True)
    sizes = {}
    for index, architecture in enumerate(ARCHITECTURES):
        sizes[architecture] = SIZES[index % 2]
        write(architecture, sizes[architecture])
    record = {
        "what": "timm's logits and gates, with weights and a picture made by rule.py",
        "made_by": "python -m tests.nets.timm.make_goldens",
        "timm": reference.timm.__version__,
        "torch": reference.torch.__version__,
        "numpy": np.__version__,
        "seed": rule.SEED,
        "tolerance": TOLERANCE,
        "sizes": sizes,
    }
    path = GOLDENS / "provenance.json"
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def write(architecture: str, size: int) -> None:
    found, shapes = reference.run(architecture, size, rule.SEED), reference.shapes(architecture)
    rule.require_health(found.gates, found.features)
    np.savez_compressed(
        GOLDENS / f"{architecture}.npz",
        shapes=np.array(json.dumps(shapes)),
        parameters=reference.parameters(architecture),
        logits=found.logits,
        gates=np.stack([rule.sampled(s) for s in found.gates]),
        means=np.array([s.mean() for s in found.gates]),
        deviations=np.array([s.std() for s in found.gates]),
    )
    spread = [float(x.std()) for x in found.features]
    print(f"{architecture}: {len(spread)} blocks, std {min(spread):.2f} to {max(spread):.2f}")


if __name__ == "__main__":
    main()
