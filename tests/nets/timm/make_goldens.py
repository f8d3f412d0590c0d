"""Writes the goldens of `test_parity`: timm's logits and gates for weights made by rule.

python -m tests.nets.timm.make_goldens, where PyTorch and timm are installed.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from se_viz.nets.timm import ARCHITECTURES, PUBLISHED
from tests.nets.timm import reference, rule
from tests.nets.timm.photos import SHAPES, photograph

GOLDENS = Path(__file__).with_name("goldens")
PIXELS = 100  # of each picture that a golden keeps
SIZES = (65, 97)  # odd, so that every place that rounds shows which way
TOLERANCE = 1e-4


def main() -> None:
    GOLDENS.mkdir(exist_ok=True)
    sizes = {}
    for index, architecture in enumerate(ARCHITECTURES):
        sizes[architecture] = SIZES[index % 2]
        write(architecture, sizes[architecture])
    write_pictures()
    write_published()
    record = {
        "what": "timm's logits and gates, with weights and a picture made by rule.py; pixels of "
        "photos.py in its evaluation transform; its settings of published weights",
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


def write_pictures() -> None:
    """A few pixels of each picture in each of the published preprocessings, as grey levels."""
    rng = np.random.default_rng(rule.SEED)
    found = {}
    for index, how in enumerate({p.preprocessing: None for p in PUBLISHED.values()}):
        places = rng.integers(0, how.size, (PIXELS, 2))
        for width, height in SHAPES:
            values = reference.preprocessed(photograph(width, height), how)
            levels = (values * np.array(how.std) + np.array(how.mean)) * 255
            key = f"{index} {width}x{height}"
            found[key] = levels[places[:, 0], places[:, 1]].round().astype(np.uint8)
        found[f"{index} places"] = places.astype(np.uint16)
        found[f"{index} how"] = np.array(json.dumps(how.as_dict()))
    np.savez_compressed(GOLDENS / "pictures.npz", **found)


def write_published() -> None:
    """What timm says of each set of weights."""
    found = {name: reference.published(name) for name in PUBLISHED}
    path = GOLDENS / "published.json"
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
