"""The Imagenette folder as arrays: `DIR/train/<wnid>/*` and `DIR/val/<wnid>/*`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from se_viz.nets.imagenette import WNIDS
from se_viz.pictures import Limits, Picture, Preprocessing, gather_paths, load


@dataclass(frozen=True)
class Split:
    """Pictures uint8 (N, size, size, 3), labels int32 (N,) in the order of `WNIDS`, names."""

    pictures: np.ndarray
    labels: np.ndarray
    names: tuple[str, ...]


def read_split(data: Path, split: str, preprocessing: Preprocessing) -> Split:
    """Decode a split's pictures to views, in the order of their names.

    Raises:
        ValueError: where the folder lacks a class or a picture cannot be read.
    """
    folder = Path(data) / split
    missing = [wnid for wnid in WNIDS if not (folder / wnid).is_dir()]
    if missing:
        raise ValueError(f"{folder} has no folder {missing[0]}; is it Imagenette?")
    limits = Limits.unlimited()
    views, labels, names = [], [], []
    paths = [folder / wnid for wnid in WNIDS]
    sources = list(gather_paths(paths, limits))
    results = load(sources, preprocessing, limits, thumbnails=False, duplicates=True)
    for item in tqdm(results, total=len(sources), desc=f"decode {split}", unit="pic"):
        if not isinstance(item, Picture):
            raise ValueError(item.reason)
        views.append(item.view)
        labels.append(WNIDS.index(str(item.label)))
        names.append(item.name)
    return Split(np.stack(views), np.asarray(labels, "int32"), tuple(names))
