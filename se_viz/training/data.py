"""The Imagenette folder as arrays: `DIR/train/<wnid>/*` and `DIR/val/<wnid>/*`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz.nets.classes.imagenette import WNIDS
from se_viz.pictures import (
    PictureError,
    Preprocessing,
    Remark,
    Skipped,
    Source,
    default_workers,
    gather_paths,
    load_one,
)

TRAINING = Preprocessing(size=224)
"""How training pictures are kept, before random crops are cut out of them."""


@dataclass(frozen=True)
class Split:
    """Pictures uint8 (N, size, size, 3), labels int32 (N,) in the order of `WNIDS`, names.

    `files` says how large the pictures were in their files.
    """

    pictures: np.ndarray
    labels: np.ndarray
    names: tuple[str, ...]
    files: str = ""


def read_split(data: Path, split: str, preprocessing: Preprocessing) -> Split:
    """Decode a split's pictures to model inputs, in the order of their names.

    Raises:
        ValueError: where the folder lacks a class or a picture cannot be read.
    """
    folder = Path(data) / split
    missing = [wnid for wnid in WNIDS if not (folder / wnid).is_dir()]
    if missing:
        raise ValueError(f"{folder} has no folder {missing[0]}; is it Imagenette?")
    found = gather_paths([folder / wnid for wnid in WNIDS])
    sources = [item for item in found if not isinstance(item, Remark)]
    model_inputs, labels, names, sizes = [], [], [], []
    with ThreadPoolExecutor(default_workers()) as pool:
        pictures = pool.map(lambda source: _decode(source, preprocessing), sources)
        for picture in tqdm(pictures, total=len(sources), desc=f"decode {split}", unit="pic"):
            model_inputs.append(picture.model_input)
            labels.append(WNIDS.index(str(picture.label)))
            names.append(picture.name)
            sizes.append((picture.width, picture.height))
    return Split(np.stack(model_inputs), np.asarray(labels, "int32"), tuple(names), _range(sizes))


def _range(sizes: list[tuple[int, int]]) -> str:
    smallest, largest = (f"{w} x {h} px" for w, h in (min(sizes), max(sizes)))
    return f"all {smallest}" if min(sizes) == max(sizes) else f"{smallest} to {largest}"


def _decode(source: Source | Skipped, preprocessing: Preprocessing):
    if isinstance(source, Skipped):
        raise ValueError(source.reason)
    try:
        return load_one(source, preprocessing, thumbnails=False)
    except PictureError as error:
        raise ValueError(str(error)) from error
