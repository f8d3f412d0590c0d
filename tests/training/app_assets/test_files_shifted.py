"""Shifts made on the files by Pillow, and gates by the command line, against numbers that were
measured before this project had shifts: 491 pictures of Imagenette's validation set.

Of those only accuracies are known, not which pictures they are of, so each may differ by the
interval of either.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from se_viz import cli
from se_viz.nets import builtin
from se_viz.nets.classes.imagenette import WNIDS

pytestmark = pytest.mark.skipif("SE_VIZ_DATA" not in os.environ, reason="SE_VIZ_DATA is not set")

EACH, SIDE = 8, 224
SHIFTS = {
    "clean": lambda image: image,
    "contrast": lambda image: ImageEnhance.Contrast(image).enhance(0.4),
    "light": lambda image: ImageEnhance.Brightness(image).enhance(0.4),
    "blur": lambda image: image.filter(ImageFilter.GaussianBlur(2)),
}
BEFORE = {
    "adapt": (93.1, 91.7, 89.8, 55.6),
    "freeze all": (86.2, 67.6, 76.6, 38.3),
    "freeze stage_2": (91.7, 78.6, 85.1, 48.9),
    "freeze stage_3": (92.7, 88.6, 87.2, 54.0),
    "freeze stage_4": (91.0, 88.8, 87.0, 52.8),
    "freeze stage_5": (93.1, 90.0, 90.4, 58.9),
    "bypass all": (46.8, 43.6, 38.7, 21.8),
}
"""Accuracy in %, in the order of `SHIFTS`."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """One folder a shift, its pictures in folders of their classes."""
    made = tmp_path_factory.mktemp("shifted")
    found = sorted((Path(os.environ["SE_VIZ_DATA"]) / "val").glob("*/*"))[::EACH]
    for path in found:
        name = builtin.CLASSES[WNIDS.index(path.parent.name)]
        with Image.open(path) as opened:
            image = opened.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
        for shift, change in SHIFTS.items():
            folder = made / shift / name
            folder.mkdir(parents=True, exist_ok=True)
            change(image).save(folder / f"{path.stem}.png")
    return made


@pytest.mark.usefixtures("loaded_once")
@pytest.mark.parametrize("place", range(len(SHIFTS)), ids=list(SHIFTS))
def test_the_table_comes_out_within_its_intervals(folders, tmp_path, place):
    folder = folders / list(SHIFTS)[place]
    for way, expected in BEFORE.items():
        do, at = ("freeze", "all") if way == "adapt" else way.split()
        out = tmp_path / f"{way}.csv"
        assert cli.main(["intervene", str(folder), "--at", at, "--do", do, "--out", str(out)]) == 0
        table = pd.read_csv(out)
        said = table["before" if way == "adapt" else "after"]
        share, told = (said == table["class"]).mean(), expected[place] / 100
        off = 1.96 * np.sqrt(share * (1 - share) / len(table) + told * (1 - told) / len(table))
        assert abs(share - told) <= off, way
